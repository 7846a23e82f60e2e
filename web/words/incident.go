package words

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/geo"
)

// When an incident was, as finely as it is known.
func (l *Language) When(w geo.When) string {
	from, to := w.Start, w.End
	switch {
	case from == "" && to == "":
		return l.T("when.unknown")
	case from == "":
		return l.T("when.until", "day", l.Day(to))
	case to == "":
		to = from
	}
	a, b := from.Time(), to.Time()
	switch {
	case w.Precision == geo.ByYear && a.Year() == b.Year():
		return strconv.Itoa(a.Year())
	case w.Precision == geo.ByYear:
		return strconv.Itoa(a.Year()) + "–" + strconv.Itoa(b.Year())
	case w.Precision == geo.ByMonth && from[:7] == to[:7]:
		return l.Month(from)
	case w.Precision == geo.ByMonth:
		return l.Month(from) + " – " + l.Month(to)
	case w.Precision == geo.ByWeek && from == to:
		return l.T("when.week", "day", l.Day(from))
	}
	return l.Span(from, to)
}

// WhenTimed is When with the hours as they are written.
func (l *Language) WhenTimed(w geo.When) string {
	if w.TimeText == "" {
		return l.When(w)
	}
	return l.T("when.time", "when", l.When(w), "time", w.TimeText)
}

// Distance is "6 km" or "800 m".
func (l *Language) Distance(metres float64) string {
	if metres < 950 {
		return l.T("unit.m", "d", l.Number(max(10, math.Round(metres/50)*50)))
	}
	km := metres / 1000
	switch {
	case km < 10:
		km = math.Round(km*2) / 2
	case km < 100:
		km = math.Round(km)
	default:
		km = math.Round(km/10) * 10
	}
	return l.T("unit.km", "d", l.Number(km))
}

// Near says how far a place can be trusted: "A street or square, within about 2 km".
func (l *Language) Near(s geo.Site) string {
	if s.Precision == "" {
		return l.T("precision.none")
	}
	kind := l.T("precision." + string(s.Precision))
	if s.RadiusM <= 0 || !s.Located() {
		return kind
	}
	key := "where.somewhere"
	if s.Precision.Pinned() {
		key = "where.within"
	}
	near := l.T(key, "kind", kind, "radius", l.Distance(s.RadiusM))
	if s.Approximate {
		return l.T("where.approximate", "near", near)
	}
	return near
}

// Place is a site's name with its country, whose English name is given.
func (l *Language) Place(s geo.Site, country string) string {
	if s.Country == "" || country == "" || strings.Contains(s.Place, country) {
		return Capital(s.Place)
	}
	name := l.Region(s.Country, country)
	if strings.Contains(s.Place, name) {
		return Capital(s.Place)
	}
	return l.T("where.listed", "place", Capital(s.Place), "country", name)
}

// WhereShort is the first site, and how many more there are.
func (l *Language) WhereShort(i *geo.Incident) string {
	first, n := "", 0
	for _, p := range i.Places {
		if p.Role == geo.RoleSite {
			if n++; n == 1 {
				first = p.Place
			}
		}
	}
	switch {
	case first == "":
		return l.T("where.unknown")
	case n > 1:
		return l.T("where.more", "place", first, "more", l.Number(float64(n-1)))
	}
	return first
}

// Range is a number as it is known: "2", "20 to 30", "at least 20"; empty where
// it is not stated.
func (l *Language) Range(r geo.Range) string {
	number := func(n *int64) string { return l.Number(float64(*n)) }
	low := r.Low
	if low == nil {
		low = r.Best
	}
	switch {
	case low != nil && r.High != nil && *low != *r.High:
		return l.T("range.between", "low", number(low), "high", number(r.High))
	case r.Best != nil:
		return number(r.Best)
	case r.Low != nil && r.High != nil:
		return number(r.Low)
	case r.Low != nil:
		return l.T("range.atLeast", "low", number(r.Low))
	case r.High != nil:
		return l.T("range.upTo", "high", number(r.High))
	}
	return ""
}

