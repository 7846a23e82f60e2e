package query

import (
	"strings"

	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/query/cql2"
)

// The names of the languages of a filter.
const (
	CQL2Text = "cql2-text"
	CQL2JSON = "cql2-json"
	// CQLText is what drafts of the standard called CQL2Text, and GDAL before 3.8 does.
	CQLText = "cql-text"
)

// ParseFilter reads a CQL2 expression over the queryable fields. lang is
// CQL2Text where empty; uri is the coordinate system of its geometries, CRS84
// where empty. The error is an ErrInvalid that says what is wrong.
func ParseFilter(text, lang, uri string) (geo.CQL, error) {
	asked := geo.Source{Text: text, Lang: lang, CRS: uri}
	system, err := systemOf("filter-crs", uri)
	if err != nil {
		return geo.CQL{}, err
	}
	var n cql2.Node
	switch lang {
	case "", CQL2Text, CQLText:
		n, err = cql2.Parse(text)
	case CQL2JSON:
		n, err = cql2.ParseJSON([]byte(text))
	default:
		return geo.CQL{}, geo.Invalid("filter-lang", "%q is not read; there are %s and %s", lang, CQL2Text, CQL2JSON)
	}
	if err != nil {
		return geo.CQL{}, geo.Invalid("filter", "%v", err)
	}
	root, err := binder{system}.logic(n)
	if err != nil {
		return geo.CQL{}, err
	}
	e := geo.CQL{Root: root, Asked: asked}
	return e, geo.Filter{Expr: e}.Validate()
}

func systemOf(parameter, uri string) (crs.System, error) {
	if uri == "" {
		uri = crs.CRS84
	}
	s, ok := crs.ByURI(uri)
	if !ok {
		return s, geo.Invalid(parameter, "%q is no system that is known; /collections/incidents lists those there are, such as %s", uri, crs.CRS84)
	}
	return s, nil
}

// binder gives the nodes of an expression their meaning.
type binder struct{ system crs.System }

// logic is a node that holds or not.
func (b binder) logic(n cql2.Node) (geo.Logic, error) {
	switch n := n.(type) {
	case cql2.Bool:
		return geo.Constant(n), nil
	case cql2.Property:
		t, err := b.term(n)
		if err != nil {
			return nil, err
		}
		if t.kind != kindBool {
			return nil, geo.Invalid(string(n), "it is %s and no condition by itself", t.kind)
		}
		return geo.Relation{Op: geo.Eq, Left: t.Term, Right: geo.Literal{Value: true}}, nil
	case cql2.Op:
		return b.op(n)
	case cql2.Call:
		return nil, noFunction(n)
	}
	return nil, geo.Invalid("filter", "%s is no condition", what(n))
}

func (b binder) op(n cql2.Op) (geo.Logic, error) {
	switch n.Name {
	case "and", "or":
		return b.joined(n)
	case "not":
		part, err := b.logic(n.Args[0])
		return geo.None{Part: part}, err
	case "=", "<>", "<", ">", "<=", ">=":
		return b.comparison(n.Name, n.Args[0], n.Args[1])
	case "between":
		low, err := b.comparison(">=", n.Args[0], n.Args[1])
		if err != nil {
			return nil, err
		}
		high, err := b.comparison("<=", n.Args[0], n.Args[2])
		return geo.All{low, high}, err
	case "like":
		return b.like(n)
	case "in":
		return b.oneOf(n)
	case "isnull":
		operand, err := b.operand(n.Args[0])
		return geo.Unstated{Operand: operand}, err
	}
	switch {
	case strings.HasPrefix(n.Name, "s_"):
		return b.spatial(n)
	case strings.HasPrefix(n.Name, "t_"):
		return b.temporal(n)
	case strings.HasPrefix(n.Name, "a_"):
		return b.arrays(n)
	}
	return nil, geo.Invalid("filter", "%s is no condition", strings.ToUpper(n.Name))
}

