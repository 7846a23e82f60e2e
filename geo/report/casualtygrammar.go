package report

import (
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// surroundings are the tokens around a casualty word in which its number may stand.
type surroundings struct{ clause, before, after span }

// direct gives the claims of the words that say by themselves how many came to harm
// or where it stands; ok is false for those whose number is to be looked for.
func (d *doc) direct(m *mark[lexicon.Casualty], near surroundings) (claims []claim, ok bool) {
	if bound, n, told := strings.Cut(m.v.Grammar, ":"); told {
		return d.implied(m, bound, n), true
	}
	switch m.v.Grammar {
	case "result":
		return d.resultOf(m, near.clause), true
	case "self":
		return []claim{{span: m.span, measure: geo.Killed, Range: exactly(1), self: true, key: m.i}}, true
	case "object":
		return d.objectOf(m, near.after), true
	case "sent":
		return nil, !d.toHospital(near.after)
	case "lives":
		if d.is(m.j-1, of) {
			as := *m
			as.v.Grammar = "verb"
			return d.counted(&as, near.after, true), true
		}
	case "bodies":
		if d.is(m.j, of) {
			claims = d.deathOf(m)
		}
		return claims, claims != nil
	}
	return nil, false
}

// elliptic: "two were killed and five wounded during a raid": a number right before
// the word and no object behind it.
func (d *doc) elliptic(s span) bool {
	return d.numberOn(s.i-1) != nil && d.is(s.i-2, conjunction) && !d.is(s.j, definite|indefinite|pronoun) && d.numberOn(s.j) == nil && d.person.on(s.j) == nil
}

// placesFor are the runs of tokens in which a casualty word's number may stand, the
// likeliest first.
func (d *doc) placesFor(m *mark[lexicon.Casualty], near surroundings) []span {
	before, after := near.before, near.after
	switch m.v.Grammar {
	case "verb":
		if d.passive(m.i) || d.word(m.j) == "," && d.reduced(m.i, span{}) || d.elliptic(m.span) { // "left ten people hurt, two of them badly"
			return []span{before}
		}
		return []span{after, before}
	case "free": // where the order of words is: behind it, else before
		if d.word(m.j) == "," { // "50 were hurt, twelve of them badly"
			return []span{d.lastSegment(before, near.clause), before}
		}
		return []span{{m.j, min(after.j, m.j+8)}, d.lastSegment(before, near.clause), before}
	case "subject", "passive", "condition", "carried":
		return []span{before}
	case "adjective":
		if d.word(m.j) == "at" { // "dead at 25"
			after.j = m.j
		}
		return []span{{max(before.i, m.i-8), m.i}, {m.j, min(after.j, m.j+3)}}
	case "noun":
		if d.is(m.j, of) && m.v.Measure == string(geo.Killed) { // deathOf reads on
			return []span{{max(before.i, m.i-4), m.i}}
		}
		return []span{{max(before.i, m.i-4), m.i}, {m.j, min(after.j, m.j+3)}}
	case "toll":
		if !d.words.Fixed() { // "the number of dead | in the attack on X | rose to 50"
			return []span{after, {m.j, d.clauseEnd(m.j, span{m.j, d.sentence(m.i).j})}}
		}
		return []span{after}
	case "lives": // "claimed at least nine lives"
		return []span{{m.j, min(after.j, m.j+4)}}
	case "bodies":
		return []span{{max(before.i, m.i-3), m.i}, {m.j, min(after.j, m.j+12)}}
	case "gunfire":
		if d.passive(m.i) || d.person.on(m.i-1) != nil {
			return []span{before}
		}
		return []span{after}
	case "sent":
		return []span{after}
	}
	return nil
}

// uncounted reads who came to harm where no count stands beside the casualty word.
func (d *doc) uncounted(m *mark[lexicon.Casualty], near surroundings) []claim {
	one := func(s span, group string) []claim {
		return []claim{{span: s, measure: geo.Measure(m.v.Measure), group: group, Range: exactly(1), key: m.i}}
	}
	if m.v.Grammar == "noun" {
		return d.deathOf(m)
	}
	if claims := d.ofWho(m, near.clause); claims != nil {
		return claims
	}
	as := *m
	switch m.v.Grammar {
	case "adjective":
		if d.is(m.i-1, be) { // "a boy is dead"
			as.v.Grammar = "passive"
			return d.counted(&as, near.before, false)
		}
		if p := d.person.on(m.i - 1); p != nil && p.v.Singular && (d.is(p.i-1, definite) || d.headline[d.of[m.i]]) { // "found the man dead", "Suspect Dead"
			return one(p.span, p.v.Group)
		}
	case "subject":
		return d.ofMainClause(m, near.clause)
	case "verb":
		if d.is(m.j, reflexive) { // "after shooting himself"
			return one(span{m.i, m.j + 1}, "")
		}
	case "condition": // "his nephew is in critical condition"
		as.v.Grammar, as.v.Measure = "subject", string(hit)
		return d.onePerson(&as, near.before, false)
	}
	return nil
}
