package query

import (
	"strings"

	"dateline/geo"
)

// Parameter describes one query parameter, for the API's document.
type Parameter struct {
	Name        string
	Description string
	Schema      map[string]any // JSON Schema
}

// Parameters lists every parameter that Parse reads: those of all collections,
// then one a filterable field in the order of geo.Fields.
func Parameters() []Parameter {
	text := map[string]any{"type": "string"}
	uri := map[string]any{"type": "string", "format": "uri"}
	all := []Parameter{
		{"bbox", "west,south,east,north in degrees; west above east crosses the antimeridian", map[string]any{
			"type": "array", "items": map[string]any{"type": "number"}, "minItems": 4, "maxItems": 6}},
		{"bbox-crs", "coordinate system of bbox, CRS84 where it is not given; the numbers come in the order of its axes", uri},
		{"within", "what was drawn on a map: lon,lat,metres of a circle, or lon,lat of each corner of a ring; it asks where the incident's first place stands, of an area its middle", map[string]any{
			"type": "array", "items": map[string]any{"type": "number"}, "minItems": 3}},
		{"datetime", "a day or instant, or an interval a/b with .. for an open end: incidents whose days meet it", text},
		{"q", "words; each is the beginning of a word in title, places, actors or quotes", text},
		{"filter", "an expression of CQL2 over the fields of /queryables, such as killed_best >= 5 AND S_INTERSECTS(geometry, BBOX(44,33,45,34))", text},
		{"filter-lang", "language of the filter", map[string]any{"type": "string", "enum": []string{CQL2Text, CQL2JSON, CQLText}, "default": CQL2Text}},
		{"filter-crs", "coordinate system of the filter's geometries, CRS84 where it is not given", uri},
		{"sortby", "fields of /sortables with commas between them, - before one for downwards; the newest day comes first where it is not given", text},
		{"properties", "names of the properties to answer, with commas between them; all where it is not given", text},
		{"crs", "coordinate system of the answer (GeoJSON), CRS84 where it is not given", uri},
		{"limit", "features of a page; more than the maximum is the maximum", map[string]any{
			"type": "integer", "minimum": 1, "maximum": MaxLimit, "default": DefaultLimit}},
		{"cursor", "where the next page begins, from the link next", text},
	}
	for _, f := range geo.Fields {
		if f.Filterable {
			all = append(all, Parameter{f.Name, f.Doc + "; " + how(f), schema(f)})
		}
	}
	return all
}

// how a field's values are written.
func how(f geo.Field) string {
	switch f.Kind {
	case geo.KindInt, geo.KindNumber:
		return "5, 5.., ..9 or 2..9, several with commas between them; .. for any"
	case geo.KindDay:
		return "2024-01-04, 2024-01-04.., ..2024-01-31 or 2024-01-04..2024-01-31, several with commas between them; .. for any"
	case geo.KindTime:
		return "an instant such as 2024-01-04T12:00:00Z or a day (UTC), or a range with .. between two"
	case geo.KindBool:
		return "true or false"
	case geo.KindEnum:
		return "one or several with commas between them of " + strings.Join(f.Enum(), ", ")
	}
	return `one or several with commas between them; a comma of the value's own is \,`
}

func schema(f geo.Field) map[string]any {
	if f.Kind == geo.KindBool {
		return map[string]any{"type": "string", "enum": []string{"true", "false"}}
	}
	return map[string]any{"type": "string"}
}

func names() []string {
	all := Parameters()
	out := make([]string, len(all))
	for k, p := range all {
		out[k] = p.Name
	}
	return out
}