// Toll of a measure: "2 killed"; empty where it is not stated.
func (l *Language) Toll(m geo.Measure, r geo.Range) string {
	n := l.Range(r)
	if n == "" {
		return ""
	}
	return l.T("toll."+string(m), "r", n)
}

// Tolls are all that are stated: "2 killed, 5 injured"; empty where none is.
func (l *Language) Tolls(i *geo.Incident) string {
	var all []string
	for _, m := range geo.Measures {
		if text := l.Toll(m, *i.Tolls.Of(m)); text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}

// SaidBy says on whose word a toll stands: "according to two officials".
func (l *Language) SaidBy(claims []geo.Claim) string {
	var by []string
	for _, c := range claims {
		if c.By != "" && !slices.Contains(by, c.By) {
			by = append(by, c.By)
		}
	}
	if len(by) > 0 {
		return l.T("toll.by", "by", l.List(by))
	}
	for _, c := range claims {
		if c.Attribution != "" && l.Has("toll."+string(c.Attribution)) {
			return l.T("toll." + string(c.Attribution))
		}
	}
	return ""
}

// Claim in words: "2 killed (children), according to the ministry".
func (l *Language) Claim(c geo.Claim) string {
	n := l.Range(geo.Range{Low: c.Low, Best: c.Best, High: c.High})
	if n == "" {
		n = l.T("notStated")
	}
	text := l.T("toll."+string(c.Measure), "r", n)
	if c.Group != "" {
		text += l.T("toll.group", "group", l.word("group", c.Group))
	}
	if who := l.SaidBy([]geo.Claim{c}); who != "" {
		text += ", " + who
	}
	return text
}

// word of the server's tables: its message, else the word itself.
func (l *Language) word(kind, code string) string {
	if m, ok := l.message(kind + "." + code); ok {
		return m
	}
	return strings.ReplaceAll(code, "-", " ")
}

// Fate of a named person.
func (l *Language) Fate(fate string) string { return l.word("fate", fate) }

// Attribution says on whose word an actor is named; empty where that is unknown.
func (l *Language) Attribution(a geo.Actor) string {
	switch {
	case (a.Attribution == "" || a.Attribution == geo.AttributionUnknown) && a.By == "":
		return ""
	case a.Attribution == "" || a.Attribution == geo.AttributionUnknown:
		return l.T("attribution.by", "by", a.By)
	case a.By != "":
		return l.T("attribution."+string(a.Attribution)+".by", "by", a.By)
	}
	return l.T("attribution." + string(a.Attribution))
}

// Type is the label of an event type in the language.
func (l *Language) Type(code string) string {
	t, ok := geo.EventTypeByCode(code)
	if m, there := l.messages["type."+code]; there {
		return m
	}
	if !ok {
		return l.T("type.unknown")
	}
	return t.Label
}

// Group is the label of a group of event types in the language.
func (l *Language) Group(code string) string {
	if m, there := l.messages["group."+code]; there {
		return m
	}
	g, _ := geo.GroupByCode(code)
	return g.Label
}

// Title is one line for an incident: its own. One that no person wrote, since the
// reader made it up in English, is said in the language; so is a missing one.
func (l *Language) Title(i *geo.Incident) string {
	made := i.Reader != "" && !slices.Contains(i.Edited, "title") && l.Code != "en"
	if i.Title != "" && !made {
		return i.Title
	}
	line := l.Type(i.Type)
	if _, placed := i.Where(); placed || !made {
		line = l.T("title", "type", line, "place", l.WhereShort(i))
	}
	if !made {
		return line
	}
	for _, m := range []geo.Measure{geo.Killed, geo.Injured} {
		if r := *i.Tolls.Of(m); r.Best != nil && *r.Best > 0 {
			return l.T("title.toll", "title", line, "toll", l.Toll(m, r))
		}
	}
	return line
}

// Capital is a text with its first letter as a capital.
func Capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	if n == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[n:]
}
