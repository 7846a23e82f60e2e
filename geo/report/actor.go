package report

import (
	"strings"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/lexicon"
)

// findActors finds the names of the table of actors.
func (d *doc) findActors() {
	d.actor.at = make([]int32, len(d.w))
	for i := 0; i < len(d.w); {
		values, n := d.words.ActorNames.At(d.w, i)
		if n == 0 {
			i++
			continue
		}
		for _, v := range values {
			if v.Upper && !d.caps && strings.ToUpper(d.tok[i].Text) != d.tok[i].Text || !v.Generic && !v.Small && !d.caps && !d.capital(i) {
				continue
			}
			at := span{i, i + n}
			if v.Demonym {
				at, v.Demonym = d.withForce(at)
			}
			if have := d.actor.on(at.i); at.i < i && have != nil && !have.v.Generic {
				break
			}
			d.actor.add(at, v)
			n = max(n, at.j-i)
			break
		}
		i += n
	}
}

// actorNamed is the actor of the table that a noun phrase names, or the phrase.
func (d *doc) actorNamed(s span) (name, id string) {
	for k := s.i; k < s.j; k++ {
		if m := d.actor.on(k); m != nil && !m.v.Generic {
			a := d.words.Actors[m.v.Actor]
			return a.Name, a.ID
		}
	}
	return d.text(s), ""
}

// actors reads who takes part in an event, from all its tellings.
func (d *doc) actors(e *event) {
	if group, _ := geo.EventTypeByCode(e.kind); group.Group == "disaster" || group.Group == "accident" {
		return // what nobody does
	}
	for _, t := range e.tellings {
		d.claimant(e, t)
		d.doer(e, t)
		d.sufferer(e, t)
	}
	d.accused(e)
}

// accused: "X accused Y", in a sentence that tells the event or in one of the two
// behind: Y did it, on X's word.
func (d *doc) accused(e *event) {
	first, last := e.tellings[0].sent, e.tellings[len(e.tellings)-1].sent
	for sent := first; sent <= min(last+2, len(d.sent)-1); sent++ {
		for _, s := range d.speechIn(sent) {
			if s.class != "accuse" || s.by.empty() {
				continue
			}
			for k := s.verb.j; k < min(d.sentence(s.verb.i).j, s.verb.j+6); k++ {
				m := d.actor.on(k)
				if m == nil || m.v.Generic || m.v.Demonym {
					continue
				}
				a := d.words.Actors[m.v.Actor]
				by, speaker := d.actorNamed(s.by)
				if speaker == a.ID {
					continue
				}
				d.addActor(e, geo.Actor{Name: a.Name, ActorID: a.ID, Role: "perpetrator", Attribution: geo.Accused, By: by}, m.span)
				break
			}
		}
	}
}

// accuser: an actor before "accused" or "blamed" is who accuses.
func (d *doc) accuser(m *mark[lexicon.ActorName], until int) bool {
	for k := m.j; k < until && k-m.j < 8; k++ {
		if c := d.cue.on(k); c != nil && c.v.Class == "accuse" && c.v.Grammar == "verb" {
			return true
		}
	}
	return false
}

