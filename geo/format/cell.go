package format

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/geo"
)

// cells are the values of the columns of an incident in a shape, as a table
// keeps them: nil, string, int64, float64, bool or time.Time; lists are JSON.
func cells(i geo.Incident, s Shape, columns []geo.Field) ([]any, error) {
	i = s.shaped(i)
	out := make([]any, len(columns))
	for k, f := range columns {
		switch v := f.Value(&i).(type) {
		case nil, int64, float64, bool, time.Time:
			out[k] = v
		case string:
			out[k] = plainText(v)
		default:
			list, err := geo.AppendJSON(nil, v)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Name, err)
			}
			out[k] = string(list)
		}
	}
	return out, nil
}

// plainText is a text as tables may hold it: UTF-8 without NUL, at which many
// programs cut.
func plainText(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

// cellText is a cell as text, empty where nothing is stated.
func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}

// xmlText is a text as XML 1.0 may hold it: escaped, without the characters that
// XML has no way to write.
func xmlText(s string) string {
	return xmlEscapes.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r >= 0xD800 && r < 0xE000 {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;")

// summary is one line for people: place, days and toll.
func summary(i *geo.Incident) string {
	var parts []string
	if site, ok := i.Where(); ok && site.Place != "" {
		parts = append(parts, site.Place)
	}
	switch {
	case i.When.Start == "" && i.When.End == "":
	case i.When.Start == "":
		parts = append(parts, "on or before "+string(i.When.End))
	case i.When.Start == i.When.End:
		parts = append(parts, string(i.When.Start))
	default:
		parts = append(parts, string(i.When.Start)+" to "+string(i.When.End))
	}
	for _, m := range geo.Measures {
		r := i.Tolls.Of(m)
		switch {
		case r.Best != nil:
			parts = append(parts, fmt.Sprintf("%d %s", *r.Best, m))
		case r.Low != nil:
			parts = append(parts, fmt.Sprintf("at least %d %s", *r.Low, m))
		case r.High != nil:
			parts = append(parts, fmt.Sprintf("up to %d %s", *r.High, m))
		}
	}
	parts = append(parts, "status: "+string(i.Status))
	return strings.Join(parts, "; ")
}

// titleOf is the title, else the label of the type.
func titleOf(i *geo.Incident) string {
	if i.Title != "" {
		return i.Title
	}
	t, _ := geo.EventTypeByCode(i.Type)
	return t.Label
}
