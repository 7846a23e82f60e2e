package report

import (
	"slices"

	"dateline/geo/lexicon"
)

// taken tells what a capture is: that of persons, who are arrested or carried off,
// or that of a place, by the object of the verb and by who took it. kind is what
// the words around say.
func (d *doc) taken(m *mark[*lexicon.Trigger], kind string) string {
	if kind == "-" && slices.ContainsFunc(d.domains(d.sentence(m.i)), func(z string) bool {
		return z == "sport" || z == "market" || z == "film" || z == "politics"
	}) {
		return kind
	}
	side := d.taker(m)
	if kind == "-" && m.v.Sense == "~oust" {
		return kind
	}
	if m.v.Sense == "~oust" || m.j-m.i > 1 { // nobody takes control of a person
		return byTaker(side, kind)
	}
	switch d.objectTaken(m, kind) {
	case somePlace:
		if kind == "-" && side == "" {
			side = "army"
		}
		return byTaker(side, kind)
	case somePerson:
		if side == "rebel" {
			return "abduction"
		}
		return "arrest"
	}
	if kind == "-" {
		return kind
	}
	if side == "police" {
		return "arrest"
	}
	return byTaker(side, kind)
}

// byTaker is the kind of a capture of a place by those who took it, kind itself
// where nothing says who.
func byTaker(side, kind string) string {
	switch side {
	case "rebel":
		return "non-state-actor-takes-territory"
	case "army", "police":
		return "government-regains-territory"
	}
	return kind
}

// object is what a capture takes.
type object int

const (
	nothingNamed object = iota
	somePlace
	somePerson
)

// objectTaken: what stands behind the verb, in the passive before it, behind a
// noun where "of" joins it.
func (d *doc) objectTaken(m *mark[*lexicon.Trigger], kind string) object {
	clause := d.clauseOf(m.i)
	passive := d.isTaken(m)
	in := span{m.j, min(clause.j, m.j+7)}
	if passive {
		in = span{max(clause.i, m.i-12), m.i}
	}
	if m.v.Noun && !d.is(m.j, of) {
		return nothingNamed
	}
	last := nothingNamed // the noun that ends the phrase is what is taken: "a major city"
	for k := in.i; k < in.j; k++ {
		switch {
		case d.placeTaken(k, passive, m.v.Noun):
			return somePlace
		case d.person.on(k) != nil || d.singular(k) || d.is(k, pronoun) && d.word(k) != "it":
			last = somePerson
		case d.ground(span{k, k + 1}):
			last = somePlace
		case k == in.i && d.is(k, conjunction): // "captured and annexed the town"
		case !passive && (d.is(k, locative|subordinator|conjunction) || last != nothingNamed && d.is(k, of)):
			in.j = k
		}
	}
	if last != nothingNamed {
		return last
	}
	if passive && kind == "-" && d.someoneBefore(m.i, clause) || !d.nameIn(in).empty() || !m.v.Noun && !passive && d.capital(in.i) && d.actor.on(in.i) == nil {
		return somePerson
	}
	return nothingNamed
}

// isTaken: the verb is passive, also behind a comma: "X of Y, captured in Z, ...".
func (d *doc) isTaken(m *mark[*lexicon.Trigger]) bool {
	return !m.v.Noun && (d.passive(m.i) || d.word(m.i-1) == "," && d.is(m.j, locative|agent))
}

// ground: words for land or for what stands on it are among a run of tokens: "a key
// town", "the headquarters".
func (d *doc) ground(s span) bool {
	return slices.ContainsFunc(d.domains(s), func(z string) bool { return z == "town" || z == "basing" || z == "ground" })
}

// placeTaken: token k names a place that is taken itself, not where that was.
func (d *doc) placeTaken(k int, passive, noun bool) bool {
	x := int(d.mentionK[k]) - 1
	if x < 0 || d.mentions[x].Kind != "literal" {
		return false
	}
	if passive {
		return !d.kindOnly(x)
	}
	return noun || !d.is(d.before(x), locative|origin|goal)
}

// someoneBefore: a name, a number or a pronoun stands right before a passive:
// "McCoy was captured", "two were captured".
func (d *doc) someoneBefore(i int, clause span) bool {
	for k := max(clause.i, i-4); k < i; k++ {
		if d.capital(k) && d.mentionK[k] == 0 && d.actor.on(k) == nil || d.numberOn(k) != nil || d.is(k, pronoun) && d.word(k) != "it" {
			return true
		}
	}
	return false
}

// taker is the side that takes, "rebel", "army" or "police", empty where nothing says: who
// stands before the verb, behind "by" in the passive and behind a noun.
func (d *doc) taker(m *mark[*lexicon.Trigger]) string {
	clause := d.clauseOf(m.i)
	in := span{clause.i, m.i}
	if m.v.Noun || d.isTaken(m) {
		in = span{clause.j, clause.j}
		for k := m.j; k < clause.j; k++ {
			if d.is(k, agent) {
				in = span{k, min(clause.j, k+8)}
				break
			}
		}
	}
	for _, zone := range d.domains(in) {
		switch zone {
		case "group":
			return "rebel"
		case "rebel", "army", "police":
			return zone
		}
	}
	return ""
}

// kindOnly: the phrase of a place's name ends in another word, whose kind it only
// tells: "a member of the Medellin cartel was captured".
func (d *doc) kindOnly(x int) bool {
	k := d.mentionI[x].j
	return k < len(d.tok) && d.tok[k].Kind == lexicon.Word && d.of[k] == d.of[k-1] &&
		!d.is(k, be|have|modal|adverb|conjunction|locative|subordinator)
}
