package report

import (
	"slices"

	"dateline/geo/lexicon"
)

// captured tells the capture of persons, who are then arrested, from that of a
// place, by the object of the verb: what stands behind it, in the passive before
// it.
func (d *doc) captured(m *mark[*lexicon.Trigger], kind string) string {
	if kind == "-" && slices.ContainsFunc(d.domains(d.sentence(m.i)), func(z string) bool {
		return z == "sport" || z == "market" || z == "film" || z == "politics"
	}) {
		return kind
	}
	clause := d.clauseOf(m.i)
	passive := d.passive(m.i)
	object := span{m.j, min(clause.j, m.j+7)}
	if passive {
		object = span{max(clause.i, m.i-12), m.i}
	}
	for k := object.i; k < object.j; k++ {
		if x := int(d.mentionK[k]) - 1; x >= 0 && d.mentions[x].Kind == "literal" && (passive && !d.kindOnly(x) || !passive && !d.is(d.before(x), locative|origin|goal)) {
			if kind != "-" {
				return kind
			}
			return d.taker(m.i, passive)
		}
		if d.person.on(k) != nil || d.singular(k) || d.word(k) == "them" || d.word(k) == "they" {
			return "arrest"
		}
		if !passive && d.is(k, locative|subordinator) {
			object.j = k
			break
		}
	}
	if passive && kind == "-" {
		for k := max(clause.i, m.i-4); k < m.i; k++ {
			if d.capital(k) && d.mentionK[k] == 0 || d.numberOn(k) != nil || d.is(k, pronoun) && d.word(k) != "it" {
				return "arrest" // "McCoy was captured", "two were captured"
			}
		}
	}
	if !d.nameIn(object).empty() || d.capital(object.i) && d.actor.on(object.i) == nil && !passive {
		return "arrest"
	}
	if kind == "-" && d.ground(object) {
		return d.taker(m.i, passive)
	}
	return kind
}

// taker is the event type of a capture by who captures: an armed group that stands
// before the verb, in the passive behind it, or a state.
func (d *doc) taker(verb int, passive bool) string {
	s := d.clauseOf(verb)
	if passive {
		s.i = verb
	} else {
		s.j = verb
	}
	if slices.Contains(d.domains(s), "group") {
		return "non-state-actor-takes-territory"
	}
	return "government-regains-territory"
}

// ground: words for land or for what stands on it are among a run of tokens: "a key
// town", "the headquarters".
func (d *doc) ground(s span) bool {
	return slices.ContainsFunc(d.domains(s), func(z string) bool { return z == "town" || z == "basing" })
}

// kindOnly: the phrase of a place's name ends in another word, whose kind it only
// tells: "a member of the Medellin cartel was captured".
func (d *doc) kindOnly(x int) bool {
	k := d.mentionI[x].j
	return k < len(d.tok) && d.tok[k].Kind == lexicon.Word && d.of[k] == d.of[k-1] &&
		!d.is(k, be|have|modal|adverb|conjunction|locative|subordinator)
}
