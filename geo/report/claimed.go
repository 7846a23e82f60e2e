package report

import (
	"slices"

	"dateline/geo"
)

// claimant: who claimed responsibility in a telling's sentence did it, by its own
// word.
func (d *doc) claimant(e *event, t telling) {
	for _, s := range d.speechIn(t.sent) {
		if d.claims(s) && s.sent == t.sent && d.deed(e, t, s) {
			d.claimedBy(e, s)
		}
	}
}

// claims: who speaks says that it did it: "X claimed responsibility", or an actor
// of the table says of itself that it did: "X said that it had carried out".
func (d *doc) claims(s speech) bool {
	return !s.by.empty() && (s.class == "claim" || s.class == "say" && d.ownDeed(s))
}

// ownDeedReach is the number of tokens behind a word of saying in which its
// subordinate clause begins.
const ownDeedReach = 8

// ownDeed: behind a word of saying a pronoun or "its fighters" is the subject of
// a word of doing.
func (d *doc) ownDeed(s speech) bool {
	end := d.sentence(s.verb.i).j
	for k := s.verb.j; k < min(end, s.verb.j+ownDeedReach); k++ {
		own := d.is(k, pronoun) || d.is(k, possessive) && d.actorWord(k+1)
		if !own {
			continue
		}
		for v := k + 1; v < min(end, k+5); v++ {
			if c := d.cue.on(v); c != nil {
				return c.v.Class == "doer" && c.v.Grammar == "verb" && d.triggerWithin(span{c.j, min(end, c.j+5)})
			}
			if t := d.trigger.on(v); t != nil {
				group, _ := geo.EventTypeByCode(d.senseOf(t))
				return !t.v.Noun && violent[group.Group] && !d.passive(t.i) && !d.is(t.i, be) && !d.is(v-1, negation) // "its fighters were killed"
			}
			if d.is(v, negation) {
				return false
			}
		}
		return false
	}
	return false
}

func (d *doc) triggerWithin(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.trigger.on(k) != nil {
			return true
		}
	}
	return false
}

// actorWord: fighters, forces or an arm of who speaks.
func (d *doc) actorWord(k int) bool {
	m := d.actor.on(k)
	return m != nil && m.v.Generic || d.person.on(k) != nil
}

// claimedBy enters who speaks as who did it, where the table knows the name or
// quotation marks tell it.
func (d *doc) claimedBy(e *event, s speech) {
	name, id := d.actorNamed(s.by)
	if id == "" {
		if s.class == "claim" {
			s.by = d.quotedName(s)
		}
		if s.class != "claim" || s.by.empty() || d.actor.on(s.by.i) != nil {
			return
		}
		name = d.text(s.by)
	}
	d.addActor(e, geo.Actor{Name: name, ActorID: id, Role: "perpetrator", Attribution: geo.Claimed, By: name}, s.by)
}

// claimedLater gives a claim of responsibility in a sentence that tells no event
// to the violence that the sentences before told last, else to the first that the
// report tells: "The group said in a statement that it had carried out the attack".
func (d *doc) claimedLater(events []*event) {
	for _, s := range d.speech {
		if !d.claims(s) || len(d.told[s.sent]) > 0 {
			continue
		}
		if e := d.violenceBefore(events, s.verb.i); e != nil {
			d.claimedBy(e, s)
		}
	}
}

// violenceBefore is the asserted violence told last in the three sentences before
// a token, else the report's first.
func (d *doc) violenceBefore(events []*event, k int) *event {
	const back = 3
	for sent := d.of[k] - 1; sent >= max(0, d.of[k]-back); sent-- {
		for _, told := range slices.Backward(d.told[sent]) {
			if isViolence(told.event) {
				return told.event
			}
		}
	}
	for _, e := range events {
		if isViolence(e) {
			return e
		}
	}
	return nil
}

// byArmedGroup: what a group that bears arms did with guns is an attack, no crime,
// and what it takes no government regains.
func (d *doc) byArmedGroup(e *event) {
	for _, a := range e.actors {
		if a.Role != "perpetrator" || d.kindOfActor(a.ActorID) != "group" {
			continue
		}
		switch e.kind {
		case "shooting":
			e.kind = "attack"
		case "government-regains-territory":
			e.kind = "non-state-actor-takes-territory"
		}
	}
}

func (d *doc) kindOfActor(id string) string {
	for _, a := range d.words.Actors {
		if a.ID == id {
			return a.Kind
		}
	}
	return ""
}

func isViolence(e *event) bool {
	group, _ := geo.EventTypeByCode(e.kind)
	return violent[group.Group] && e.modality == geo.Asserted
}

// deed: the telling is what is claimed, the nearest one behind the words.
func (d *doc) deed(e *event, t telling, s speech) bool {
	return t.i >= s.verb.i || len(e.tellings) > 0 && e.tellings[len(e.tellings)-1].i == t.i
}
