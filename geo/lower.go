package geo

import (
	"math"
	"slices"
	"time"
)

// Lower gives an expression without CQL that holds wherever e does, for a store
// or an index to find candidates by, and whether it holds nowhere else. Where it
// is not exact, Match decides each candidate, before any page is cut.
func Lower(e Expr) (need Expr, exact bool) { return lower(e, false) }

// LowerIndexed is Lower for an index that answers Drawn and Meets itself.
func LowerIndexed(e Expr) (need Expr, exact bool) { return lower(e, true) }

func lower(e Expr, indexed bool) (need Expr, exact bool) {
	switch e := e.(type) {
	case nil:
		return And{}, true
	case And:
		out := make(And, len(e))
		exact = true
		for k, part := range e {
			need, ok := lower(part, indexed)
			out[k], exact = need, exact && ok
		}
		return out, exact
	case Or:
		out := make(Or, len(e))
		exact = true
		for k, part := range e {
			need, ok := lower(part, indexed)
			out[k], exact = need, exact && ok
		}
		return out, exact
	case Not:
		if need, ok := lower(e.Expr, indexed); ok {
			return Not{need}, true
		}
		return And{}, false
	case CQL:
		need, exact := e.Root.lower(true, e.Shape)
		need, ok := lower(need, indexed)
		return need, exact && ok
	case Drawn:
		if !indexed {
			return e.candidates(), false
		}
	case Meets:
		if !indexed {
			return e.box(), false
		}
	}
	return e, true
}

func (e All) lower(so, shape bool) (Expr, bool) {
	if !so {
		return lowerAny(e, so, shape)
	}
	return lowerAll(e, so, shape)
}

func (e Any) lower(so, shape bool) (Expr, bool) {
	if !so {
		return lowerAll(e, so, shape)
	}
	return lowerAny(e, so, shape)
}

func lowerAll(parts []Logic, so, shape bool) (Expr, bool) {
	out, exact := make(And, len(parts)), true
	for k, part := range parts {
		need, ok := part.lower(so, shape)
		out[k], exact = need, exact && ok
	}
	return out, exact
}

func lowerAny(parts []Logic, so, shape bool) (Expr, bool) {
	out, exact := make(Or, len(parts)), true
	for k, part := range parts {
		need, ok := part.lower(so, shape)
		out[k], exact = need, exact && ok
	}
	return out, exact
}

func (e None) lower(so, shape bool) (Expr, bool) { return e.Part.lower(!so, shape) }

func (e Constant) lower(so, _ bool) (Expr, bool) {
	if bool(e) == so {
		return And{}, true
	}
	return Or{}, true
}

// stated holds where a term that is a field has a value, if a store can tell.
func stated(t Term) Expr {
	if fold, ok := t.(Fold); ok {
		t = fold.Term
	}
	p, ok := t.(Property)
	if !ok {
		return And{}
	}
	if f, ok := FieldByName(string(p)); !ok || !f.Filterable {
		return And{}
	}
	return Not{Null{string(p)}}
}

// whether gives the expression, or where it shall not hold its negation among
// those whose field is stated.
func whether(so bool, e Expr, stated Expr) Expr {
	if so {
		return e
	}
	return And{Not{e}, stated}
}

func (e Relation) lower(so, _ bool) (Expr, bool) {
	need, exact := e.lowered(so)
	if !exact {
		if computed, ok := e.needed(so); ok {
			return And{need, computed}, false
		}
	}
	return need, exact
}

func (e Relation) lowered(so bool) (Expr, bool) {
	left, right, op := e.Left, e.Right, e.Op
	if _, ok := left.(Literal); ok {
		left, right, op = right, left, op.turned()
	}
	literal, ok := right.(Literal)
	if !ok {
		return And{stated(left), stated(right)}, false
	}
	if fold, ok := left.(Fold); ok {
		text, _ := literal.Value.(string)
		if p, isProperty := fold.Term.(Property); isProperty && so && op == Eq && isASCII(text) && filterableText(p) {
			return Compare{string(p), Eq, text}, false
		}
		return stated(left), false
	}
	p, ok := left.(Property)
	f, _ := FieldByName(string(p))
	if !ok || !f.Filterable {
		return stated(left), false
	}
	if compare, ok := f.comparison(op, literal.Value); ok {
		return whether(so, compare, stated(left)), true
	}
	if text, ok := literal.Value.(string); ok && so && op == Eq && f.Kind == KindText {
		return Compare{f.Name, Eq, text}, false
	}
	return stated(left), false
}

// turned is the comparison with its sides changed.
func (op Op) turned() Op {
	return map[Op]Op{Eq: Eq, Lt: Gt, Le: Ge, Gt: Lt, Ge: Le}[op]
}

func isASCII(s string) bool {
	return !slices.ContainsFunc([]rune(s), func(r rune) bool { return r > 126 })
}

func filterableText(p Property) bool {
	f, ok := FieldByName(string(p))
	return ok && f.Filterable && (f.Kind == KindText || f.Kind == KindEnum)
}

// comparison is the comparison in the terms of Compare where the two agree:
// Compare folds text, so of texts only those of an enum, for equality.
func (f Field) comparison(op Op, v any) (Expr, bool) {
	switch v := v.(type) {
	case string:
		return Compare{f.Name, op, v}, f.Kind == KindEnum && op == Eq && slices.Contains(f.Enum(), v)
	case int64:
		if f.Kind == KindNumber {
			return Compare{f.Name, op, float64(v)}, v < 1<<53 && v > -1<<53
		}
		return Compare{f.Name, op, v}, f.Kind == KindInt
	case float64:
		return Compare{f.Name, op, v}, f.Kind == KindNumber && !math.IsNaN(v)
	case bool:
		return Compare{f.Name, op, v}, f.Kind == KindBool && op == Eq
	case Instant:
		if f.Kind == KindDay {
			return Compare{f.Name, op, string(DayOf(v.day().Time))}, true
		}
		if f.Kind == KindTime {
			return onDay(f.Name, op, v), true
		}
	}
	return nil, false
}

