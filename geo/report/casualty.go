package report

import (
	"slices"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// claimsAt reads the numbers that a casualty word governs, by its grammar.
func (d *doc) claimsAt(m *mark[lexicon.Casualty]) []claim {
	if d.negated(m.i) {
		return nil
	}
	near := surroundings{clause: d.clauseOf(m.i)}
	near.before, near.after = span{near.clause.i, m.i}, span{m.j, d.clauseEnd(m.j, near.clause)}
	near.after.j = d.othersFrom(near.after)
	for k := m.i - 1; k >= near.clause.i; k-- {
		if c := d.casualty.on(k); c != nil && !d.ofVictims(c) {
			if claims := d.ofReduced(m, c); len(claims) > 0 {
				return claims
			}
			if claims := d.neither(m, c); claims != nil {
				return claims
			}
			near.before.i = k + 1 // what stands before another such word is that word's
			break
		}
	}
	if claims, ok := d.direct(m, near); ok {
		return claims
	}
	for n, s := range d.placesFor(m, near) {
		if n > 0 && m.v.Grammar == "verb" && !d.reduced(m.i, near.before) {
			break
		}
		object := n == 0 && s.i >= m.j && !s.empty()
		if claims := d.counted(m, s, object); len(claims) > 0 {
			for k := range claims {
				claims[k].object = object && m.v.Grammar == "verb"
			}
			return claims
		}
	}
	return d.uncounted(m, near)
}

// ownerOf: a possessive is nobody who came to harm: "the sheriff's car".
func (d *doc) ownerOf(k int) bool {
	return k >= 0 && k < len(d.tok) && (strings.HasSuffix(d.tok[k].Lower, "'s") || strings.HasSuffix(d.tok[k].Lower, "’s"))
}

func (d *doc) onlyCommas(i, j int) bool {
	for k := i; k < j; k++ {
		if d.w[k] != "," {
			return false
		}
	}
	return true
}

// othersFrom is where the objects of a verb end before the next casualty word:
// what is counted right before that word is its own: "2 killed, 3 injured".
func (d *doc) othersFrom(after span) int {
	next := d.casualty.on(after.j)
	if next == nil || next.v.Grammar == "noun" || next.v.Grammar == "self" || next.v.Grammar == "bodies" ||
		next.v.Grammar == "free" && d.numberOn(next.j) != nil { // "killed five and wounded ten", where verbs go first
		return after.j
	}
	k := after.j
	for k > after.i && (d.is(k-1, adverb|be|have) || d.person.on(k-1) != nil || d.word(k-1) == "other" || d.word(k-1) == "more") {
		k--
	}
	if n := d.numberOn(k - 1); n != nil && n.i >= after.i {
		return n.i
	}
	if n := d.numberOn(k); n != nil && n.i >= after.i && n.i < after.j {
		return n.i
	}
	return after.j
}

// clauseEnd is where a verb's objects end: at the clause's end, or the next
// casualty word.
func (d *doc) clauseEnd(k int, clause span) int {
	for ; k < clause.j; k++ {
		if d.casualty.on(k) != nil {
			return k
		}
	}
	return clause.j
}

// reduced: "12 people killed in": a participle right behind its subject.
func (d *doc) reduced(k int, before span) bool {
	p := d.person.on(k - 1)
	return p != nil || d.numberOn(k-1) != nil || !before.empty() && d.is(k-1, conjunction|adverb)
}

// counted sums the counts of persons in a run of tokens; groups stay apart as
// claims of their own when there are several.
func (d *doc) counted(m *mark[lexicon.Casualty], s span, object bool) []claim {
	if object {
		s = d.untilWitness(s)
	}
	if s.empty() {
		return nil
	}
	if who, ok := d.pronounBefore(m.i); ok && !object && s.has(who.i) && m.v.Grammar != "noun" {
		return []claim{{span: who, measure: geo.Measure(m.v.Measure), Range: exactly(1), key: m.i}}
	}
	if c := d.apposition(m, s); c != nil && !object {
		return []claim{*c}
	}
	var parts []claim
	first, _ := slices.BinarySearchFunc(d.counts, s.i, func(c count, i int) int { return c.span.i - i })
	for _, c := range d.counts[first:] {
		if c.span.i >= s.j {
			break
		}
		if d.word(c.span.j) == "else" {
			continue
		}
		if c.span.j <= s.j && d.near(c.span, m.span) && !d.overlapsClaim(parts, c.span) && !d.harmInside(c.span) {
			r := c.Range
			if c.whole != nil && !object && d.toldOfWhole(c.span.j, m) {
				r = c.whole.Range
			}
			parts = append(parts, claim{span: c.span, measure: geo.Measure(m.v.Measure), group: c.group, Range: r, more: c.more, key: m.i})
		}
	}
	if listed := d.personList(m, s, parts, object); listed != nil {
		return d.total(listed)
	}
	if whole := d.beforeIncluding(s, parts); whole != nil {
		c := claim{span: whole.span, measure: geo.Measure(m.v.Measure), Range: whole.Range, more: whole.more, key: m.i}
		return append([]claim{c}, d.asParts(parts)...)
	}
	if len(parts) == 0 {
		for k := s.i; k < s.j; k++ {
			n := d.numberOn(k)
			if n == nil || n.j > s.j || !d.near(n.span, m.span) || d.notPeople(n) || !d.bare(n, m.span) || d.otherHarm(n, m) {
				continue
			}
			return []claim{{span: n.span, measure: geo.Measure(m.v.Measure), Range: n.Range, more: n.more, key: m.i}}
		}
		return d.onePerson(m, s, object)
	}
	return d.summed(m, parts)
}

// ofVictims: the word only says of what they are the victims: "the four shooting
// victims", "a stabbing victim".
func (d *doc) ofVictims(c *mark[lexicon.Casualty]) bool {
	if c.v.Measure != string(hit) || c.j-c.i != 1 {
		return false
	}
	if what := d.trigger.on(c.i); what != nil && what.v.Noun && d.is(c.i-1, definite) && d.is(c.i-2, of|locative) && d.person.on(c.j) == nil { // "a victim of the shooting"
		return true
	}
	return d.person.on(c.j) != nil && d.person.on(c.j).v.Group == "" &&
		(d.numberOn(c.i-1) != nil || d.is(c.i-1, definite|indefinite))
}

// harmInside: "the three wounded people", "a head wound": the count tells of
// another harm, or of none.
func (d *doc) harmInside(s span) bool {
	for k := s.i; k < s.j; k++ {
		if c := d.casualty.on(k); c != nil && !d.ofVictims(c) {
			return true
		}
	}
	c := d.casualty.on(s.j)
	return c != nil && (d.word(s.j) == "wound" || d.word(s.j) == "wounds" || d.word(s.j) == "injury" || d.word(s.j) == "injuries")
}

// bare: a number without a unit counts persons where a verb, a mark or a small
// word follows it, or what became of them.
func (d *doc) bare(n *number, m span) bool {
	k := n.j
	if k >= len(d.tok) || m.has(k) || d.of[k] != d.of[n.i] || d.tok[k].Kind != lexicon.Word {
		return d.word(k) != "-"
	}
	if p := d.person.on(k); p != nil && d.otherThings(p.span) {
		return false
	}
	return d.is(k, be|have|modal|adverb|conjunction|locative|of|subordinator|including) || d.isClass(k, "others") || d.casualty.on(k) != nil || d.person.on(k) != nil ||
		d.cue.on(k) != nil || d.dates.on(k) != nil || n.j-n.i > 0 && d.word(k) == "of"
}

// near: a count belongs to a casualty word at most twelve tokens away.
func (d *doc) near(a, b span) bool { return max(a.i-b.j, b.i-a.j) <= 12 }

func (d *doc) overlapsClaim(all []claim, s span) bool {
	return slices.ContainsFunc(all, func(c claim) bool { return c.overlaps(s) })
}

// notPeople: a number that a day, an hour or another unit follows.
func (d *doc) notPeople(n *number) bool {
	for _, t := range d.timesIn(d.of[n.i]) {
		if t.overlaps(n.span) {
			return true
		}
	}
	if d.dates.on(n.j) != nil || d.partOfName(n) || d.word(n.j) == "else" {
		return true
	}
	if d.word(n.i-1) == "(" && d.word(n.j) == ")" && d.tok[n.i].Kind == lexicon.Number && n.j+1 < len(d.tok) && d.tok[n.j+1].Kind == lexicon.Number { // a telephone's
		return true
	}
	if d.word(n.i-1) == "(" && d.word(n.j) == ")" && len(d.tok[n.i].Text) > 3 { // a telephone's, in figures for its letters
		return true
	}
	if d.is(n.j, of) && d.is(n.j+1, possessive) && d.person.on(n.j+2) == nil && d.person.on(n.j+3) == nil { // "in both of his legs"
		return true
	}
	if n.Best != nil && n.j-n.i == 1 && (*n.Best == 911 || *n.Best == 999) { // who is called for help
		return true
	}
	if whole := d.numberOn(n.j + 1); d.is(n.j, of) && whole != nil && whole.i == n.j+1 && whole != n { // "62 of 83 drones"
		return d.notPeople(whole)
	}
	if part := d.numberOn(n.i - 2); d.is(n.i-1, of) && part != nil && d.partOfName(part) { // "Photo 3 of 12"
		return true
	}
	switch d.word(n.j) {
	case "block", "blocks", "rounds", "bullets", "gunshots", "weapons", "guns", "counts", "suspects",
		"houses", "homes", "buildings", "vehicles", "cars", "km", "miles", "metres", "meters", "kilometres", "kilometers", "attacks", "strikes", "rockets",
		"missiles", "drones", "villages", "towns", "provinces", "districts", "times", "shots", "percent", "schools", "shops", "minutes", "hours", "boats", "ships", "magnitude":
		return true
	}
	return d.word(n.i-1) == "magnitude" || d.word(n.i-1) == "of" && d.word(n.i-2) == "magnitude" || d.word(n.i-1) == "age"
}

// partOfName: a figure behind a capitalised word inside a sentence is part of a
// name: "Channel 9".
func (d *doc) partOfName(n *number) bool {
	if n.i == 0 || d.tok[n.i].Kind != lexicon.Number || d.of[n.i-1] != d.of[n.i] || !d.capital(n.i-1) || d.caps {
		return false
	}
	before := d.tok[n.i-1].Text
	if d.place.Uses[d.tok[n.i-1].Lower]&lexicon.MediaHead != 0 { // "News 12"
		return true
	}
	return n.i-1 != d.sentence(n.i).i || len(before) > 1 && strings.ToUpper(before) == before // "CBS 58"
}

// onePerson: a singular person or a name is one.
func (d *doc) onePerson(m *mark[lexicon.Casualty], s span, object bool) []claim {
	switch m.v.Grammar {
	case "verb", "subject", "passive", "free", "gunfire", "carried":
	default:
		return nil
	}
	k, end := s.i, min(s.j, s.i+8)
	if !object {
		reach := 8
		if m.v.Grammar == "subject" || m.v.Grammar == "carried" { // what stands between a subject and its verb: "a senior at the school"
			reach = 18
		}
		k, end = max(s.i, s.j-reach), s.j
	}
	one := int64(1)
	single := geo.Range{Low: &one, Best: &one, High: &one}
	for ; k < end; k++ {
		if s, ok := d.byAge(k); ok || d.singular(k) && m.v.Measure != "arrested" {
			if !ok {
				s = span{k, k + 1}
			}
			return []claim{{span: s, measure: geo.Measure(m.v.Measure), Range: single, key: m.i}}
		}
		p := d.person.on(k)
		if p == nil || !p.v.Singular || d.is(p.i-1, of|goal|origin|locative) || d.word(p.i-1) == "by" || d.ownerOf(p.j-1) {
			continue
		}
		if a := d.actor.on(k); a != nil && a.v.Demonym && d.tok[min(p.j, len(d.tok)-1)].Kind == lexicon.Word && !d.is(p.j, be|have|modal) {
			continue // "the Israeli bombardment"
		}
		if object && d.between(s.i, k, "by") {
			return nil
		}
		return []claim{{span: p.span, measure: geo.Measure(m.v.Measure), group: p.v.Group, Range: single, key: m.i}}
	}
	if claims := d.nameClaims(m, s, object); claims != nil {
		return claims
	}
	if who, ok := d.namedAlone(s, object); ok {
		return []claim{{span: who, measure: geo.Measure(m.v.Measure), Range: single, key: m.i}}
	}
	return nil
}