func (b binder) joined(n cql2.Op) (geo.Logic, error) {
	parts := make([]geo.Logic, len(n.Args))
	for k, a := range n.Args {
		var err error
		if parts[k], err = b.logic(a); err != nil {
			return nil, err
		}
	}
	if n.Name == "or" {
		return geo.Any(parts), nil
	}
	return geo.All(parts), nil
}

func (b binder) comparison(op string, left, right cql2.Node) (geo.Logic, error) {
	if condition, ok := left.(cql2.Op); ok && isCondition(condition) {
		return b.isSo(op, condition, right)
	}
	if condition, ok := right.(cql2.Op); ok && isCondition(condition) {
		return b.isSo(op, condition, left)
	}
	l, err := b.term(left)
	if err != nil {
		return nil, err
	}
	r, err := b.term(right)
	if err != nil {
		return nil, err
	}
	if l, r, err = alike(l, r); err != nil {
		return nil, err
	}
	if l.kind == kindBool && op != "=" && op != "<>" {
		return nil, geo.Invalid("filter", "true and false compare with = and <> only")
	}
	if op == "<>" {
		return geo.None{Part: geo.Relation{Op: geo.Eq, Left: l.Term, Right: r.Term}}, nil
	}
	return geo.Relation{Op: geo.Op(op), Left: l.Term, Right: r.Term}, nil
}

// isSo compares a condition with TRUE or FALSE.
func (b binder) isSo(op string, condition cql2.Op, with cql2.Node) (geo.Logic, error) {
	so, ok := with.(cql2.Bool)
	if !ok || op != "=" && op != "<>" {
		return nil, geo.Invalid("filter", "a condition compares by = or <> with TRUE or FALSE only")
	}
	part, err := b.op(condition)
	if err == nil && bool(so) != (op == "=") {
		part = geo.None{Part: part}
	}
	return part, err
}

// isCondition reports whether an operator makes true or false.
func isCondition(n cql2.Op) bool {
	switch n.Name {
	case "+", "-", "*", "/", "^", "%", "div", "casei", "accenti":
		return false
	}
	return true
}

func (b binder) like(n cql2.Op) (geo.Logic, error) {
	t, err := b.term(n.Args[0])
	if err != nil {
		return nil, err
	}
	pattern, fold := n.Args[1], geo.Fold{}
	for {
		op, ok := pattern.(cql2.Op)
		if !ok || op.Name != "casei" && op.Name != "accenti" {
			break
		}
		fold.Case, fold.Accent = fold.Case || op.Name == "casei", fold.Accent || op.Name == "accenti"
		pattern = op.Args[0]
	}
	text, ok := pattern.(cql2.Text)
	if !ok || t.kind != kindText {
		return nil, geo.Invalid("filter", "LIKE compares a text with a pattern in quotes, of which %% stands for any letters and _ for one")
	}
	return geo.Like{Term: t.Term, Pattern: string(text), Fold: fold}, nil
}

func (b binder) oneOf(n cql2.Op) (geo.Logic, error) {
	t, err := b.term(n.Args[0])
	if err != nil {
		return nil, err
	}
	list, _ := n.Args[1].(cql2.List)
	e := geo.OneOf{Term: t.Term}
	var rest geo.Any
	for _, item := range list {
		v, err := b.term(item)
		if err != nil {
			return nil, err
		}
		_, v, err = alike(t, v)
		if err != nil {
			return nil, err
		}
		if literal, ok := v.Term.(geo.Literal); ok {
			e.Values = append(e.Values, literal.Value)
		} else {
			rest = append(rest, geo.Relation{Op: geo.Eq, Left: t.Term, Right: v.Term})
		}
	}
	if len(rest) == 0 {
		return e, nil
	}
	return append(rest, e), nil
}

func noFunction(n cql2.Call) error {
	return geo.Invalid("filter", "there is no function %s", n.Name)
}
