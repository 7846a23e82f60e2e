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
		var found []span
		switch {
		case m.v.Grammar == "verb" && !d.passive(m.i):
			found = d.namedObject(m)
		case m.v.Grammar == "verb" || m.v.Grammar == "subject" || m.v.Grammar == "passive":
			found = d.namedSubject(m)
		case m.v.Grammar == "free":
			d.namedFree(e, m)
		}
		fate := m.v.Measure
		if fate == string(hit) {
			fate = string(geo.Injured)
		}
		for _, s := range found {
			d.addNamed(e, s, fate)
		}
	}
	d.amongThem()
	d.identified()
}

// namedReach is the number of tokens to either side of a word of harm in which
// those whom it befell are named.
const namedReach = 16

// namedObject gives the names that follow a word of harm as its objects: those of
// a list, or the first one behind what its bearer is called by office.
func (d *doc) namedObject(m *mark[lexicon.Casualty]) []span {
	s := span{m.j, min(d.sentence(m.i).j, m.j+namedReach)}
	for k := s.i; k < s.j; k++ {
		if d.is(k, be|have|modal|subordinator|witness) && !d.is(k, definite) || d.cue.on(k) != nil || k > s.i && d.casualty.on(k) != nil {
			s.j = k
		}
	}
	names := d.namesFrom(s)
	if len(names) > 0 && d.is(names[0].i-1, locative|origin|goal) { // "killed a man in Alton Heights"
		return nil
	}
	return names
}

// namedSubject gives the names whom a word of harm befell as its subject: between
// them and it stand ages, homes, auxiliary words, or what commas set off.
func (d *doc) namedSubject(m *mark[lexicon.Casualty]) []span {
	s := span{max(d.sentence(m.i).i, m.i-2*namedReach), m.i}
	if names := d.namesBefore(s); names != nil {
		return names
	}
	k := m.i - 1
	for k > s.i && d.is(k, be|have|adverb|modal) {
		k--
	}
	if d.word(k) == "," {
		if open := d.commaBefore(k, s.i); open > s.i {
			return d.namesBefore(span{s.i, open})
		}
		return nil
	}
	if d.singular(k) { // "A lived for an hour before he died": where no one else is named
		names := d.namesIn(span{d.sentence(m.i).i, k})
		if len(names) != 1 || d.anyPerson(span{names[0].j, k}) {
			return nil
		}
		return names
	}
	for ; k > s.i; k-- { // "A was shot and died"
		if c := d.casualty.on(k); c != nil {
			if d.andThen(c.j, m.i) && (c.v.Grammar == "subject" || d.passive(c.i)) {
				return d.namedSubject(c)
			}
			return nil
		}
	}
	return nil
}

// anyPerson: a run of tokens speaks of someone, or of what someone says.
func (d *doc) anyPerson(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.person.on(k) != nil || d.cue.on(k) != nil {
			return true
		}
	}
	return false
}

// namesIn are all persons' names in a run of tokens.
func (d *doc) namesIn(s span) []span {
	var all []span
	for n := d.nameIn(s); !n.empty(); n = d.nameIn(span{n.j, s.j}) {
		all = append(all, n)
	}
	return all
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
		for j < s.j && (d.nameWord(j) || d.initial(j, s.j) || d.w[j] == "-" && d.nameWord(j+1) || (d.w[j] == "al" || d.w[j] == "bin" || d.w[j] == "de" || d.w[j] == "el" || d.w[j] == "ibn") && j+1 < s.j) {
			j++
		}
		if words := len(strings.Fields(d.text(span{k, j}))); words >= 2 && d.tok[j-1].Kind == lexicon.Word && d.nameWord(j-1) && !d.noPerson(span{k, j}) {
			return span{k, j}
		}
		k = j
	}
	return span{}
}

// initial: the point behind a letter inside a name: "Ada K. Roe".
func (d *doc) initial(k, end int) bool {
	return d.w[k] == "." && len(d.tok[k-1].Text) == 1 && k+1 < end && d.of[k+1] == d.of[k] && d.nameWord(k+1)
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
	given := d.place.Uses[d.tok[k].Lower]&lexicon.GivenName != 0
	if k+2 >= len(d.tok) || !d.capital(k+1) || d.capital(k+2) && !given || d.person.on(k) != nil || d.person.on(k+1) != nil || d.cue.on(k) != nil || d.numberOn(k) != nil {
		return false
	}
	values, _ := d.words.Functions.At(d.w, k)
	return len(values) == 0 && d.casualty.on(k) == nil
}

func (d *doc) addNamed(e *event, s span, fate string) {
	name := d.text(s)
	for k := range e.named {
		if have := &e.named[k]; oneName(have.Name, name) {
			if len(name) > len(have.Name) {
				have.Name, have.span = name, s
			}
			if fate == string(geo.Killed) { // who was shot and died is dead
				have.Fate = fate
			}
			return
		}
	}
	role, public := d.office(s)
	e.named = append(e.named, named{s, geo.Named{Name: name, Role: role, Fate: fate, Private: !public}})
}

// oneName: a name is another, or what begins or ends it: "Ada Roe", "Ada Roe Jr".
func oneName(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return a == b || strings.HasPrefix(a, b+" ") || strings.HasSuffix(a, " "+b)
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
