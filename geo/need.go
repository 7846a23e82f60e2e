package geo

import "strings"

// Resembles, Inside and Computed are what Lower makes of CQL that compares in a
// way of its own: they hold wherever it does, and mostly nowhere else. They need
// a look at each value that there is, not at each incident.

// Resembles holds where a folded value of a text field begins with the first of
// the folded parts, ends with the last and has the others between, in order; of
// one part where it is that.
type Resembles struct {
	Field string
	Parts []string
}

// Inside holds where each of the folded texts is a part of one of SearchWords.
type Inside []string

// Computed holds where a comparison of numbers does that are computed of fields
// with one value each.
type Computed struct {
	Op          Op
	Left, Right Term
}

// Holds reports whether a folded text is so.
func (e Resembles) Holds(folded string) bool {
	rest, ok := strings.CutPrefix(folded, e.Parts[0])
	if !ok || len(e.Parts) == 1 {
		return ok && rest == ""
	}
	last := len(e.Parts) - 1
	for _, part := range e.Parts[1:last] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return strings.HasSuffix(rest, e.Parts[last])
}

func (e Resembles) match(i *Incident) bool {
	f, _ := FieldByName(e.Field)
	for _, v := range f.Asked(i) {
		if text, ok := v.(string); ok && e.Holds(FoldText(text)) {
			return true
		}
	}
	return false
}

func (e Inside) match(i *Incident) bool {
	words := i.SearchWords()
	for _, part := range e {
		found := false
		for _, w := range words {
			found = found || strings.Contains(w, part)
		}
		if !found {
			return false
		}
	}
	return true
}

func (e Computed) match(i *Incident) bool {
	return Relation(e).eval(&subject{Incident: i}) == yes
}

func (e Resembles) validate() error { return nil }
func (e Inside) validate() error    { return nil }
func (e Computed) validate() error  { return nil }

// Holds reports whether the comparison holds of the fields' numbers.
func (e Computed) Holds(of func(field string) (x float64, ok bool)) bool {
	a, okA := computed(e.Left, of)
	b, okB := computed(e.Right, of)
	return okA && okB && e.Op.holds(order(a, b))
}

func computed(t Term, of func(string) (float64, bool)) (float64, bool) {
	switch t := t.(type) {
	case Property:
		return of(string(t))
	case Literal:
		return asFloat(t.Value)
	case Arithmetic:
		a, okA := computed(t.Left, of)
		b, okB := computed(t.Right, of)
		if !okA || !okB {
			return 0, false
		}
		x := calculate(t.Op, a, b)
		return x, x-x == 0 // no number, or none that ends
	}
	return 0, false
}

// isComputed reports whether a side is made of numbers and of fields that have
// one number each.
func isComputed(t Term) bool {
	switch t := t.(type) {
	case Property:
		f, ok := FieldByName(string(t))
		return ok && f.Filterable && f.Values == nil && (f.Kind == KindInt || f.Kind == KindNumber)
	case Literal:
		_, ok := asFloat(t.Value)
		return ok
	case Arithmetic:
		return isComputed(t.Left) && isComputed(t.Right)
	}
	return false
}

// needed is the need of a relation between computed numbers.
func (e Relation) needed(so bool) (Expr, bool) {
	_, left := e.Left.(Arithmetic)
	_, right := e.Right.(Arithmetic)
	if !left && !right || !isComputed(e.Left) || !isComputed(e.Right) { // whole numbers by themselves compare exactly
		return nil, false
	}
	if !so {
		not := map[Op]Op{Lt: Ge, Le: Gt, Gt: Le, Ge: Lt}[e.Op]
		if not == "" {
			return nil, false
		}
		e.Op = not
	}
	return Computed(e), true
}

// needed is the need of a pattern of ASCII: of what its own comparison tells
// apart folding makes one.
func (e Like) needed() (Expr, bool) {
	t := e.Term
	if fold, ok := t.(Fold); ok {
		t = fold.Term
	}
	p, ok := t.(Property)
	if !ok || !isASCII(e.Pattern) {
		return nil, false
	}
	parts := likeParts(e.Pattern)
	if filterableText(p) {
		return Resembles{string(p), parts}, true
	}
	if p != "title" && p != "place" {
		return nil, false
	}
	var inside Inside
	for _, part := range parts {
		inside = append(inside, FoldWords(part)...)
	}
	return inside, len(inside) > 0
}

// likeParts are the folded texts between the wildcards of a pattern.
func likeParts(pattern string) []string {
	letters := []rune(pattern)
	var parts []string
	var b strings.Builder
	for p := 0; p < len(letters); {
		literal, width := letter(letters, p)
		if width == 0 || literal == anyOne {
			parts = append(parts, FoldText(b.String()))
			b.Reset()
			p++
			continue
		}
		b.WriteRune(literal)
		p += width
	}
	return append(parts, FoldText(b.String()))
}
