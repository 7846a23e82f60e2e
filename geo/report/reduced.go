package report

import (
	"slices"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// ofMainClause: "a boy is recovering after suffering a gunshot wound": a clause
// without a subject of its own has that of the clause before.
func (d *doc) ofMainClause(m *mark[lexicon.Casualty], clause span) []claim {
	if !d.is(clause.i, subordinator) || m.i-clause.i > 2 || clause.i <= d.sentence(m.i).i {
		return nil
	}
	if d.is(clause.i, pronoun) {
		if who := d.antecedent(clause.i); !who.empty() {
			return []claim{{span: who, measure: geo.Measure(m.v.Measure), Range: exactly(1), key: m.i}}
		}
	}
	main := d.clauseOf(clause.i - 1)
	for k := main.i; k < main.j; k++ {
		if d.is(k, be|have) || d.casualty.on(k) != nil {
			if d.casualty.on(k) != nil || k == main.i {
				return nil
			}
			return d.counted(m, span{main.i, k}, false)
		}
	}
	return nil
}

// ofWho: "one of four teenagers who were shot": the clause's "who" takes up a count.
func (d *doc) ofWho(m *mark[lexicon.Casualty], clause span) []claim {
	if m.v.Grammar != "verb" && m.v.Grammar != "subject" || m.v.Grammar == "verb" && !d.passive(m.i) || !d.is(clause.i, subordinator) || !d.is(clause.i, pronoun) {
		return nil
	}
	const reach = 12
	first, _ := slices.BinarySearchFunc(d.counts, clause.i-reach, func(c count, i int) int { return c.span.i - i })
	for _, c := range d.counts[first:] {
		if c.span.j == clause.i {
			r := c.Range
			if c.whole != nil {
				r = c.whole.Range
			}
			return []claim{{span: c.span, measure: geo.Measure(m.v.Measure), group: c.group, Range: r, more: c.more, key: m.i}}
		}
		if c.span.i >= clause.i {
			break
		}
	}
	return nil
}

// resultOf: "shot his brother to death": who was hit was killed.
func (d *doc) resultOf(m *mark[lexicon.Casualty], clause span) []claim {
	for k := m.i - 1; k >= max(clause.i, m.i-10); k-- {
		c := d.casualty.on(k)
		if c == nil {
			continue
		}
		if c.v.Measure != string(hit) && c.v.Measure != string(geo.Injured) || c.v.Grammar != "verb" {
			return nil
		}
		claims := d.claimsAt(c)
		for k := range claims {
			claims[k].measure, claims[k].key = geo.Killed, m.i
		}
		return claims
	}
	return nil
}

// ofReduced: "a boy shot on Monday has died": who died is who was shot.
func (d *doc) ofReduced(m, c *mark[lexicon.Casualty]) []claim {
	shotKilled := m.v.Grammar == "verb" && c.j < m.i && d.onlyCommas(c.j, m.i) && !d.isObject(m) // "man shot, killed by his brother"
	if m.v.Grammar != "subject" && m.v.Grammar != "passive" && !shotKilled || c.v.Measure != string(hit) && c.v.Measure != string(geo.Injured) {
		return nil
	}
	if shotKilled || d.andThen(c.j, m.i) { // "was shot several times and died"
		claims := d.claimsAt(c)
		for k := range claims {
			claims[k].measure, claims[k].key = geo.Measure(m.v.Measure), m.i
		}
		return claims
	}
	if d.passive(c.i) { // "the boy who was shot has died"
		who := c.i - 1
		for who > 0 && d.is(who, be|have|adverb) {
			who--
		}
		if !d.is(who, subordinator) || !d.is(who, pronoun) || who == 0 || d.person.on(who-1) == nil {
			return nil
		}
		return d.counted(m, span{max(d.sentence(who).i, who-8), who}, false)
	}
	if d.person.on(c.i-1) == nil {
		return nil
	}
	for k := c.j; k < m.i; k++ {
		if d.person.on(k) != nil || d.numberOn(k) != nil && !d.notPeople(d.numberOn(k)) {
			return nil
		}
	}
	as := *c
	as.v.Grammar = "subject"
	claims := d.claimsAt(&as)
	for k := range claims {
		claims[k].measure, claims[k].key = geo.Measure(m.v.Measure), m.i
	}
	return claims
}

// andThen: between two verbs stand "and" or "before" and nobody else.
func (d *doc) andThen(i, j int) bool {
	joined := false
	for k := i; k < j; k++ {
		if n := d.numberOn(k); d.person.on(k) != nil || d.is(k, pronoun) || n != nil && !d.notPeople(n) || d.capital(k) && d.dates.on(k) == nil || d.w[k] == "," {
			return false
		}
		joined = joined || d.is(k, conjunction)
	}
	return joined
}

// isObject: someone stands right behind a casualty verb.
func (d *doc) isObject(m *mark[lexicon.Casualty]) bool {
	for k := m.j; k < min(m.j+4, len(d.tok)) && d.of[k] == d.of[m.i]; k++ {
		switch {
		case d.is(k, locative|origin|goal|of|subordinator) || d.w[k] == ",":
			return false
		case d.person.on(k) != nil || d.numberOn(k) != nil || d.capital(k):
			return true
		}
	}
	return false
}

// toldOfWhole: what stands right behind "one of four boys" tells of the four:
// "shot on Monday", "who were shot".
func (d *doc) toldOfWhole(k int, m *mark[lexicon.Casualty]) bool {
	for k < m.i && d.is(k, adverb) {
		k++
	}
	return k == m.i && m.v.Grammar == "verb" || d.is(k, subordinator) && d.is(k, pronoun)
}

// pronounBefore: "with his two sisters on the night he was killed" tells of one.
func (d *doc) pronounBefore(k int) (span, bool) {
	k--
	for k > 0 && d.is(k, be|have|adverb|modal) {
		k--
	}
	if k >= 0 && d.singular(k) {
		return span{k, k + 1}, true
	}
	return span{}, false
}

// untilWitness ends the objects of a verb before who did it or saw it: "killed a
// woman in front of three children", "killed by two men".
func (d *doc) untilWitness(s span) span {
	for k := s.i; k < s.j; k++ {
		if d.is(k, witness) && k > s.i {
			return span{s.i, k}
		}
	}
	return s
}

// beforeIncluding is the number without a unit that "including" divides: "two,
// including a baby"; nil where the parts are no parts of such.
func (d *doc) beforeIncluding(s span, parts []claim) *number {
	if len(parts) == 0 {
		return nil
	}
	for k := s.i; k < parts[0].i; k++ {
		if !d.is(k, including) {
			continue
		}
		for back := k - 1; back >= max(s.i, k-2); back-- {
			if n := d.numberOn(back); n != nil && n.i >= s.i && !d.notPeople(n) {
				return n
			}
		}
	}
	return nil
}

// otherHarm: a number stands before the word of another harm: "the one killed and
// the three wounded".
func (d *doc) otherHarm(n *number, m *mark[lexicon.Casualty]) bool {
	c := d.casualty.on(n.j)
	if c != nil && c.v.Grammar == "free" && d.words.VerbFirst { // "were killed dozens and were hurt hundreds"
		return false
	}
	return c != nil && !c.overlaps(m.span) && c.v.Measure != m.v.Measure
}
