package report

import "dateline/geo/lexicon"

// findNamed collects the words of the persons' names that the report tells in full,
// by which it calls them later: "Omar Pell, 22, ... Pell died".
func (d *doc) findNamed() map[string]bool {
	known := map[string]bool{}
	for _, sent := range d.sent {
		if s := (span{sent.First, sent.End}); !s.empty() {
			for n := d.nameIn(s); !n.empty(); n = d.nameIn(span{n.j, s.j}) {
				known[d.w[n.i]], known[d.w[n.j-1]] = true, true
			}
		}
	}
	return known
}

// calledByName: token k alone calls a person whom the report names in full.
func (d *doc) calledByName(k int) bool {
	if k < 0 || k >= len(d.tok) || d.caps || !d.capital(k) || d.actor.on(k) != nil || d.capital(k+1) || d.ownerOf(k) {
		return false
	}
	if d.known == nil {
		d.known = d.findNamed()
	}
	_, kind := d.place.Kinds[d.w[k]]
	return d.known[d.w[k]] && !kind
}

// namedAlone is the person called by one name whom a word of harm befell: "striking
// Troyer", "Troyer later died", "Troyer, of Alton, was pronounced dead".
func (d *doc) namedAlone(s span, object bool) (span, bool) {
	if object {
		return span{s.i, s.i + 1}, d.calledByName(s.i)
	}
	k := s.j - 1
	for k > s.i && (d.is(k, be|have|adverb|modal) || d.w[k] == "and" && d.is(k-1, adverb)) {
		k--
	}
	if d.word(k) == "," {
		if open := d.commaBefore(k, s.i); open > s.i {
			k = open - 1
		}
	}
	return span{k, k + 1}, k >= s.i && d.calledByName(k)
}

// antecedent is the name that "who" at token k takes up: "Omar Pell, 17, who died".
func (d *doc) antecedent(k int) span {
	k--
	for k > 0 && (d.w[k] == "," || d.tok[k].Kind == lexicon.Number && d.isAge(k, k+1)) {
		k--
	}
	if !d.calledByName(k) && !d.nameWord(k) {
		return span{}
	}
	s := span{k, k + 1}
	for s.i > d.sentence(k).i && d.nameWord(s.i-1) {
		s.i--
	}
	if !d.calledByName(k) && d.noPerson(s) || s.j-s.i == 1 && !d.calledByName(k) {
		return span{}
	}
	return s
}