// onDay compares a field of instants; with a day by the day they fall on.
func onDay(field string, op Op, v Instant) Expr {
	if !v.Day {
		return Compare{field, op, v.Time}
	}
	from, to := v.Time, v.Time.Add(24*time.Hour)
	switch op {
	case Lt:
		return Compare{field, Lt, from}
	case Le:
		return Compare{field, Lt, to}
	case Gt:
		return Compare{field, Ge, to}
	case Ge:
		return Compare{field, Ge, from}
	}
	return And{Compare{field, Ge, from}, Compare{field, Lt, to}}
}

func (e OneOf) lower(so, _ bool) (Expr, bool) {
	p, ok := e.Term.(Property)
	f, _ := FieldByName(string(p))
	if !ok || !f.Filterable {
		return stated(e.Term), false
	}
	any, exact := make(Or, 0, len(e.Values)), true
	in := In{Field: f.Name}
	for _, v := range e.Values {
		compare, ok := f.comparison(Eq, v)
		if _, isText := v.(string); !ok && isText && so && f.Kind == KindText {
			compare = Compare{f.Name, Eq, v}
		} else if !ok {
			return stated(e.Term), false
		}
		exact = exact && ok
		if c, isCompare := compare.(Compare); isCompare {
			in.Values = append(in.Values, c.Value)
		} else {
			any = append(any, compare)
		}
	}
	return whether(so, append(any, in), stated(e.Term)), exact
}

func (e Like) lower(so, _ bool) (Expr, bool) {
	if need, ok := e.needed(); ok && so {
		return need, false
	}
	return stated(e.Term), false
}

func (e Unstated) lower(so, shape bool) (Expr, bool) {
	var missing Expr
	switch o := e.Operand.(type) {
	case Property:
		f, ok := FieldByName(string(o))
		if !ok || !f.Filterable {
			return And{}, false
		}
		missing = Null{f.Name}
	case Area:
		switch {
		case o.Literal != nil:
			missing = Or{}
		case shape: // a circle of no radius has no shape
			return And{}, false
		default:
			missing = Not{anywhere(shape)}
		}
	case Time:
		if !o.Incident {
			return And{}, false
		}
		missing = Not{dated}
	default:
		return And{}, false
	}
	if so {
		return missing, true
	}
	return Not{missing}, true
}

// dated holds where a day is stated.
var dated = Or{Not{Null{"start"}}, Not{Null{"end"}}}

func anywhere(shape bool) Expr {
	return BBox{West: -180, South: -90, East: 180, North: 90, Shape: shape}
}

func (e Arrays) lower(bool, bool) (Expr, bool) {
	var all And
	for _, side := range []Items{e.Left, e.Right} {
		for _, t := range side {
			all = append(all, stated(t))
		}
	}
	return all, false
}

func (e Temporal) lower(so, _ bool) (Expr, bool) {
	op, other := e.Op, e.Right
	if !e.Left.Incident {
		if !e.Right.Incident {
			return And{}, false
		}
		op, other = op.turned(), e.Left
	}
	during, ok := other.during()
	if !ok {
		return dated, false
	}
	switch op {
	case "t_intersects":
		return whether(so, And{during, dated}, dated), true
	case "t_disjoint":
		return whether(!so, And{during, dated}, dated), true
	case "t_before":
		before := And{Not{During{Start: during.Start}}, dated}
		return whether(so, before, dated), during.Start != ""
	case "t_after":
		after := And{Not{During{End: during.End}}, dated}
		return whether(so, after, dated), during.End != ""
	}
	if so {
		return And{during, dated}, false
	}
	return dated, false
}

// turned is the relation seen from the other side.
func (op TemporalOp) turned() TemporalOp {
	pairs := map[TemporalOp]TemporalOp{"t_after": "t_before", "t_contains": "t_during", "t_finishedby": "t_finishes",
		"t_metby": "t_meets", "t_overlappedby": "t_overlaps", "t_startedby": "t_starts"}
	for a, b := range pairs {
		switch op {
		case a:
			return b
		case b:
			return a
		}
	}
	return op
}

// during is the span in whole days, where it is of literals.
func (t Time) during() (During, bool) {
	var days [2]Day
	for k, term := range []Term{t.Start, t.End} {
		if term == nil {
			continue
		}
		literal, _ := term.(Literal)
		at, ok := literal.Value.(Instant)
		if !ok {
			return During{}, false
		}
		days[k] = DayOf(at.day().Time)
	}
	return During{days[0], days[1]}, !t.Incident
}

func (e Spatial) lower(so, shape bool) (Expr, bool) {
	literal := e.Right.Literal
	if e.Left.Literal != nil {
		if literal != nil {
			return And{}, false
		}
		literal = e.Left.Literal
	}
	if literal == nil {
		return anywhere(shape), false
	}
	box, ok := literal.box(shape)
	exact := ok && !shape && literal.isBox()
	switch {
	case !ok:
		return anywhere(shape), false
	case e.Op == "s_disjoint" && exact:
		return whether(!so, box, anywhere(shape)), true
	case e.Op == "s_intersects" && exact:
		return whether(so, box, anywhere(shape)), true
	}
	if m, not, ok := e.meets(); ok && !shape {
		return whether(so != not, m, anywhere(shape)), true
	}
	switch {
	case so != (e.Op == "s_disjoint"):
		return box, false
	}
	return anywhere(shape), false
}
