package sqlite

import (
	"encoding/hex"
	"fmt"
	"strings"

	"dateline/geo"
)

// builder compiles a filter to SQL over the table incident i. Every condition
// it writes is true or false, never NULL, so that NOT means what geo.Not does.
type builder struct {
	args []any
	// dense reports whether so many incidents meet a box that each that the order
	// comes to is better asked; nil: they are always gathered.
	dense func(geo.BBox) bool
}

func (b *builder) expr(e geo.Expr) string {
	switch e := e.(type) {
	case geo.And:
		return b.join(e, " AND ", "1")
	case geo.Or:
		return b.join(e, " OR ", "0")
	case geo.Not:
		return "NOT " + b.expr(e.Expr)
	case geo.Compare:
		return b.value(e.Field, string(e.Op)+" "+b.arg(sqlValue(e.Value)))
	case geo.In:
		return b.in(e)
	case geo.Null:
		return "i.n NOT IN (SELECT n FROM value WHERE field = " + b.arg(e.Field) + ")"
	case geo.BBox:
		return b.bbox(e)
	case geo.During:
		return b.during(e)
	case geo.Words:
		return b.words(e)
	case geo.Resembles:
		return b.value(e.Field, "LIKE "+b.arg(likePattern(e.Parts))+` ESCAPE '\'`)
	case geo.Inside, geo.Computed: // candidates only: each is matched
		return "1"
	}
	panic(fmt.Sprintf("sqlite: expression %T has no SQL", e)) // the conformance suite meets every kind
}

// likePattern is the pattern of LIKE for texts with any others between them.
func likePattern(parts []string) string {
	escape := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)
	escaped := make([]string, len(parts))
	for k, part := range parts {
		escaped[k] = escape.Replace(part)
	}
	return strings.Join(escaped, "%")
}

// arg adds an argument and gives its placeholder.
func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return fmt.Sprintf("?%d", len(b.args))
}

func (b *builder) join(parts []geo.Expr, with, none string) string {
	if len(parts) == 0 {
		return none
	}
	texts := make([]string, len(parts))
	for k, part := range parts {
		texts[k] = b.expr(part)
	}
	return "(" + strings.Join(texts, with) + ")"
}

func (b *builder) in(e geo.In) string {
	if len(e.Values) == 0 {
		return "0"
	}
	values := make([]string, len(e.Values))
	for k, v := range e.Values {
		values[k] = b.arg(sqlValue(v))
	}
	return b.value(e.Field, "IN ("+strings.Join(values, ", ")+")")
}

// value holds where one of the field's values is so. Few incidents share a
// text, so they are looked up; many share one of an enum, so each incident that
// the rest finds, or that the order comes to, is asked.
func (b *builder) value(field, is string) string {
	f, _ := geo.FieldByName(field)
	if f.Kind == geo.KindText {
		return fmt.Sprintf("i.n IN (SELECT n FROM value WHERE field = %s AND value %s)", b.arg(field), is)
	}
	return fmt.Sprintf("EXISTS (SELECT 1 FROM value v WHERE v.n = i.n AND v.field = %s AND v.value %s)", b.arg(field), is)
}

// bbox finds boxes by the tree, whose numbers are rounded outwards, and
// confirms each by the exact numbers. The tree compares 32-bit numbers with the
// 64-bit arguments, so no find is lost.
func (b *builder) bbox(e geo.BBox) string {
	kind := boxPoint
	if e.Shape {
		kind = boxShape
	}
	dense := b.dense != nil && b.dense(e)
	var parts []string
	for _, box := range e.Boxes() {
		west, east := b.arg(box.Min.Lon()), b.arg(box.Max.Lon())
		south, north := b.arg(box.Min.Lat()), b.arg(box.Max.Lat())
		within := func(t string) string {
			return fmt.Sprintf("%[1]s.west <= %[3]s AND %[1]s.east >= %[2]s AND %[1]s.south <= %[5]s AND %[1]s.north >= %[4]s", t, west, east, south, north)
		}
		if dense {
			parts = append(parts, fmt.Sprintf("EXISTS (SELECT 1 FROM box x WHERE x.n = i.n AND %s AND x.kind = %d)", within("x"), kind))
			continue
		}
		parts = append(parts, fmt.Sprintf("i.n IN (SELECT x.n FROM box_tree t JOIN box x ON x.id = t.id WHERE %s AND %s AND x.kind = %d)",
			within("t"), within("x"), kind))
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// during mirrors geo.When.Overlaps.
func (b *builder) during(e geo.During) string {
	if e.Start == "" && e.End == "" {
		return "1"
	}
	parts := []string{"i.sort_day <> ''"}
	if e.End != "" {
		parts = append(parts, "(i.start_day IS NULL OR i.start_day <= "+b.arg(string(e.End))+")")
	}
	if e.Start != "" {
		parts = append(parts, "i.sort_day >= "+b.arg(string(e.Start)))
	}
	return "(" + strings.Join(parts, " AND ") + ")"
}

// words asks for the beginnings of words, each written as table word keeps it.
func (b *builder) words(e geo.Words) string {
	if len(e) == 0 {
		return "1"
	}
	terms := make([]string, 0, len(e))
	for _, w := range e {
		if w != "" {
			terms = append(terms, `"`+hex.EncodeToString([]byte(w))+`" *`)
		}
	}
	if len(terms) == 0 {
		return "i.n IN (SELECT rowid FROM word)"
	}
	return "i.n IN (SELECT rowid FROM word WHERE word MATCH " + b.arg(strings.Join(terms, " ")) + ")"
}
