package geo

import (
	"math"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Term gives the values of one side of a comparison, none where not stated:
// Property, Literal, Arithmetic or Fold. The values are string, int64, float64,
// bool and Instant.
type Term interface {
	Operand
	values(*subject) []any
}

// Property is a queryable field by name.
type Property string

// Literal is a value.
type Literal struct{ Value any }

// Instant is a point on the time line. A day is its midnight, and whatever a day
// is compared with is taken as the day that it falls on.
type Instant struct {
	Time time.Time // UTC
	Day  bool
}

// Arithmetic is + - * / ^ % or div of two numbers; not stated where the result
// is no number.
type Arithmetic struct {
	Op          string
	Left, Right Term
}

// Fold is a text without its case, its accents or both.
type Fold struct {
	Term         Term
	Case, Accent bool
}

func (t Property) values(s *subject) []any {
	switch t {
	case "title":
		if title := s.openTitle(); title != "" {
			return []any{title}
		}
		return nil
	case "lat", "lon":
		if site, ok := s.Where(); ok && !site.Pinned() {
			return nil // as the collections show it
		}
	}
	f, ok := FieldByName(string(t))
	if !ok || f.Kind == KindList {
		return nil
	}
	asked := f.Asked(s.Incident)
	if f.Kind != KindDay && f.Kind != KindTime {
		return asked
	}
	instants := make([]any, len(asked))
	for k, v := range asked {
		switch v := v.(type) {
		case string:
			instants[k] = Instant{Day(v).Time(), true}
		case time.Time:
			instants[k] = Instant{v.UTC(), false}
		}
	}
	return instants
}

func (t Literal) values(*subject) []any { return []any{t.Value} }

func (t Arithmetic) values(s *subject) []any {
	left, right := t.Left.values(s), t.Right.values(s)
	if len(left) == 0 || len(right) == 0 {
		return nil
	}
	a, okA := asFloat(left[0])
	b, okB := asFloat(right[0])
	if !okA || !okB {
		return nil
	}
	x := calculate(t.Op, a, b)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return []any{x}
}

func calculate(op string, a, b float64) float64 {
	switch op {
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	case "/":
		return a / b
	case "^":
		return math.Pow(a, b)
	case "%":
		return math.Mod(a, b)
	case "div":
		return math.Trunc(a / b)
	}
	return math.NaN()
}

func (t Fold) values(s *subject) []any {
	all := t.Term.values(s)
	folded := make([]any, 0, len(all))
	for _, v := range all {
		if text, ok := v.(string); ok {
			folded = append(folded, t.Apply(text))
		}
	}
	return folded
}

// Apply folds a text.
func (t Fold) Apply(text string) string {
	if t.Accent {
		text = withoutAccents(text)
	}
	if t.Case {
		text = withoutCase(text)
	}
	return text
}

// withoutCase maps each letter to the least of those that differ by case alone
// (Unicode's simple folding).
func withoutCase(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			least = min(least, o)
		}
		return least
	}, norm.NFC.String(s))
}

// withoutAccents takes the marks off letters that decompose.
func withoutAccents(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func (t Property) missing(s *subject) bool   { return len(t.values(s)) == 0 }
func (t Literal) missing(*subject) bool      { return false }
func (t Arithmetic) missing(s *subject) bool { return len(t.values(s)) == 0 }
func (t Fold) missing(s *subject) bool       { return len(t.values(s)) == 0 }

func asFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// compareTerms orders two values; ok is false where they are of different kinds.
// Text compares by code point after Unicode's composition (NFC).
func compareTerms(a, b any) (c int, ok bool) {
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return strings.Compare(norm.NFC.String(x), norm.NFC.String(y)), ok
	case int64:
		if y, ok := b.(int64); ok {
			return order(x, y), true
		}
		y, ok := b.(float64)
		return order(float64(x), y), ok
	case float64:
		y, ok := asFloat(b)
		return order(x, y), ok
	case bool:
		y, ok := b.(bool)
		if x == y {
			return 0, ok
		}
		return 1, ok
	case Instant:
		y, ok := b.(Instant)
		return x.compare(y), ok
	}
	return 0, false
}

func (t Instant) compare(o Instant) int {
	if t.Day != o.Day {
		t, o = t.day(), o.day()
	}
	return t.Time.Compare(o.Time)
}

// Or gives the day that the instant falls on where day is set, else itself.
func (t Instant) Or(day bool) Instant {
	if day {
		return t.day()
	}
	return t
}

// day is the instant as the day that it falls on.
func (t Instant) day() Instant { return Instant{t.Time.UTC().Truncate(24 * time.Hour), true} }
