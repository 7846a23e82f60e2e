package geo

// CQL is an expression of the Common Query Language (OGC 21-065). Within it
// logic is three-valued: what compares with a value that is not stated is
// unknown, and so is its negation; only what is true is selected. Text compares
// as it is written, case and accents and all, unless Fold is asked for.
//
// A field that has several values (the countries of all sites, the actors)
// compares where one of them does.
type CQL struct {
	Root  Logic
	Shape bool   // the geometry is the shape that holds each site rather than the points of pinned ones
	Asked Source // what it was read from, so that it can be asked again
}

// Source is the text of an expression with its language and, where it is not
// CRS84, the coordinate system of its geometries.
type Source struct{ Text, Lang, CRS string }

func (e CQL) match(i *Incident) bool {
	return e.Root.eval(&subject{Incident: i, shape: e.Shape}) == yes
}

// Logic is a node of a CQL: All, Any, None, Constant, Relation, Like, OneOf,
// Unstated, Spatial, Temporal or Arrays.
type Logic interface {
	eval(*subject) truth
	// lower gives an expression that holds wherever the node is so (true or
	// false as asked), and whether it holds nowhere else.
	lower(so bool, shape bool) (need Expr, exact bool)
	check(*size) error
}

// truth of three-valued logic.
type truth int8

const (
	no truth = iota - 1
	unknown
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// All holds where each of its parts does.
type All []Logic

// Any holds where one of its parts does.
type Any []Logic

// None holds where its part does not.
type None struct{ Part Logic }

// Constant holds always or never.
type Constant bool

// Relation holds where a value of the left side compares so with one of the right.
type Relation struct {
	Op          Op
	Left, Right Term
}

// OneOf holds where a value of the term equals one of the literals.
type OneOf struct {
	Term   Term
	Values []any
}

// Unstated holds where the operand is not stated: a Term, Area, Time or Items.
type Unstated struct{ Operand Operand }

// Operand is what may be missing.
type Operand interface {
	missing(*subject) bool
	check(*size) error
}

func (e All) eval(s *subject) truth {
	least := yes
	for _, part := range e {
		if least = min(least, part.eval(s)); least == no {
			break
		}
	}
	return least
}

func (e Any) eval(s *subject) truth {
	most := no
	for _, part := range e {
		if most = max(most, part.eval(s)); most == yes {
			break
		}
	}
	return most
}

func (e None) eval(s *subject) truth { return -e.Part.eval(s) }

func (e Constant) eval(*subject) truth { return truthOf(bool(e)) }

func (e Relation) eval(s *subject) truth {
	left, right := e.Left.values(s), e.Right.values(s)
	if len(left) == 0 || len(right) == 0 {
		return unknown
	}
	comparable := false
	for _, a := range left {
		for _, b := range right {
			c, ok := compareTerms(a, b)
			if ok && e.Op.holds(c) {
				return yes
			}
			comparable = comparable || ok
		}
	}
	if !comparable {
		return unknown
	}
	return no
}

func (e OneOf) eval(s *subject) truth {
	have := e.Term.values(s)
	if len(have) == 0 {
		return unknown
	}
	for _, a := range have {
		for _, b := range e.Values {
			if c, ok := compareTerms(a, b); ok && c == 0 {
				return yes
			}
		}
	}
	return no
}

func (e Unstated) eval(s *subject) truth { return truthOf(e.Operand.missing(s)) }

// subject is an incident under an expression, with what is made of it once.
type subject struct {
	*Incident
	shape bool
	open  *string // title without the names of private persons
	area  *Geometry
}

// openTitle is the title as it may leave: nobody finds a private person by it.
func (s *subject) openTitle() string {
	if s.open == nil {
		title := newMasker(s.Named).text(s.Title)
		s.open = &title
	}
	return *s.open
}
