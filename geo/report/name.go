package report

import (
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// maxNames bounds the given names that a person's name may begin with.
const maxNames = 4

// givenNameIn finds the name of a person in a script without capitals: a given
// name, further ones, and the word behind them where it is no word that we know.
func (d *doc) givenNameIn(s span) span {
	for k := s.i; k < s.j; k++ {
		if !d.given(k) {
			continue
		}
		j := k + 1
		for j < s.j && j-k < maxNames && d.given(j) {
			j++
		}
		if j < s.j && d.surname(j) {
			j++
		}
		if j-k > 1 {
			return span{k, j}
		}
	}
	return span{}
}

// given reports whether token k is a given name of the language's table.
func (d *doc) given(k int) bool {
	return d.tok[k].Kind == lexicon.Word && d.place.Uses[d.tok[k].Lower]&(lexicon.GivenName|lexicon.NameParticle) != 0 &&
		d.actor.on(k) == nil && d.casualty.on(k) == nil && !d.placed(k)
}

// placed: the token is part of a place's name that is known, and stands behind a
// word of place.
func (d *doc) placed(k int) bool {
	m := int(d.mentionK[k]) - 1
	return m >= 0 && d.mentions[m].Location != nil && (d.mentions[m].Locative != "" || d.is(d.mentionI[m].i-1, locative|origin|goal))
}

// surname: a word behind a given name that no table knows, or one with the
// article, which verbs and small words don't have.
func (d *doc) surname(k int) bool {
	if d.tok[k].Kind != lexicon.Word || d.class[k] != 0 || d.actor.on(k) != nil || d.dates.on(k) != nil || d.numberOn(k) != nil || d.placed(k) {
		return false
	}
	if d.words.Article != "" && strings.HasPrefix(d.w[k], d.words.Article) {
		return true
	}
	return d.casualty.on(k) == nil && d.trigger.on(k) == nil && d.cue.on(k) == nil && d.modality.on(k) == nil && d.person.on(k) == nil
}

// namedFree: in a language of free order who was harmed stands behind the word
// of harm, in its clause, or is the subject right before it.
func (d *doc) namedFree(e *event, m *mark[lexicon.Casualty]) {
	clause := d.clauseOf(m.i)
	after := span{m.j, d.clauseEnd(m.j, clause)}
	for k := after.i; k < after.j; k++ {
		if d.cue.on(k) != nil || d.is(k, be|including|origin) {
			after.j = k
		}
	}
	names := d.namesFrom(after)
	if len(names) == 0 && !d.words.VerbFirst {
		names = d.namesBefore(span{max(d.sentence(m.i).i, m.i-10), m.i})
	}
	for _, n := range names {
		d.addNamed(e, n, m.v.Measure)
	}
	if len(names) == 0 {
		d.allOf(e, m)
	}
}

// betweenNames bounds the words between the names of a list: their offices.
const betweenNames = 9

// namesFrom are the names of a list that begins in a run of tokens: "the minister
// A, his first deputy B and the secretary C".
func (d *doc) namesFrom(s span) []span {
	var all []span
	for from := s.i; from < s.j; {
		n := d.nameIn(span{from, min(s.j, from+betweenNames+3)})
		if n.empty() || len(all) > 0 && !d.listOn(span{from, n.i}) {
			return all
		}
		all = append(all, n)
		from = n.j
	}
	return all
}

// listOn: what stands between two names goes on a list: a comma or "and", and
// words of an office.
func (d *doc) listOn(s span) bool {
	joined := s.j > s.i && d.words.VerbFirst && d.person.on(s.i) != nil // "and" is written with it
	for k := s.i; k < s.j; k++ {
		switch {
		case d.w[k] == "," || d.is(k, conjunction):
			joined = true
		case d.tok[k].Kind == lexicon.Mark && d.w[k] != "-" && d.w[k] != "(" && d.w[k] != ")":
			return false
		case d.is(k, be|have|modal|subordinator|locative|origin|goal|negation) || d.cue.on(k) != nil || d.casualty.on(k) != nil || d.trigger.on(k) != nil || d.dates.on(k) != nil:
			return false
		}
	}
	return joined
}

// nameClaims counts persons by their names: "A, 22, and B were killed".
func (d *doc) nameClaims(m *mark[lexicon.Casualty], s span, object bool) []claim {
	var names []span
	if object {
		names = d.namesAfter(span{s.i, min(s.j, s.i+40)})
	} else {
		names = d.namesBefore(span{max(d.sentence(m.i).i, s.j-40), s.j}) // a list has its own "and"
	}
	if len(names) == 0 {
		return nil
	}
	n := int64(len(names))
	all := span{names[0].i, names[len(names)-1].j}
	return []claim{{span: all, measure: geo.Measure(m.v.Measure), Range: geo.Range{Low: &n, Best: &n, High: &n}, key: m.i}}
}

// lastSegment is what stands behind the last comma of a run of tokens that begins
// behind another word of harm: "44 died, five of them children, another 79 were
// hurt"; empty where the run begins with its clause, or the segment divides a sum.
func (d *doc) lastSegment(s, clause span) span {
	if s.empty() || s.i == clause.i {
		return span{}
	}
	for k := s.j - 1; k > s.i; k-- {
		if d.w[k] == "," {
			if d.is(k+1, including) || k+1 >= s.j-1 && d.numberOn(k+1) == nil {
				return span{}
			}
			return span{k + 1, s.j}
		}
	}
	return span{}
}

// allOf: "on board were A, B and C. All three died": a count of all that stand there
// is of as many persons as the sentence before names.
func (d *doc) allOf(e *event, m *mark[lexicon.Casualty]) {
	s := d.sentence(m.i)
	n := d.numberOn(m.i - 1)
	if n == nil || n.Best == nil || n.i <= s.i || s.i == 0 || !d.is(n.i-1, definite) {
		return
	}
	before := d.sentence(s.i - 1)
	var names []span
	for from := before.i; from < before.j; {
		found := d.nameIn(span{from, before.j})
		if found.empty() {
			break
		}
		names, from = append(names, found), found.j
	}
	if int64(len(names)) != *n.Best {
		return
	}
	for _, name := range names {
		d.addNamed(e, name, m.v.Measure)
	}
}
