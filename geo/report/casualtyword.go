package report

import (
	"slices"
	"strconv"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// tellsOfHarm: a word that tells of harm only beside others stands beside them.
func (d *doc) tellsOfHarm(m *mark[lexicon.Casualty]) bool {
	switch m.v.Grammar {
	case "gunfire":
		return slices.Contains(d.domains(d.sentence(m.i)), "gun")
	case "carried":
		if k := m.i - 1; !d.is(k, be) && !d.is(k-1, be) && d.w[max(k, 0)] != "and" {
			return false
		}
		return d.toHospital(span{m.j, d.sentence(m.i).j})
	}
	return true
}

// harmOn: token k by itself says that someone came to harm.
func (d *doc) harmOn(k int) bool {
	c := d.casualty.on(k)
	return c != nil && c.v.Grammar != "gunfire" && c.v.Grammar != "carried"
}

// toHospital: "sent four people to the hospital".
func (d *doc) toHospital(s span) bool {
	const reach, name = 12, 7 // tokens to the word "to", and of a hospital's name
	for k := s.i; k < min(s.j, s.i+reach); k++ {
		if !d.is(k, goal) {
			continue
		}
		for end := k + 1; end < min(s.j, k+1+name); end++ {
			if d.is(end, hospital) {
				return true
			}
			if d.is(end, subordinator|be|have|modal) || d.w[end] == "," {
				break
			}
		}
	}
	return false
}

// objectOf: who follows the words is meant: "doctors could not save the boy"; "her" is
// one where no noun follows.
func (d *doc) objectOf(m *mark[lexicon.Casualty], after span) []claim {
	if next := m.j + 1; d.is(m.j, pronoun) && d.is(m.j, possessive) && (next >= len(d.tok) || d.tok[next].Kind == lexicon.Mark || d.class[next] != 0) {
		return []claim{{span: span{m.j, next}, measure: geo.Killed, Range: exactly(1), key: m.i}}
	}
	const near = 8
	as := *m
	as.v.Grammar = "verb"
	return d.counted(&as, span{m.j, min(after.j, m.j+near)}, true)
}

// harm is the measure of words for the dead and the hurt together, of which only that
// there were none is read: "no casualties".
const harm = "harm"

// implied: what "fatal", "murder-suicide" or "double murder" says of the dead,
// beside what happened.
func (d *doc) implied(m *mark[lexicon.Casualty], bound, count string) []claim {
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || bound == "atleast" && d.trigger.on(m.i) == nil && d.trigger.on(m.j) == nil && d.trigger.on(m.j+1) == nil {
		return nil
	}
	if what := d.trigger.on(m.j); bound == "atleast" && what != nil && d.is(what.j, of) { // "the fatal shooting of A and B"
		as := *m
		as.v.Grammar = "verb"
		if claims := d.counted(&as, span{what.j + 1, min(d.sentence(m.i).j, what.j+16)}, true); len(claims) > 0 {
			return claims
		}
	}
	r := exactly(n)
	if bound == "atleast" {
		r.Best, r.High = nil, nil
	}
	if m.v.Measure == harm {
		return []claim{{span: m.span, measure: geo.Killed, Range: r, key: m.i}, {span: m.span, measure: geo.Injured, Range: r, key: m.i}}
	}
	both := bound == "atleast" && n > 1
	return []claim{{span: m.span, measure: geo.Measure(m.v.Measure), Range: r, key: m.i, both: both}}
}

// deathOf: "the shooting death of his wife", "the death of A": one, or as many as
// are named.
func (d *doc) deathOf(m *mark[lexicon.Casualty]) []claim {
	if m.v.Measure != string(geo.Killed) {
		return nil
	}
	if !d.is(m.j, of) {
		return d.someonesDeath(m)
	}
	asVerb := *m
	asVerb.v.Grammar = "verb"
	return d.counted(&asVerb, span{m.j + 1, min(d.sentence(m.i).j, m.j+16)}, true)
}

func (d *doc) passive(k int) bool {
	if d.words.Fixed() && strings.HasSuffix(d.word(k), "ing") { // "they were shooting pigeons"
		return false
	}
	for back := 1; back <= 3; back++ {
		if d.is(k-back, be) {
			return true
		}
		if !d.is(k-back, adverb|negation|have|modal) {
			return false
		}
	}
	return false
}

// someonesDeath: "Ada Roe's death", "his death", "a shooting death": one.
func (d *doc) someonesDeath(m *mark[lexicon.Casualty]) []claim {
	if strings.HasSuffix(d.w[m.j-1], "s") {
		return nil
	}
	k := m.i - 1
	if t := d.trigger.on(k); t != nil && t.v.Noun { // how he died
		return []claim{{span: span{t.i, m.j}, measure: geo.Killed, Range: exactly(1), key: m.i}}
	}
	if !d.is(k, possessive) && d.tok[max(k, 0)].Kind == lexicon.Word && !d.ownerOf(k) && !d.capital(k) { // "her tragic death"
		k--
	}
	if k < 0 || d.of[k] != d.of[m.i] || !d.is(k, possessive) && !d.ownerOf(k) || d.word(k) == "their" || d.word(k) == "its" || d.word(k) == "our" {
		return nil
	}
	if p := d.person.on(k); d.ownerOf(k) && !d.capital(k) && (p == nil || !p.v.Singular) {
		return nil
	}
	return []claim{{span: span{k, m.j}, measure: geo.Killed, Range: exactly(1), key: m.i}}
}

// negated: "were not hurt": between a word of harm and what auxiliary words stand
// before it one says no.
func (d *doc) negated(k int) bool {
	for k--; k >= 0 && d.numberOn(k) == nil && d.is(k, be|have|modal|adverb|negation); k-- {
		if d.is(k, negation) { // "nobody was not", where that is how nobody is said
			n := d.numberOn(k - 1)
			return n == nil || n.Best == nil || *n.Best != 0
		}
	}
	return false
}

// neither: "nobody was killed or hurt": who came to no harm came to none of either.
func (d *doc) neither(m, c *mark[lexicon.Casualty]) []claim {
	for k := c.j; k < m.i; k++ {
		if !d.is(k, conjunction|adverb) {
			return nil
		}
	}
	claims := d.claimsAt(c)
	if len(claims) != 1 || claims[0].Best == nil || *claims[0].Best != 0 {
		return nil
	}
	claims[0].measure, claims[0].key = geo.Measure(m.v.Measure), m.i
	return claims
}
