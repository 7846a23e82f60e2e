package report

import (
	"slices"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// ofSeveral: the sentence of token k counts what several events did together:
// "in shootings across the city", "in two separate shootings".
func (d *doc) ofSeveral(k int) bool {
	s := d.sentence(k)
	for i := s.i; i < s.j; i++ {
		t := d.trigger.on(i)
		if t == nil || t.i != i || !t.v.Noun {
			continue
		}
		if strings.HasSuffix(d.w[t.j-1], "s") && (d.severalBefore(t.i) || !d.is(t.i-1, definite) && d.is(t.j, spread)) ||
			d.is(t.j, incidents) && d.severalBefore(t.i) {
			return true
		}
	}
	return false
}

// severalBefore: a word before token k says that what it names are several:
// "three", "separate".
func (d *doc) severalBefore(k int) bool {
	const adjectives = 2
	for i := k - 1; i >= max(k-1-adjectives, d.sentence(k).i); i-- {
		if d.is(i, separate) {
			return true
		}
		if n := d.numberOn(i); n != nil {
			return n.Best != nil && *n.Best > 1 || n.Best == nil
		}
		if d.is(i, definite|of|locative|conjunction|be|have) {
			return false
		}
	}
	return false
}

// withoutSums takes what several events did together out of the claims of one of
// them, where its own are told.
func (e *event) withoutSums() {
	if e.plural() {
		return
	}
	own := func(c claim) bool {
		return slices.ContainsFunc(e.claims, func(o claim) bool { return !o.sum && o.Best != nil && o.measure == c.measure })
	}
	e.claims = slices.DeleteFunc(slices.Clone(e.claims), func(c claim) bool { return c.sum && own(c) })
}

func exactly(n int64) geo.Range { return geo.Range{Low: &n, Best: &n, High: &n} }

// summed adds the parts of a list ("three soldiers and two civilians"); what
// "including" counts is part of what stands before it.
func (d *doc) summed(m *mark[lexicon.Casualty], parts []claim) []claim {
	total := parts[0]
	if d.brokenDown(parts) {
		return append([]claim{total}, d.asParts(parts[1:])...)
	}
	for k := 1; k < len(parts); k++ {
		gap := span{parts[k-1].j, parts[k].i}
		if d.apposed(parts[k-1], parts[k]) {
			continue
		}
		if gap.j-gap.i > 2 || !d.listed(gap) {
			return append([]claim{total}, d.asParts(parts[1:k])...)
		}
		total.j, total.group = parts[k].j, ""
		total.Range = geo.Range{Low: plus(total.Low, parts[k].Low), Best: plus(total.Best, parts[k].Best), High: plus(total.High, parts[k].High)}
	}
	if len(parts) == 1 {
		return []claim{total}
	}
	return append([]claim{total}, d.asParts(parts)...)
}

// brokenDown: the first count is the sum of those behind it: "six people, three men
// and three women".
func (d *doc) brokenDown(parts []claim) bool {
	if len(parts) < 2 || parts[0].Best == nil || d.word(parts[0].j) != "," && d.word(parts[0].j) != ":" {
		return false
	}
	rest := int64(0)
	for _, p := range parts[1:] {
		if p.Best == nil {
			return false
		}
		rest += *p.Best
	}
	return len(parts) > 2 && *parts[0].Best == rest
}

// apposed: a comma tells who one person is: "one of the victims, a male".
func (d *doc) apposed(one, what claim) bool {
	return one.Best != nil && *one.Best == 1 && what.Best != nil && *what.Best == 1 && what.i-one.j == 1 && d.w[one.j] == "," && d.is(what.i, indefinite) && d.numberOn(one.i) != nil
}

// total adds up persons of whom it is known that they are a list.
func (d *doc) total(parts []claim) []claim {
	all := parts[0]
	if d.brokenDown(parts) {
		return append([]claim{all}, d.asParts(parts[1:])...)
	}
	for _, p := range parts[1:] {
		all.j, all.group = p.j, ""
		all.Range = geo.Range{Low: plus(all.Low, p.Low), Best: plus(all.Best, p.Best), High: plus(all.High, p.High)}
	}
	return append([]claim{all}, d.asParts(parts)...)
}

func (d *doc) asParts(parts []claim) []claim {
	var out []claim
	for _, p := range parts {
		if p.group != "" {
			out = append(out, p)
		}
	}
	return out
}

func (d *doc) listed(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.w[k] != "," && !d.is(k, conjunction) || d.is(k, including) {
			return false
		}
	}
	return true
}

func plus(a, b *int64) *int64 {
	if a == nil || b == nil {
		return nil
	}
	sum := *a + *b
	return &sum
}

// derive puts an event's claims in the order of the text, with the sum of those
// that one sentence tells one by one.
func (d *doc) derive(e *event) {
	e.claims = append(e.claims, d.oneByOne(e.claims)...)
	d.thenHimself(e.claims)
	d.besideDoer(e.claims)
	slices.SortStableFunc(e.claims, func(a, b claim) int { return a.i - b.i })
}

