package report

import "dateline/geo/lexicon"

// withForce: a word for a state's people beside that for its forces or its
// government names the state: "Turkish forces". It gives the words together, and
// whether they stay a mere word for the people.
func (d *doc) withForce(s span) (with span, demonym bool) {
	switch {
	case d.is(s.i-1, force) && d.of[s.i-1] == d.of[s.i] && d.trigger.on(s.i-1) == nil:
		return span{s.i - 1, s.j}, false
	case d.is(s.j, force) && d.of[s.j] == d.of[s.i] && d.trigger.on(s.j) == nil:
		return span{s.i, s.j + 1}, false
	}
	return s, true
}

// behindVerb: where verbs go first the doer stands right behind the deed, or behind
// a word of doing before it: "attacked gunmen", "launched Israel a raid".
func (d *doc) behindVerb(m *mark[lexicon.ActorName], t telling) bool {
	if m.i >= t.j {
		at := m.i
		for at > t.j && (d.is(at-1, origin) || d.person.on(at-1) != nil) { // "fighters of the opposition"
			at--
		}
		return at == t.j && !t.casualty && !(t.trigger.Noun && takesObject(t.kind))
	}
	c := d.cue.on(m.i - 1)
	return c != nil && c.v.Class == "doer"
}

// takesObject: a noun of such a deed is followed by whom it befell, not by who
// did it: "the arrest of the gunmen".
func takesObject(kind string) bool {
	switch kind {
	case "arrest", "abduction", "homicide", "weapons-disrupted", "sexual-violence", "shooting", "stabbing":
		return true
	}
	return false
}

// maxQuotedName bounds the words of a group's name between quotation marks.
const maxQuotedName = 6

// quotedName is the name in quotation marks that an unknown group goes by, in the
// sentence that claims; empty where there is none.
func (d *doc) quotedName(s speech) span {
	end := d.sentence(s.verb.i).j
	for k := max(s.by.j, s.verb.i); k < min(end, s.verb.j+14); k++ {
		if !opens(d.tok[k].Text) {
			continue
		}
		for j := k + 1; j < min(end, k+2+maxQuotedName); j++ {
			if closes(d.tok[j].Text) && j > k+1 {
				return span{k + 1, j}
			}
		}
	}
	return span{}
}

func opens(mark string) bool  { return mark == `"` || mark == "“" || mark == "«" || mark == "„" }
func closes(mark string) bool { return mark == `"` || mark == "”" || mark == "»" || mark == "“" }

// aimed: a small word that says at whom stands right before, or one word before.
func (d *doc) aimed(i, j int) bool {
	for k := max(i, j-2); k < j; k++ {
		if d.is(k, against) {
			return true
		}
	}
	return false
}
