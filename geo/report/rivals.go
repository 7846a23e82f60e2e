package report

import (
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
)

// rivals: a sentence names each of two doers before what he did: "Russia fired missiles
// at X, while Ukrainian shelling killed seven in Y".
func (d *doc) rivals(e *event, t telling) bool {
	one := d.doerBefore(t)
	return one != "" && slices.ContainsFunc(e.tellings, func(have telling) bool {
		other := d.doerBefore(have)
		return have.sent == t.sent && other != "" && other != one
	})
}

// doerBefore is the actor of the table whose name stands right before what happened as
// its adjective or subject, empty where none does.
func (d *doc) doerBefore(t telling) string {
	const reach = 3
	for k := t.i - 1; k >= max(t.i-reach, d.sentence(t.i).i); k-- {
		m := d.actor.on(k)
		if m == nil {
			continue
		}
		if m.v.Generic || d.onePersonIn(span{m.j, t.i}) || d.is(m.i-1, locative|goal|origin|of) {
			return ""
		}
		if t.trigger.Noun && (m.v.Demonym || d.armedName(m)) && d.noun(m.j, t.i) || !t.trigger.Noun && !d.passive(t.i) && (m.j == t.i || !t.casualty && d.straight(m.j, t.i)) {
			return d.words.Actors[m.v.Actor].ID
		}
		return ""
	}
	return ""
}

// manyOfYear is the number from which on the dead of a year are a statistic.
const manyOfYear = 100

// annual: a sentence counts what a year has cost, at no place finer than a country and
// in no event of its own: "5,601 people were killed in 2024".
func (d *doc) annual(s span) bool {
	sent, year, many := d.of[s.i], false, false
	for _, x := range d.timesIn(sent) {
		if x.text || x.rel || x.when.Precision != geo.ByYear {
			return false
		}
		year = true
	}
	if !year {
		return false
	}
	for m := d.mentionsOf[sent].i; m < d.mentionsOf[sent].j; m++ {
		if d.maySite(m) && (d.loc[m] == nil || d.loc[m].Precision != gazetteer.Country) {
			return false
		}
	}
	in := d.sentence(s.i)
	for k := in.i; k < in.j; k++ {
		t := d.trigger.on(k)
		if n := d.numberOn(k); n != nil {
			most := larger(n.Low, n.Best)
			many = many || most != nil && *most >= manyOfYear
		}
		if t != nil && !d.tellsHarm(t.span) && t.v.Strength != "no" && !(t.v.Noun && strings.HasSuffix(d.w[t.j-1], "s")) {
			return false
		}
	}
	return many
}

// tellsHarm: a word of harm is among a run of tokens.
func (d *doc) tellsHarm(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.casualty.on(k) != nil {
			return true
		}
	}
	return false
}

// sinceWhen: between two tellings of a sentence stands a day from which on the one went
// on, as that of the other: "has bombed X since Oct. 7, when gunmen killed ...".
func (d *doc) sinceWhen(a, b telling) bool {
	for _, x := range d.timesIn(b.sent) {
		if x.text || x.rel || x.i <= a.j || x.j >= b.i || !d.is(x.i-1, began) || !d.is(x.i-1, subordinator) {
			continue
		}
		if d.whenAt(x.j) {
			return true
		}
	}
	return false
}

// whenAt: "when" stands at a token or behind a comma there.
func (d *doc) whenAt(k int) bool {
	return d.word(k) == "when" || d.word(k) == "," && d.word(k+1) == "when"
}

// behindWhen: an event is told behind its day as what happened on it.
func (d *doc) behindWhen(e *event) bool {
	return e.tellings[0].i > e.whenSpan.j && e.tellings[0].sent == d.of[e.whenSpan.i] && d.whenAt(e.whenSpan.j)
}

// anotherBeside: what the sentence of a word of harm brings in as new is no attack of
// several that were told in general before: "people were killed when an air strike hit".
func (d *doc) anotherBeside(e *event, t telling) bool {
	if !t.casualty || !e.plural() || d.headline[last(e.tellings).sent] {
		return false
	}
	in := d.sentence(t.i)
	for k := t.j; k < in.j; k++ {
		m := d.trigger.on(k)
		if m == nil || m.i != k || !m.v.Noun || m.v.Strength == "no" || m.v.Strength == "ref" {
			continue
		}
		if w := d.word(k - 1); w == "a" || w == "an" {
			return true
		}
	}
	return false
}
