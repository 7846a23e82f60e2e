package geo

import (
	"fmt"
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

// Expr is a node of a filter: And, Or, Not, Compare, In, Null, BBox, During or
// Words. Logic is two-valued: a comparison with a value that is not stated is
// false, and its negation true.
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

// Words holds where each of the folded words is the beginning of a word in
// title, places, actors or quotes. See FoldWords.
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

// Boxes of the bbox that do not cross the antimeridian: one or two.
func (e BBox) Boxes() []orb.Bound {
	if e.West <= e.East {
		return []orb.Bound{{Min: orb.Point{e.West, e.South}, Max: orb.Point{e.East, e.North}}}
	}
	return []orb.Bound{
		{Min: orb.Point{e.West, e.South}, Max: orb.Point{180, e.North}},
		{Min: orb.Point{-180, e.South}, Max: orb.Point{e.East, e.North}},
	}
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
	have := FoldWords(i.SearchText())
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

// SearchText is what Words searches: title, places, actors and quotes, a line each.
func (i *Incident) SearchText() string {
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

// Validate checks that every field is filterable and every value of its kind.
// The error is an ErrInvalid that names the field.
func (f Filter) Validate() error {
	if f.Expr == nil {
		return nil
	}
	return f.Expr.validate()
}

func (e And) validate() error { return validateAll(e) }
func (e Or) validate() error  { return validateAll(e) }
func (e Not) validate() error { return e.Expr.validate() }

func validateAll(parts []Expr) error {
	for _, part := range parts {
		if err := part.validate(); err != nil {
			return err
		}
	}
	return nil
}

func (e Compare) validate() error {
	f, err := filterable(e.Field)
	if err != nil {
		return err
	}
	if (f.Kind == KindBool) && e.Op != Eq {
		return Invalid(e.Field, "compares with = only")
	}
	return f.check(e.Value)
}

func (e In) validate() error {
	f, err := filterable(e.Field)
	if err != nil {
		return err
	}
	for _, v := range e.Values {
		if err := f.check(v); err != nil {
			return err
		}
	}
	return nil
}

func (e Null) validate() error {
	_, err := filterable(e.Field)
	return err
}

func (e BBox) validate() error {
	if e.South > e.North || e.South < -90 || e.North > 90 || e.West < -180 || e.East > 180 || e.West > 180 || e.East < -180 {
		return Invalid("bbox", "want west,south,east,north in degrees, south below north")
	}
	return nil
}

func (e During) validate() error {
	for _, d := range []Day{e.Start, e.End} {
		if d == "" {
			continue
		}
		if _, err := ParseDay(string(d)); err != nil {
			return err
		}
	}
	if e.Start != "" && e.End != "" && e.Start > e.End {
		return Invalid("datetime", "the start %s is after the end %s", e.Start, e.End)
	}
	return nil
}

func (e Words) validate() error { return nil }

func filterable(name string) (Field, error) {
	f, ok := FieldByName(name)
	if !ok || !f.Filterable {
		return Field{}, Invalid(name, "no field to filter by")
	}
	return f, nil
}

// check that a value is of the field's kind and, for an enum, one of its values.
func (f Field) check(v any) error {
	ok := false
	switch f.Kind {
	case KindText, KindDay, KindEnum:
		_, ok = v.(string)
	case KindInt:
		_, ok = v.(int64)
	case KindNumber:
		_, ok = v.(float64)
	case KindBool:
		_, ok = v.(bool)
	case KindTime:
		_, ok = v.(time.Time)
	}
	if !ok {
		return Invalid(f.Name, "%v is no %s", v, f.Kind)
	}
	if f.Kind == KindEnum {
		for _, name := range f.Enum() {
			if name == v {
				return nil
			}
		}
		return Invalid(f.Name, "%q is none of %s", fmt.Sprint(v), strings.Join(f.Enum(), ", "))
	}
	return nil
}