// doer looks for who did it: "by X", "Israeli bombardment", "X carried out".
func (d *doc) doer(e *event, t telling) {
	s := d.sentence(t.i)
	clause := d.clauseOf(t.i)
	for k := s.i; k < s.j; k++ {
		m := d.actor.on(k)
		if m == nil || m.i != k || d.unanswered(k) || d.accuser(m, max(t.i, m.j)) || !m.v.Demonym && d.isWhere(k) {
			continue
		}
		if next := d.actor.on(m.j); next != nil && next.i == m.j && d.ownerOf(m.j-1) && !next.v.Generic {
			continue // "Yemen's Houthis"
		}
		before := d.word(m.i - 1)
		if owner := d.actor.on(m.i - 1); owner != nil && d.ownerOf(m.i-1) {
			before = d.word(owner.i - 1)
		}
		adjective := (m.v.Demonym || d.armedName(m)) && m.j <= t.i && t.i-m.j <= 3 && d.noun(m.j, t.i) && t.trigger.Noun && !d.is(t.i, be) && !d.onePersonIn(span{m.j, t.i})
		agent := before == "by" && m.i > t.i && clause.has(m.i)
		subject := m.j <= t.i && clause.has(m.i) && !d.is(m.i-1, locative|goal|origin|of) && (d.doing(m.j, t.i) || !t.trigger.Noun && !t.casualty && d.straight(m.j, t.i))
		if d.words.VerbFirst {
			adjective = adjective || m.v.Demonym && t.trigger.Noun && !takesObject(t.kind) && m.i >= t.j && m.i-t.j <= 1 && d.person.on(m.i-1) == nil && d.noun(t.j, m.i)
			subject = subject || !m.v.Demonym && clause.has(m.i) && d.behindVerb(m, t)
		}
		blame := d.quote[m.i] && m.v.Demonym && d.of[m.i] == t.sent && d.blames(m.j)
		if !adjective && !agent && !subject && !blame {
			continue
		}
		d.perpetrator(e, m, t)
	}
}

// onePersonIn: "a Palestinian man was shot".
func (d *doc) onePersonIn(s span) bool {
	for k := s.i; k < s.j; k++ {
		if p := d.person.on(k); p != nil && p.v.Singular {
			return true
		}
	}
	return false
}

// armedName: the name of a group that bears arms, no kind of people and no state.
func (d *doc) armedName(m *mark[lexicon.ActorName]) bool {
	return !m.v.Generic && d.words.Actors[m.v.Actor].Kind != "state"
}

// perpetrator enters one, with the attribution that the words around it give.
func (d *doc) perpetrator(e *event, m *mark[lexicon.ActorName], t telling) {
	a := d.words.Actors[m.v.Actor]
	attribution, by := geo.Stated, ""
	for k := max(d.sentence(m.i).i, m.i-3); k < t.j; k++ {
		if c := d.cue.on(k); c != nil {
			switch c.v.Class {
			case "hedge":
				attribution = geo.Suspected
			case "allege":
				attribution = geo.Alleged
			case "nobody":
				return
			}
		}
	}
	if attribution == geo.Stated {
		attribution, by = d.saidBy(m, a.ID)
	}
	name := a.Name
	if m.v.Generic {
		name = d.text(m.span)
	}
	d.addActor(e, geo.Actor{Name: name, ActorID: a.ID, Role: "perpetrator", Attribution: attribution, By: by}, m.span)
}

// saidBy looks for who lays it to the actor: the actor itself claims, another
// accuses.
func (d *doc) saidBy(m *mark[lexicon.ActorName], id string) (geo.Attribution, string) {
	for _, s := range d.speechIn(d.of[m.i]) {
		if s.sent != d.of[m.i] || s.by.empty() || s.class == "noanswer" || s.class == "aftermath" {
			continue
		}
		name, speaker := d.actorNamed(s.by)
		switch {
		case s.class == "deny" && speaker == id:
			return geo.AttributionDenied, name
		case speaker == id && (s.class == "claim" || s.class == "say"):
			return geo.Claimed, name
		case s.class == "accuse" || d.quote[m.i] || m.i > s.verb.j:
			return geo.Accused, name
		}
	}
	return geo.Stated, ""
}

// isWhere: the name of a state stands for its land: "in Iraq and Syria".
func (d *doc) isWhere(k int) bool {
	m := int(d.mentionK[k]) - 1
	if m < 0 || d.mentions[m].Kind != geoparse.Literal {
		return false
	}
	for m > 0 && d.beside(m-1, m) {
		m--
	}
	return d.is(d.before(m), locative|of|origin) && d.word(d.before(m)) != "by"
}

