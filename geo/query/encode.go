package query

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// Encode writes a filter as parameters, so that Parse gives it back. It is an
// ErrInvalid where the filter says more than parameters can; whatever Parse
// gave can be written.
func Encode(f geo.Filter) (url.Values, error) {
	params := url.Values{}
	if f.Expr == nil {
		return params, nil
	}
	all, ok := f.Expr.(geo.And)
	if !ok {
		all = geo.And{f.Expr}
	}
	for _, e := range all {
		name, value, err := encodeExpr(e)
		if err != nil {
			return nil, err
		}
		if params.Has(name) {
			return nil, geo.Invalid(name, "asked twice")
		}
		params.Set(name, value)
		if cql, ok := e.(geo.CQL); ok {
			encodeSource(params, name, cql.Asked)
		}
	}
	return params, nil
}

// encodeSource says in what language and coordinate system a text was written.
func encodeSource(params url.Values, name string, asked geo.Source) {
	if asked.CRS != "" {
		params.Set(name+"-crs", asked.CRS)
	}
	if name == "filter" && asked.Lang != "" {
		params.Set("filter-lang", asked.Lang)
	}
}

func encodeExpr(e geo.Expr) (name, value string, err error) {
	switch e := e.(type) {
	case geo.BBox:
		if e.Shape {
			return "", "", tooRich("a box of shapes")
		}
		return "bbox", strings.Join([]string{number(e.West), number(e.South), number(e.East), number(e.North)}, ","), nil
	case geo.Drawn:
		if len(e.Ring) == 0 {
			return "within", strings.Join([]string{number(e.Centre[0]), number(e.Centre[1]), number(e.RadiusM)}, ","), nil
		}
		var corners []string
		for _, p := range e.Ring {
			corners = append(corners, number(p[0]), number(p[1]))
		}
		return "within", strings.Join(corners, ","), nil
	case geo.CQL:
		switch {
		case e.Shape || e.Asked.Text == "":
			return "", "", tooRich("an expression of unknown text")
		case e.Asked.Lang == "bbox":
			return "bbox", e.Asked.Text, nil
		}
		return "filter", e.Asked.Text, nil
	case geo.During:
		if e.Start == e.End && e.Start != "" {
			return "datetime", string(e.Start), nil
		}
		return "datetime", orOpen(e.Start) + "/" + orOpen(e.End), nil
	case geo.Words:
		text := strings.Join(e, " ")
		if len(e) == 0 || !slices.Equal(geo.FoldWords(text), []string(e)) {
			return "", "", tooRich("words that are not folded")
		}
		return "q", text, nil
	}
	return encodeField(e)
}

// encodeField writes what parseField reads.
func encodeField(e geo.Expr) (name, value string, err error) {
	switch e := e.(type) {
	case geo.In:
		if len(e.Values) == 0 {
			return "", "", tooRich("no value")
		}
		texts := make([]string, len(e.Values))
		for k, v := range e.Values {
			if texts[k] = encodeValue(v); texts[k] == "" {
				return "", "", tooRich("an empty value")
			}
		}
		return e.Field, strings.Join(texts, ","), nil
	case geo.Compare:
		if e.Op == geo.Eq {
			return encodeField(geo.In{Field: e.Field, Values: []any{e.Value}})
		}
		return encodeRange(geo.And{e})
	case geo.And:
		return encodeRange(e)
	case geo.Not:
		null, ok := e.Expr.(geo.Null)
		if f, _ := geo.FieldByName(null.Field); ok && ordered(f.Kind) {
			return null.Field, "..", nil
		}
	case geo.Or:
		return encodeAny(e)
	}
	return "", "", tooRich("an expression of another kind")
}

func encodeAny(e geo.Or) (name, value string, err error) {
	var texts []string
	for _, part := range e {
		field, text, err := encodeField(part)
		if err != nil {
			return "", "", err
		}
		if name != "" && field != name {
			return "", "", tooRich("one field or another")
		}
		name, texts = field, append(texts, text)
	}
	if name == "" {
		return "", "", tooRich("nothing")
	}
	return name, strings.Join(texts, ","), nil
}

func encodeRange(e geo.And) (name, value string, err error) {
	low, high := "", ""
	for _, part := range e {
		c, ok := part.(geo.Compare)
		if !ok || name != "" && c.Field != name {
			return "", "", tooRich("parts of several fields")
		}
		name = c.Field
		t, isTime := c.Value.(time.Time)
		switch {
		case c.Op == geo.Ge && low == "":
			low = encodeValue(c.Value)
		case c.Op == geo.Le && high == "":
			high = encodeValue(c.Value)
		case c.Op == geo.Lt && high == "" && isTime && t.Equal(t.Truncate(24*time.Hour)):
			high = string(geo.DayOf(t.UTC().AddDate(0, 0, -1)))
		default:
			return "", "", tooRich("the comparison " + string(c.Op))
		}
	}
	if name == "" {
		return "", "", tooRich("nothing")
	}
	return name, low + ".." + high, nil
}

func tooRich(what string) error { return geo.Invalid("filter", "no parameter says %s", what) }

// escapeValue keeps what splitValues would cut.
var escapeValue = strings.NewReplacer(`\`, `\\`, `,`, `\,`, ` `, `\ `)

// encodeValue writes a value as parseValue reads it.
func encodeValue(v any) string {
	switch v := v.(type) {
	case string:
		escaped := escapeValue.Replace(v)
		if strings.Trim(v, " ") == v {
			escaped = strings.ReplaceAll(escaped, `\ `, " ")
		}
		return escaped
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return number(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	}
	return ""
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func orOpen(d geo.Day) string {
	if d == "" {
		return ".."
	}
	return string(d)
}
