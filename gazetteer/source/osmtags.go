package source

import (
	"strconv"
	"strings"

	"dateline/gazetteer"

	"github.com/paulmach/osm"
)

// tagRule says what a feature of OpenStreetMap is by one of its tags. Radii are
// in metres, of features without an outline.
type tagRule struct {
	key, value string
	class      byte
	code       string
	radiusM    float64
}

// tagRules are tried in their order; the first that fits counts. The meanings are
// those of https://wiki.openstreetmap.org/wiki/Map_features (recalled).
var tagRules = []tagRule{
	{"place", "city", 'P', "PPL", 8000}, {"place", "town", 'P', "PPL", 4000}, {"place", "village", 'P', "PPL", 2000},
	{"place", "hamlet", 'P', "PPL", 1000}, {"place", "isolated_dwelling", 'P', "PPLF", 1000}, {"place", "suburb", 'P', "PPLX", 2500},
	{"place", "borough", 'P', "PPLX", 4000}, {"place", "quarter", 'P', "PPLX", 1500}, {"place", "neighbourhood", 'P', "PPLX", 1500},
	{"place", "island", 'T', "ISL", 10_000}, {"place", "islet", 'T', "ISL", 1000}, {"place", "square", 'S', "SQR", 300},
	{"amenity", "refugee_site", 'L', "CMPRF", 2000}, {"amenity", "hospital", 'S', "HSP", 500}, {"amenity", "university", 'S', "UNIV", 1000},
	{"landuse", "military", 'L', "MILB", 2000}, {"military", "base", 'L', "MILB", 2000}, {"military", "airfield", 'L', "MILB", 3000},
	{"military", "barracks", 'L', "MILB", 1000}, {"military", "checkpoint", 'S', "PSTB", 500}, {"barrier", "border_control", 'S', "PSTB", 1000},
	{"aeroway", "aerodrome", 'S', "AIRP", 3000}, {"railway", "station", 'S', "RSTN", 500}, {"man_made", "bridge", 'S', "BDG", 500},
	{"natural", "water", 'H', "LK", 3000}, {"waterway", "dam", 'S', "DAM", 1000}, {"waterway", "river", 'H', "STM", 5000}, {"waterway", "canal", 'H', "CNL", 5000},
	{"highway", "motorway", 'R', "RD", 1500}, {"highway", "trunk", 'R', "RD", 1500}, {"highway", "primary", 'R', "ST", 1000},
	{"highway", "secondary", 'R', "ST", 1000}, {"highway", "tertiary", 'R', "ST", 1000}, {"highway", "residential", 'R', "ST", 500},
	{"highway", "unclassified", 'R', "ST", 500}, {"highway", "living_street", 'R', "ST", 500}, {"highway", "pedestrian", 'R', "ST", 500},
}

// divisionRules are those of boundaries, by their admin_level.
var divisionRules = map[string]tagRule{
	"2": {class: 'A', code: "PCLI"}, "3": {class: 'A', code: "ADM1"}, "4": {class: 'A', code: "ADM1"}, "5": {class: 'A', code: "ADM2"}, "6": {class: 'A', code: "ADM2"},
	"7": {class: 'A', code: "ADM3"}, "8": {class: 'A', code: "ADM3"}, "9": {class: 'A', code: "ADM4"}, "10": {class: 'A', code: "ADM4"}, "11": {class: 'A', code: "ADM4"},
}

// ruleOf finds what a feature is; ok is false for what has no name or is none of
// what a gazetteer holds.
func ruleOf(tags osm.Tags) (rule tagRule, ok bool) {
	if nameOf(tags) == "" {
		return rule, false
	}
	if tags.Find("boundary") == "administrative" {
		rule, ok = divisionRules[tags.Find("admin_level")]
		if rule.code == "PCLI" && isoOf(tags) == "" {
			return rule, false
		}
		return rule, ok
	}
	for _, r := range tagRules {
		if tags.Find(r.key) == r.value {
			return r, true
		}
	}
	return rule, false
}

func nameOf(tags osm.Tags) string {
	for _, key := range []string{"name", "name:en", "int_name"} {
		if name := strings.TrimSpace(tags.Find(key)); gazetteer.Fold(name) != "" {
			return name
		}
	}
	return ""
}

func isoOf(tags osm.Tags) string {
	for _, key := range []string{"ISO3166-1", "ISO3166-1:alpha2", "addr:country", "is_in:country_code"} {
		if iso := strings.ToUpper(tags.Find(key)); isoCode.MatchString(iso) {
			return iso
		}
	}
	return ""
}

// nameKeys are the tags with further names.
var nameKeys = strings.Fields("alt_name official_name short_name loc_name int_name name:en name:ar name:uk name:ru name:he name:fa name:ku name:tr name:fr name:de name:es")

// entryOf makes an entry of a feature's tags, without its point and extent.
func entryOf(id string, tags osm.Tags, rule tagRule) gazetteer.Entry {
	var row placeRow
	row.Place = gazetteer.Place{ID: id, Name: nameOf(tags), Class: rule.class, Code: rule.code, RadiusM: rule.radiusM, Country: isoOf(tags)}
	if n, err := strconv.ParseInt(strings.ReplaceAll(tags.Find("population"), ",", ""), 10, 64); err == nil && n > 0 {
		row.Population = n
	}
	if rule.class == 'P' && row.Population > 0 {
		row.RadiusM = settlementRadius(row.Place)
	}
	if tags.Find("capital") == "yes" && rule.class == 'P' {
		row.Code = "PPLC"
	}
	for _, key := range nameKeys {
		for name := range strings.SplitSeq(tags.Find(key), ";") {
			row.addName(gazetteer.Name{Text: strings.TrimSpace(name), Kind: gazetteer.NameAlternate})
		}
	}
	for name := range strings.SplitSeq(tags.Find("old_name"), ";") {
		row.addName(gazetteer.Name{Text: strings.TrimSpace(name), Kind: gazetteer.NameHistoric})
	}
	return row.Entry
}
