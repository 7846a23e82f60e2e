package query

import (
	"math"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
	"dateline/geo/query/cql2"
)

// termKind is what a term's values are, in the words of errors.
type termKind string

const (
	kindText   termKind = "a text"
	kindNumber termKind = "a number"
	kindBool   termKind = "true or false"
	kindTime   termKind = "a day or an instant"
)

var kinds = map[geo.Kind]termKind{
	geo.KindText: kindText, geo.KindEnum: kindText, geo.KindInt: kindNumber, geo.KindNumber: kindNumber,
	geo.KindBool: kindBool, geo.KindDay: kindTime, geo.KindTime: kindTime,
}

type term struct {
	geo.Term
	kind termKind
}

// Names that stand beside the fields.
const (
	geometryName = "geometry" // the points or shapes of the incident's sites
	spanName     = "datetime" // the incident's span of days
)

// lists are the fields that are lists, with the field that has their values.
var lists = map[cql2.Property]geo.Property{"tags": "tag", "actors": "actor"}

// term is a node that has a value.
func (b binder) term(n cql2.Node) (term, error) {
	switch n := n.(type) {
	case cql2.Property:
		return property(n)
	case cql2.Text:
		return term{geo.Literal{Value: string(n)}, kindText}, nil
	case cql2.Bool:
		return term{geo.Literal{Value: bool(n)}, kindBool}, nil
	case cql2.Instant:
		return term{geo.Literal{Value: geo.Instant{Time: n.Time, Day: n.Day}}, kindTime}, nil
	case cql2.Number:
		v, err := numeral(n)
		return term{geo.Literal{Value: v}, kindNumber}, err
	case cql2.Op:
		if !isCondition(n) {
			return b.calculated(n)
		}
	case cql2.Call:
		return term{}, noFunction(n)
	case cql2.Null:
		return term{}, geo.Invalid("filter", "null compares with nothing; ask isNull")
	}
	return term{}, geo.Invalid("filter", "%s stands where a value should", what(n))
}

func property(n cql2.Property) (term, error) {
	f, ok := geo.Queryable(string(n))
	switch {
	case n == geometryName:
		return term{}, geo.Invalid("geometry", "ask it by S_INTERSECTS or another spatial function")
	case n == spanName:
		return term{}, geo.Invalid("datetime", "ask it by T_INTERSECTS or another temporal function")
	case !ok:
		return term{}, geo.Invalid(string(n), "no field to filter by; /collections/incidents/queryables lists those there are")
	case f.Kind == geo.KindList:
		return term{}, geo.Invalid(string(n), "it is a list: ask it by A_CONTAINS or another array function, or ask %s", lists[n])
	}
	return term{geo.Property(n), kinds[f.Kind]}, nil
}

// numeral is an int64 where it is written as one and fits, else a float64.
func numeral(n cql2.Number) (any, error) {
	if v, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return v, nil
	}
	v, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return nil, geo.Invalid("filter", "the number %s is out of range", n)
	}
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return int64(v), nil
	}
	return v, nil
}

// calculated is arithmetic or a folded text.
func (b binder) calculated(n cql2.Op) (term, error) {
	left, err := b.term(n.Args[0])
	if err != nil {
		return term{}, err
	}
	if n.Name == "casei" || n.Name == "accenti" {
		return folded(n.Name, left)
	}
	right, err := b.term(n.Args[1])
	if err != nil {
		return term{}, err
	}
	if left.kind != kindNumber || right.kind != kindNumber {
		return term{}, geo.Invalid("filter", "%s is between numbers", strings.ToUpper(n.Name))
	}
	return term{geo.Arithmetic{Op: n.Name, Left: left.Term, Right: right.Term}, kindNumber}, nil
}

// folded gives a literal as it is when folded, a field with its folding.
func folded(name string, t term) (term, error) {
	if t.kind != kindText {
		return term{}, geo.Invalid("filter", "%s is of a text", strings.ToUpper(name))
	}
	fold := geo.Fold{Term: t.Term}
	if inner, ok := t.Term.(geo.Fold); ok {
		fold = inner
	}
	fold.Case, fold.Accent = fold.Case || name == "casei", fold.Accent || name == "accenti"
	if literal, ok := t.Term.(geo.Literal); ok {
		text, _ := literal.Value.(string)
		return term{geo.Literal{Value: fold.Apply(text)}, kindText}, nil
	}
	return term{fold, kindText}, nil
}

// alike gives two terms of one kind; a text beside a time is read as one.
func alike(a, b term) (term, term, error) {
	var err error
	switch {
	case a.kind == kindTime && b.kind == kindText:
		b, err = timed(b)
	case a.kind == kindText && b.kind == kindTime:
		a, err = timed(a)
	}
	if err == nil && a.kind != b.kind {
		err = geo.Invalid("filter", "%s compares with %s of its kind only, not with %s", a.kind, a.kind, b.kind)
	}
	return a, b, err
}

func timed(t term) (term, error) {
	literal, _ := t.Term.(geo.Literal)
	text, _ := literal.Value.(string)
	at, ok := instantOf(text)
	if !ok {
		return t, geo.Invalid("filter", "%q is neither a day (2024-01-04) nor an instant (2024-01-04T12:00:00Z)", text)
	}
	return term{geo.Literal{Value: at}, kindTime}, nil
}

func instantOf(text string) (geo.Instant, bool) {
	if d, err := geo.ParseDay(text); err == nil {
		return geo.Instant{Time: d.Time(), Day: true}, true
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return geo.Instant{Time: t.UTC()}, err == nil
}

// operand of IS NULL.
func (b binder) operand(n cql2.Node) (geo.Operand, error) {
	p, ok := n.(cql2.Property)
	switch {
	case ok && p == geometryName:
		return geo.Area{}, nil
	case ok && p == spanName:
		return geo.Time{Incident: true}, nil
	case ok && lists[p] != "":
		return lists[p], nil
	}
	t, err := b.term(n)
	return t.Term, err
}

// what a node is, in the words of errors.
func what(n cql2.Node) string {
	switch n := n.(type) {
	case cql2.Text:
		return "the text '" + string(n) + "'"
	case cql2.Number:
		return "the number " + string(n)
	case cql2.Property:
		return "the field " + string(n)
	case cql2.Instant, cql2.Interval:
		return "a time"
	case cql2.Geometry, cql2.BBox:
		return "a geometry"
	case cql2.List:
		return "a list"
	case cql2.Op:
		return strings.ToUpper(n.Name)
	}
	return "a value"
}
