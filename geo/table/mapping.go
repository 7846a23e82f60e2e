package table

import (
	"fmt"
	"slices"
	"strings"

	"dateline/geo"
)

// target is a field that a column may be mapped to.
type target struct {
	name  string
	names []string // columns that are taken for it, folded, the likelier first
	tags  []string // hashtags of HXL
}

// targets is the table of them. A column whose own name is a target's is that.
var targets = []target{
	{"id", []string{"event_id_cnty", "globaleventid", "event_id", "eventid", "incident_id", "uuid", "fid", "objectid", "data_id"}, []string{"#event+id"}},
	{"title", []string{"headline", "name", "label", "summary", "event_name"}, []string{"#event+name"}},
	{"type", []string{"sub_event_type", "event_type", "type_of_violence", "category", "eventcode", "incident_type", "kind", "disorder_type"}, []string{"#event+type", "#event"}},
	{"start", []string{"date_start", "event_date", "date", "sqldate", "day", "datetime", "occurred", "start_date", "incident_date", "when"}, []string{"#date+start", "#date+occurred", "#date"}},
	{"end", []string{"date_end", "end_date"}, []string{"#date+end"}},
	{"lat", []string{"latitude", "actiongeo_lat", "y"}, []string{"#geo+lat"}},
	{"lon", []string{"longitude", "lng", "long", "actiongeo_long", "x"}, []string{"#geo+lon"}},
	{"place", []string{"location", "where_coordinates", "place_name", "city", "town", "actiongeo_fullname", "village", "site"}, []string{"#loc+name", "#loc"}},
	{"admin2", []string{"adm_2", "district", "county"}, []string{"#adm2+name"}},
	{"admin1", []string{"adm_1", "province", "state", "governorate"}, []string{"#adm1+name"}},
	{"country", []string{"country_name", "actiongeo_countrycode"}, []string{"#country+name", "#country"}},
	{"precision", []string{"geo_precision", "where_prec", "actiongeo_type"}, []string{"#geo+precision"}},
	{"radius_m", []string{"uncertainty_m", "accuracy_m", "radius"}, nil},
	{"killed_best", []string{"fatalities", "killed", "deaths", "best", "dead", "fatalities_total"}, []string{"#affected+killed"}},
	{"killed_low", []string{"low", "deaths_low"}, []string{"#affected+killed+min"}},
	{"killed_high", []string{"high", "deaths_high"}, []string{"#affected+killed+max"}},
	{"injured_best", []string{"injured", "wounded", "injuries"}, []string{"#affected+injured"}},
	{"perpetrator", []string{"actor1", "side_a", "actor1name", "perpetrator"}, []string{"#group+name+first"}},
	{"target", []string{"actor2", "side_b", "actor2name", "victim"}, []string{"#group+name+second"}},
	{"url", []string{"source_url", "sourceurl", "link", "sources", "news_source"}, []string{"#meta+url"}},
	{"publisher", []string{"source", "source_office"}, []string{"#meta+source"}},
	{"text", []string{"notes", "description", "source_headline", "details"}, []string{"#description"}},
	{"date_precision", []string{"time_precision", "date_prec"}, nil},
}

// TargetNames lists the fields that a mapping may name.
func TargetNames() []string {
	var names []string
	for _, t := range targets {
		names = append(names, t.name)
	}
	return names
}

// Mapping says which column each field comes from, and what a source's words
// for types mean.
type Mapping struct {
	Column map[string]int    // field -> column
	Types  map[string]string // a source's type, folded -> ours
	Source string            // name of the data set that the columns are known of, empty for any other
	Days   string            // what a day with slashes begins with: DayFirst, MonthFirst, or empty where nothing says it
	own    []string          // the header of an export of ours, which is read whole

	likeTypes map[string]likeType // by a source's word; one goroutine at a time uses a Mapping
}

// Own reports whether the columns are those of an export of ours.
func (m Mapping) Own() bool { return m.own != nil }

// CountryName is what a row calls its country, where that is a name; empty in
// GDELT, which has codes of its own.
func (m Mapping) CountryName(r Row) string {
	k, ok := m.Column["country"]
	if !ok || m.Source == "gdelt" || len(r.at(k)) == 2 {
		return ""
	}
	return r.at(k)
}

// ColumnOf is the column of the file that a field comes from, by its name there;
// the field itself where it comes from none.
func (m Mapping) ColumnOf(field string, header []string) string {
	field, _, _ = strings.Cut(field, "[")
	if k, ok := m.Column[field]; ok && k < len(header) && m.own == nil {
		return plainName(header[k])
	}
	return field
}

