package geo

// Arrays compares two lists as sets.
type Arrays struct {
	Op          ArrayOp
	Left, Right Items
}

// ArrayOp is the name of a relation of sets, as CQL2 writes it in lower case.
type ArrayOp string

// The relations of sets.
const (
	ArrayEquals      ArrayOp = "a_equals"
	ArrayContains    ArrayOp = "a_contains"
	ArrayContainedBy ArrayOp = "a_containedby"
	ArrayOverlaps    ArrayOp = "a_overlaps"
)

// Items are the values of all terms together, in order.
type Items []Term

func (l Items) values(s *subject) []any {
	var all []any
	for _, t := range l {
		all = append(all, t.values(s)...)
	}
	return all
}

// missing: a list of literals is always there, also the empty one; a field
// without values is not.
func (l Items) missing(s *subject) bool {
	for _, t := range l {
		if t.missing(s) {
			return true
		}
	}
	return false
}

func (e Arrays) eval(s *subject) truth {
	if e.Left.missing(s) || e.Right.missing(s) {
		return unknown
	}
	a, b := e.Left.values(s), e.Right.values(s)
	switch e.Op {
	case ArrayEquals:
		return truthOf(holdsAll(a, b) && holdsAll(b, a))
	case ArrayContains:
		return truthOf(holdsAll(a, b))
	case ArrayContainedBy:
		return truthOf(holdsAll(b, a))
	}
	for _, v := range a {
		if holdsAll(b, []any{v}) {
			return yes
		}
	}
	return no
}

// holdsAll reports whether each of wanted is among have.
func holdsAll(have, wanted []any) bool {
	for _, w := range wanted {
		found := false
		for _, h := range have {
			c, ok := compareTerms(h, w)
			found = found || ok && c == 0
		}
		if !found {
			return false
		}
	}
	return true
}
