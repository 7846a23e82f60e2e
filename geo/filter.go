package geo

import (
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// Filter selects incidents. It is data: the page, the API, every export, the
// feed and the embed write the same one, and Match is its meaning, with which
// SQL and the index agree. The zero Filter selects everything.
type Filter struct {
	Expr Expr
}

// Match reports whether the incident is selected.
func (f Filter) Match(i *Incident) bool { return f.Expr == nil || f.Expr.match(i) }

// And narrows the filter by further expressions.
func (f Filter) And(more ...Expr) Filter {
	all := And(more)
	if f.Expr != nil {
		all = append(And{f.Expr}, more...)
	}
	return Filter{Expr: all}
}

// Expr is a node of a filter: And, Or, Not, Compare, In, Null, BBox, During,
// Words or CQL, and what Lower makes of CQL. Logic is two-valued but within CQL: a comparison with a value
// that is not stated is false, and its negation true.
type Expr interface {
	match(*Incident) bool
	validate() error
}

// And holds where all of its parts do; the empty And holds.
type And []Expr

// Or holds where one of its parts does; the empty Or does not.
type Or []Expr

// Not holds where its part does not.
type Not struct{ Expr Expr }

// Rewrite is an expression with each of its parts that are no And, Or or Not
// replaced by what leaf makes of it.
func Rewrite(e Expr, leaf func(Expr) Expr) Expr {
	all := func(parts []Expr) []Expr {
		out := make([]Expr, len(parts))
		for k, part := range parts {
			out[k] = Rewrite(part, leaf)
		}
		return out
	}
	switch e := e.(type) {
	case And:
		return And(all(e))
	case Or:
		return Or(all(e))
	case Not:
		return Not{Rewrite(e.Expr, leaf)}
	}
	return leaf(e)
}

// Op compares.
type Op string

// The comparisons.
const (
	Eq Op = "="
	Lt Op = "<"
	Le Op = "<="
	Gt Op = ">"
	Ge Op = ">="
)

// Compare holds where one of the field's values compares so with Value, whose
// type is the field's: string, int64, float64, bool or time.Time. Text
// compares after FoldText.
type Compare struct {
	Field string
	Op    Op
	Value any
}

// In holds where one of the field's values equals one of Values.
type In struct {
	Field  string
	Values []any
}

// Null holds where the field has no value.
type Null struct{ Field string }

// BBox holds where a place of role site lies in the box: its point (pinned
// sites only), or with Shape the bounding box of the circle or polygon that
// holds it. Degrees; West > East crosses the antimeridian. Edges belong to it.
type BBox struct {
	West, South, East, North float64
	Shape                    bool
}

// During holds where the incident's span of days meets [Start, End], either of
// which may be empty, that is open.
type During struct{ Start, End Day }

// Words holds where each of the folded words is the beginning of one of
// Incident.SearchWords. FoldWords folds them.
type Words []string

func (e And) match(i *Incident) bool {
	for _, part := range e {
		if !part.match(i) {
			return false
		}
	}
	return true
}

func (e Or) match(i *Incident) bool {
	for _, part := range e {
		if part.match(i) {
			return true
		}
	}
	return false
}

func (e Not) match(i *Incident) bool { return !e.Expr.match(i) }

func (e Compare) match(i *Incident) bool {
	f, ok := FieldByName(e.Field)
	if !ok {
		return false
	}
	for _, v := range f.Asked(i) {
		if c, ok := compareValues(v, e.Value); ok && e.Op.holds(c) {
			return true
		}
	}
	return false
}

func (e In) match(i *Incident) bool {
	for _, v := range e.Values {
		if (Compare{e.Field, Eq, v}).match(i) {
			return true
		}
	}
	return false
}

func (e Null) match(i *Incident) bool {
	f, ok := FieldByName(e.Field)
	return ok && len(f.Asked(i)) == 0
}

func (e BBox) match(i *Incident) bool {
	for k := range i.Places {
		s := &i.Places[k]
		if s.Role != RoleSite || !s.Located() {
			continue
		}
		if e.Shape {
			for _, b := range s.Bounds() {
				if e.meets(b) {
					return true
				}
			}
		} else if p, _ := s.Point(); s.Pinned() && e.meets(orb.Bound{Min: p, Max: p}) {
			return true
		}
	}
	return false
}

// Boxes of the bbox that do not cross the antimeridian: one or two. A box that
// ends at the antimeridian has it from both sides, since 180 and -180 are one.
func (e BBox) Boxes() []orb.Bound {
	box := func(west, east float64) orb.Bound {
		return orb.Bound{Min: orb.Point{west, e.South}, Max: orb.Point{east, e.North}}
	}
	switch {
	case e.West > e.East:
		return []orb.Bound{box(e.West, 180), box(-180, e.East)}
	case e.East == 180 && e.West > -180:
		return []orb.Bound{box(e.West, 180), box(-180, -180)}
	case e.West == -180 && e.East < 180:
		return []orb.Bound{box(-180, e.East), box(180, 180)}
	}
	return []orb.Bound{box(e.West, e.East)}
}

func (e BBox) meets(b orb.Bound) bool {
	for _, box := range e.Boxes() {
		if box.Intersects(b) {
			return true
		}
	}
	return false
}

func (e During) match(i *Incident) bool { return i.When.Overlaps(e.Start, e.End) }

func (e Words) match(i *Incident) bool {
	have := i.SearchWords()
	for _, want := range e {
		if !anyHasPrefix(have, want) {
			return false
		}
	}
	return true
}

func anyHasPrefix(words []string, prefix string) bool {
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}

// SearchText is what Words searches: title, places, actors and quotes, a line
// each, as they may leave without signing in; so nobody finds a private person.
func (i *Incident) SearchText() string {
	open := Redact(*i)
	i = &open
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	line(i.Title)
	for _, s := range i.Places {
		line(s.Place)
	}
	for _, a := range i.Actors {
		line(a.Name)
	}
	for _, q := range i.Quotes {
		line(q.Text)
	}
	return b.String()
}

func (op Op) holds(c int) bool {
	switch op {
	case Eq:
		return c == 0
	case Lt:
		return c < 0
	case Le:
		return c <= 0
	case Gt:
		return c > 0
	case Ge:
		return c >= 0
	}
	return false
}

// compareValues orders two values of one kind; ok is false where their types differ.
func compareValues(a, b any) (c int, ok bool) {
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return strings.Compare(FoldText(x), FoldText(y)), ok
	case int64:
		y, ok := b.(int64)
		return order(x, y), ok
	case float64:
		y, ok := b.(float64)
		return order(x, y), ok
	case bool:
		y, ok := b.(bool)
		if x == y {
			return 0, ok
		}
		return 1, ok
	case time.Time:
		y, ok := b.(time.Time)
		return x.Compare(y), ok
	}
	return 0, false
}

func order[T int64 | float64](x, y T) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
