package query

import "dateline/geo"

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
	all := []Parameter{
		{"bbox", "west,south,east,north in degrees; west above east crosses the antimeridian", map[string]any{
			"type": "array", "items": map[string]any{"type": "number"}, "minItems": 4, "maxItems": 6}},
		{"datetime", "a day or instant, or an interval a/b with .. for an open end: incidents whose days meet it", text},
		{"q", "words; each is the beginning of a word in title, places, actors or quotes", text},
		{"limit", "features of a page", map[string]any{"type": "integer", "minimum": 1, "maximum": MaxLimit, "default": DefaultLimit}},
		{"cursor", "where the next page begins, from the link next", text},
	}
	for _, f := range geo.Fields {
		if f.Filterable {
			all = append(all, Parameter{f.Name, f.Doc + how(f), text})
		}
	}
	return all
}

func how(f geo.Field) string {
	switch f.Kind {
	case geo.KindInt, geo.KindNumber:
		return "; 5, 5.., ..9 or 2..9"
	case geo.KindBool:
		return "; true or false"
	}
	return "; several with commas between them"
}

func names() []string {
	all := Parameters()
	out := make([]string, len(all))
	for k, p := range all {
		out[k] = p.Name
	}
	return out
}