// thenHimself: behind several whom someone killed a pronoun is the doer: "four were
// killed by a man before he was shot dead".
func (d *doc) thenHimself(claims []claim) {
	for k := range claims {
		c := &claims[k]
		if c.measure != geo.Killed || c.j-c.i != 1 || !d.singular(c.i) || !d.is(c.i-1, subordinator) {
			continue
		}
		c.self = slices.ContainsFunc(claims, func(o claim) bool {
			return o.measure == geo.Killed && o.object && o.Best != nil && *o.Best > 1 && o.i < c.i && d.of[o.i] == d.of[c.i]
		})
	}
}

// besideDoer: where a sentence tells that the doer died, the dead whom it counts
// besides are those whom he killed: "five dead in a rampage, gunman killed".
func (d *doc) besideDoer(claims []claim) {
	for _, self := range claims {
		if !self.self {
			continue
		}
		for k := range claims {
			c := &claims[k]
			if c.object && c.measure == geo.Killed {
				return
			}
			inside := d.including(span{min(c.j, self.j), max(c.i, self.i)})
			several := c.Best != nil && *c.Best > 1 || d.newPerson(*c) || d.headline[d.of[c.i]]
			c.object = c.object || c.measure == geo.Killed && !c.self && c.key != self.key && d.of[c.i] == d.of[self.i] && !inside && several
		}
	}
}

// including: a run of tokens says that what follows is part of what stands before.
func (d *doc) including(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.is(k, including) {
			return true
		}
	}
	return false
}

// oneByOne adds up the single persons of a sentence whom different words tell:
// "a boy was shot in the face and a man was shot in the leg".
func (d *doc) oneByOne(claims []claim) []claim {
	var sums []claim
	for k, c := range claims {
		if !d.newPerson(c) {
			continue
		}
		at := slices.IndexFunc(sums, func(s claim) bool { return s.measure == c.measure && d.of[s.i] == d.of[c.i] })
		if at < 0 {
			sums = append(sums, c)
			continue
		}
		s := &sums[at]
		if d.countsOne(c) || d.countsOne(*s) && d.w[c.j-1] == d.w[s.j-1] {
			continue // "one person" again
		}
		if slices.ContainsFunc(claims[:k], func(o claim) bool { return o.measure == c.measure && (o.overlaps(c.span) || o.key == c.key) }) {
			continue
		}
		n := *s.Best + 1
		s.Range, s.span.j, s.group = exactly(n), max(s.span.j, c.span.j), ""
	}
	return slices.DeleteFunc(sums, func(c claim) bool { return *c.Best < 2 })
}

// newPerson: a claim of one person whom the text brings in: "a boy", "another",
// "one man".
func (d *doc) newPerson(c claim) bool {
	if c.Best == nil || *c.Best != 1 || c.self {
		return false
	}
	for k := max(c.i-8, d.sentence(c.i).i); k <= c.i; k++ {
		if w := d.word(k); (w == "a" || w == "an" || w == "another" || w == "one" || w == "1") && !d.crosses(k, c.i) {
			return true
		}
	}
	return false
}

// countsOne: the person is counted and not brought in: "one person", "1 dead".
func (d *doc) countsOne(c claim) bool {
	n := d.numberOn(c.i)
	return n != nil && n.Best != nil && *n.Best == 1 && d.word(n.j-1) != "a" && d.word(n.j-1) != "an" && !n.more
}

// crosses: a mark or a small word stands between two tokens.
func (d *doc) crosses(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if d.tok[k].Kind == lexicon.Mark && d.w[k] != "-" || d.is(k, conjunction|subordinator|be|have|of|locative) {
			return true
		}
	}
	return false
}

// sources are the words that explain an event's toll: those of the first claim that
// gives its best; where none does, of the claims or the named dead that it is the sum
// of; where it has no best, of the first claim that gives its bound.
func (e *event) sources(m geo.Measure, r geo.Range) []span {
	if !r.Stated() {
		return nil
	}
	first := func(is func(claim) bool) []span {
		for _, c := range e.claims {
			if c.measure == m && is(c) {
				return []span{{min(c.i, c.key), max(c.j, c.key+1)}}
			}
		}
		return nil
	}
	if r.Best == nil {
		return first(func(c claim) bool { return r.Low != nil && same(c.Low, r.Low) || r.Low == nil && same(c.High, r.High) })
	}
	if s := first(func(c claim) bool { return !c.self && same(c.Best, r.Best) }); s != nil {
		return s
	}
	parts := first(func(c claim) bool { return c.self })
	if parts == nil || *r.Best-1 == e.namedDead() {
		for _, p := range e.named {
			if p.Fate == string(m) {
				parts = append(parts, p.span)
			}
		}
		return parts
	}
	rest := *r.Best - 1
	return append(parts, first(func(c claim) bool { return !c.self && same(c.Best, &rest) })...)
}