// known data sets by columns that only they have.
var known = []struct {
	name    string
	columns []string
}{
	{"ucdp-ged", []string{"type_of_violence", "where_prec", "dyad_name"}},
	{"acled", []string{"event_id_cnty", "sub_event_type", "geo_precision"}},
	{"gdelt", []string{"globaleventid", "eventcode", "actiongeo_type"}},
}

// Guess maps columns to fields by their names, and by hashtags of HXL where the
// header has them.
func Guess(header []string) Mapping {
	m := Mapping{Column: map[string]int{}, Types: map[string]string{}, likeTypes: map[string]likeType{}}
	if isOwn(header) {
		m.own, m.Source = header, "dateline"
	}
	folded := make([]string, len(header))
	tags := make([]string, len(header))
	for k, h := range header {
		name, tag, _ := strings.Cut(h, "#")
		folded[k] = fold(name)
		if tag != "" {
			tags[k] = "#" + strings.ReplaceAll(strings.ToLower(tag), " ", "")
		}
	}
	for _, set := range known {
		if !slices.ContainsFunc(set.columns, func(c string) bool { return !slices.Contains(folded, c) }) {
			m.Source = set.name
		}
	}
	taken := map[int]bool{}
	take := func(field string, k int) {
		if _, have := m.Column[field]; !have && k >= 0 && !taken[k] {
			m.Column[field], taken[k] = k, true
		}
	}
	for _, t := range targets {
		take(t.name, slices.Index(folded, t.name))
	}
	for _, t := range targets {
		for _, name := range t.names {
			take(t.name, slices.Index(folded, name))
		}
		for _, tag := range t.tags {
			take(t.name, slices.IndexFunc(tags, func(have string) bool {
				return have == tag || strings.HasPrefix(have, tag+"+") && have != tag+"+min" && have != tag+"+max"
			}))
		}
	}
	return m
}

// fold makes names of columns alike: small, with _ between words.
func fold(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(strings.TrimSpace(name)), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '.' }), "_")
}

// Apply lays the lines of a mapping file over a guess: "field = column", where
// an empty column takes the field away, "type SOURCE'S WORD = our code", and "days =
// day first" or "days = month first" for days with slashes.
// Errors are ErrInvalid and name the line.
func (m *Mapping) Apply(lines string, header []string) error {
	for n, line := range strings.Split(lines, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		left, right, ok := strings.Cut(line, "=")
		left, right = strings.TrimSpace(left), strings.TrimSpace(right)
		where := fmt.Sprintf("line %d", n+1)
		if !ok {
			return geo.Invalid(where, "want field = column, or type WORD = code")
		}
		if word, is := strings.CutPrefix(left, "type "); is {
			if _, known := geo.EventTypeByCode(right); !known && right != "-" {
				return geo.Invalid(where, "%q is no event type", right)
			}
			m.Types[fold(word)] = right
			continue
		}
		if left == "days" {
			if right != DayFirst && right != MonthFirst {
				return geo.Invalid(where, "days = %q; want %s or %s", right, DayFirst, MonthFirst)
			}
			m.Days = right
			continue
		}
		if !slices.ContainsFunc(targets, func(t target) bool { return t.name == left }) {
			return geo.Invalid(where, "%q is no field; there are %s", left, strings.Join(TargetNames(), ", "))
		}
		if right == "" {
			delete(m.Column, left)
			continue
		}
		k := slices.IndexFunc(header, func(h string) bool { name, _, _ := strings.Cut(h, "#"); return fold(name) == fold(right) })
		if k < 0 {
			return geo.Invalid(where, "the file has no column %q; there are %s", right, strings.Join(header, ", "))
		}
		m.Column[left] = k
		m.own = nil // who names columns wants them taken as named
	}
	return nil
}

// String shows a mapping, a line a field.
func (m Mapping) String(header []string) string {
	var b strings.Builder
	if m.own != nil {
		return "# an export of ours: every column as it is, ids too\n"
	}
	if m.Source != "" {
		fmt.Fprintf(&b, "# known as %s\n", m.Source)
	}
	for _, t := range targets {
		if k, ok := m.Column[t.name]; ok {
			name, _, _ := strings.Cut(header[k], "#")
			fmt.Fprintf(&b, "%s = %s\n", t.name, strings.TrimSpace(name))
		}
	}
	return b.String()
}
