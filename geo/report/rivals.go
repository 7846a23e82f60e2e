package report

import "slices"

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