// adjectival: the name is part of another: "US troops", "Iran-backed".
func (d *doc) adjectival(m *mark[lexicon.ActorName]) bool {
	return d.word(m.j) == "-"
}

// unanswered: who was asked and gave no answer is no doer.
func (d *doc) unanswered(k int) bool {
	for _, s := range d.speechIn(d.of[k]) {
		if s.sent == d.of[k] && s.class == "noanswer" {
			return true
		}
	}
	return false
}

// doing reports whether a word of doing stands between an actor and its deed.
func (d *doc) doing(i, j int) bool {
	for k := i; k < j && k-i < 12; k++ {
		if c := d.cue.on(k); c != nil && c.v.Class == "doer" && c.v.Grammar == "verb" {
			return true
		}
	}
	return false
}

// straight: nothing but small words stands between a subject and its verb.
func (d *doc) straight(i, j int) bool {
	if j-i > 4 {
		return false
	}
	for k := i; k < j; k++ {
		if d.is(k, be|locative|goal|origin|subordinator|negation) || d.w[k] == "," || d.casualty.on(k) != nil {
			return false
		}
	}
	return true
}

// noun: the tokens between an adjective and its noun are words of one phrase.
func (d *doc) noun(i, j int) bool {
	for k := i; k < j; k++ {
		if d.is(k, be|have|modal|subordinator|conjunction|locative|goal|of) || d.w[k] == "," {
			return false
		}
	}
	return true
}

var blameWords = []string{"aggression", "attack", "strike", "bombing", "raid", "crime", "missile", "missiles", "drone", "fire", "bombardment"}

func (d *doc) blames(k int) bool {
	for _, w := range blameWords {
		if d.word(k) == w {
			return true
		}
	}
	return false
}

// sufferer looks for whom it struck: "on X", "against X", and "X said its
// commander was killed".
func (d *doc) sufferer(e *event, t telling) {
	s := d.sentence(t.i)
	for k := s.i; k < s.j; k++ {
		m := d.actor.on(k)
		if m == nil || m.i != k || m.v.Demonym && !m.v.Generic || d.isWhere(k) || d.adjectival(m) {
			continue
		}
		a := d.words.Actors[m.v.Actor]
		if t.trigger.Noun && m.i >= t.j && m.i-t.j <= 7 && d.cut[m.i] == t.clause && (d.between(t.j, m.i, "on") || d.between(t.j, m.i, "against") || d.aimed(t.j, m.i)) && !m.v.Generic {
			d.addActor(e, geo.Actor{Name: a.Name, ActorID: a.ID, Role: "target", Attribution: geo.Stated}, m.span)
		}
	}
	for _, p := range d.speechIn(t.sent) {
		if p.sent != t.sent || p.class != "say" || p.by.empty() || p.verb.i > t.i {
			continue
		}
		name, id := d.actorNamed(p.by)
		own := d.word(p.verb.j) == "its" || d.word(p.verb.j) == "their" || d.word(p.verb.j+1) == "its" || d.word(p.verb.j+1) == "their"
		if id != "" && own && t.casualty {
			d.addActor(e, geo.Actor{Name: name, ActorID: id, Role: "target", Attribution: geo.Stated, By: name}, p.by)
		}
	}
}

func (d *doc) between(i, j int, word string) bool {
	for k := i; k < j; k++ {
		if d.w[k] == word {
			return true
		}
	}
	return false
}

// addActor enters an actor once in a role; that it claims the deed is surer than
// that the report states it.
func (d *doc) addActor(e *event, a geo.Actor, s span) {
	for k := range e.actors {
		if have := &e.actors[k]; have.Name == a.Name && have.Role == a.Role {
			if have.Attribution == geo.Stated && a.Attribution == geo.Claimed {
				*have, e.actorSpans[k] = a, s
			}
			return
		}
	}
	e.actors = append(e.actors, a)
	e.actorSpans = append(e.actorSpans, s)
}
