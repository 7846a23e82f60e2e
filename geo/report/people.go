package report

import (
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// named is a person whom the report names as harmed.
type named struct {
	span
	geo.Named
}

// people finds the persons whom the text names as harmed: the subject of "was
// killed", the object of "killed".
func (d *doc) people() {
	for k := range d.casualty.all {
		m := &d.casualty.all[k]
		e := d.eventOf(m.i)
		if e == nil || m.v.Measure == "displaced" {
			continue
		}
		s := d.sentence(m.i)
		var found span
		switch {
		case m.v.Grammar == "verb" && !d.passive(m.i):
			found = d.nameIn(span{m.j, min(s.j, m.j+14)})
		case m.v.Grammar == "verb" || m.v.Grammar == "subject" || m.v.Grammar == "passive":
			found = d.nameIn(span{max(s.i, m.i-16), m.i})
		case m.v.Grammar == "free":
			d.namedFree(e, m)
		}
		if !found.empty() {
			fate := m.v.Measure
			if fate == string(hit) {
				fate = string(geo.Injured)
			}
			d.addNamed(e, found, fate)
		}
	}
	d.amongThem()
	d.identified()
}

// amongThem: "Among them was X", "including X", after a toll.
func (d *doc) amongThem() {
	for k := range d.tok {
		if !d.is(k, including) || d.is(k-1, including) {
			continue
		}
		e := d.eventOf(k)
		if e == nil || len(e.claims) == 0 {
			continue
		}
		for _, s := range d.namesFrom(span{k + 1, d.sentence(k).j}) {
			d.addNamed(e, s, string(e.claims[len(e.claims)-1].measure))
		}
	}
}

// nameIn finds two or more capitalised words in a row that are neither place nor
// actor, nor what a person is called by office.
func (d *doc) nameIn(s span) span {
	if d.words.OneCase {
		return d.givenNameIn(s)
	}
	if d.caps {
		return span{}
	}
	for k := s.i; k < s.j; k++ {
		if !d.nameWord(k) || d.headline[d.of[k]] {
			continue
		}
		j := k + 1
		for j < s.j && (d.nameWord(j) || d.w[j] == "-" && d.nameWord(j+1) || (d.w[j] == "al" || d.w[j] == "bin" || d.w[j] == "de" || d.w[j] == "el" || d.w[j] == "ibn") && j+1 < s.j) {
			j++
		}
		if words := len(strings.Fields(d.text(span{k, j}))); words >= 2 && d.tok[j-1].Kind == lexicon.Word && d.nameWord(j-1) && !d.noPerson(span{k, j}) {
			return span{k, j}
		}
		k = j
	}
	return span{}
}

// noPerson: a name with a word of streets, buildings, organisations or media in
// it is no person's, nor one with a word of harm.
func (d *doc) noPerson(s span) bool {
	const heads = lexicon.OrgHead | lexicon.FacilityHead | lexicon.EventHead | lexicon.MediaHead | lexicon.MovementHead
	for k := s.i; k < s.j; k++ {
		w := d.tok[k].Lower
		if _, kind := d.place.Kinds[w]; kind || d.place.Uses[w]&heads != 0 || len(d.place.Directions[w]) > 0 || d.casualty.on(k) != nil || d.person.on(k) != nil && !d.person.on(k).v.Public {
			return true
		}
	}
	return false
}

func (d *doc) nameWord(k int) bool {
	if !d.capital(k) || d.mentionK[k] > 0 && d.mentions[d.mentionK[k]-1].Location != nil || d.actor.on(k) != nil || d.trigger.on(k) != nil || d.dates.on(k) != nil {
		return false
	}
	_, title := d.words.Titles.At(d.w, k)
	return title == 0 && (k != d.sentence(k).i || d.beginsName(k))
}

// beginsName reports whether the first word of a sentence is the first of a
// name: another capitalised word follows, and it is none that we know.
func (d *doc) beginsName(k int) bool {
	if k+2 >= len(d.tok) || !d.capital(k+1) || d.capital(k+2) || d.person.on(k) != nil || d.person.on(k+1) != nil || d.cue.on(k) != nil || d.numberOn(k) != nil {
		return false
	}
	values, _ := d.words.Functions.At(d.w, k)
	return len(values) == 0 && d.casualty.on(k) == nil
}

func (d *doc) addNamed(e *event, s span, fate string) {
	name := d.text(s)
	for k := range e.named {
		if have := &e.named[k]; have.Name == name {
			if fate == string(geo.Killed) { // who was shot and died is dead
				have.Fate = fate
			}
			return
		}
	}
	role, public := d.office(s)
	e.named = append(e.named, named{s, geo.Named{Name: name, Role: role, Fate: fate, Private: !public}})
}

// office is the public role that stands beside a name: "deputy leader X", "its
// deputy head of operations in Baghdad, X".
func (d *doc) office(s span) (role string, public bool) {
	first := d.sentence(s.i).i
	for k := s.i - 1; k >= max(first, s.i-9); k-- {
		p := d.person.on(k)
		if p == nil {
			continue
		}
		if !p.v.Public {
			return d.text(p.span), false
		}
		i := p.i
		for i > first && (d.word(i-1) == "deputy" || d.word(i-1) == "senior" || d.word(i-1) == "former" || d.word(i-1) == "top") {
			i--
		}
		return d.text(span{i, p.j}), true
	}
	return "", false
}
