package web

import (
	"net/url"
	"slices"
	"strings"

	"dateline/geo"
	"dateline/web/words"
)

// sentence says in words what a filter's parameters select, part by part: kinds,
// countries, days, words, then every other condition as it is written.
func sentence(l *words.Language, countries map[string]string, params url.Values) []string {
	var parts []string
	list := func(name string, word func(string) string) {
		if values := splitValues(params.Get(name)); len(values) > 0 {
			for k := range values {
				values[k] = word(values[k])
			}
			parts = append(parts, strings.Join(values, ", "))
		}
	}
	list("group", l.Group)
	list("type", l.Type)
	list("country", func(code string) string { return l.Region(strings.ToUpper(code), countries[strings.ToUpper(code)]) })
	if params.Has("bbox") {
		parts = append(parts, l.T("sentence.area"))
	}
	if text := daysSentence(l, params.Get("datetime")); text != "" {
		parts = append(parts, text)
	}
	if q := params.Get("q"); q != "" {
		parts = append(parts, l.T("sentence.words", "q", q))
	}
	said := []string{"group", "type", "country", "bbox", "bbox-crs", "datetime", "q", "filter-lang", "filter-crs"}
	var others []string
	for name := range params {
		if !slices.Contains(said, name) {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	for _, name := range others {
		parts = append(parts, condition(l, name, params.Get(name)))
	}
	if len(params) == 0 {
		parts = []string{l.T("sentence.allTypes"), l.T("sentence.everywhere"), l.T("sentence.anyDay")}
	}
	return parts
}

// condition of any other field: "Killed at least 5".
func condition(l *words.Language, name, value string) string {
	field := strings.ReplaceAll(name, "_", " ")
	if measure, bound, ok := strings.Cut(name, "_"); ok && bound == "best" && slices.Contains(geo.Measures, geo.Measure(measure)) {
		field = l.T("measure." + measure)
	}
	switch low, high, ranged := strings.Cut(value, ".."); {
	case !ranged || strings.Contains(value, ","):
		return l.T("filter.name.is", "field", field, "value", value)
	case low != "" && high != "":
		return l.T("filter.name.between", "field", field, "low", low, "high", high)
	case low != "":
		return l.T("filter.name.from", "field", field, "low", low)
	default:
		return l.T("filter.name.to", "field", field, "high", high)
	}
}

// splitValues takes a parameter's values apart; "\," is a comma of a value's own.
func splitValues(text string) []string {
	const kept = "\x00"
	var all []string
	for _, v := range strings.Split(strings.ReplaceAll(text, `\,`, kept), ",") {
		if v = strings.TrimSpace(strings.ReplaceAll(v, kept, ",")); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// daysSentence of a parameter datetime; empty where it says nothing in days.
func daysSentence(l *words.Language, text string) string {
	from, to, interval := strings.Cut(text, "/")
	if !interval {
		to = from
	}
	day := func(text string) geo.Day {
		if len(text) < 10 {
			return ""
		}
		d, _ := geo.ParseDay(text[:10])
		return d
	}
	switch a, b := day(from), day(to); {
	case a != "" && b != "":
		return l.Span(a, b)
	case a != "":
		return l.T("sentence.since", "day", l.Day(a))
	case b != "":
		return l.T("sentence.until", "day", l.Day(b))
	}
	return ""
}
