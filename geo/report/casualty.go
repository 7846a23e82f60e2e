package report

import (
	"slices"
	"strconv"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// claimsAt reads the numbers that a casualty word governs, by its grammar.
func (d *doc) claimsAt(m *mark[lexicon.Casualty]) []claim {
	clause := d.clauseOf(m.i)
	before, after := span{clause.i, m.i}, span{m.j, d.clauseEnd(m.j, clause)}
	after.j = d.othersFrom(after)
	for k := m.i - 1; k >= clause.i; k-- {
		if c := d.casualty.on(k); c != nil {
			if claims := d.ofReduced(m, c); len(claims) > 0 {
				return claims
			}
			before.i = k + 1 // what stands before another such word is that word's
			break
		}
	}
	var places []span
	switch m.v.Grammar {
	case "verb":
		if d.passive(m.i) {
			places = []span{before}
		} else {
			places = []span{after, before}
		}
	case "free": // where the order of words is: behind it, else before
		places = []span{{m.j, min(after.j, m.j+8)}, d.lastSegment(before, clause), before}
		if d.word(m.j) == "," { // "50 were hurt, twelve of them badly"
			places = places[1:]
		}
	case "subject", "passive", "condition":
		places = []span{before}
	case "adjective":
		if d.word(m.j) == "at" { // "dead at 25"
			after.j = m.j
		}
		places = []span{{max(before.i, m.i-8), m.i}, {m.j, min(after.j, m.j+3)}}
	case "noun":
		places = []span{{max(before.i, m.i-4), m.i}, {m.j, min(after.j, m.j+3)}}
	case "toll":
		places = []span{after}
		if !d.words.Fixed() { // "the number of dead | in the attack on X | rose to 50"
			places = append(places, span{m.j, d.clauseEnd(m.j, span{m.j, d.sentence(m.i).j})})
		}
	case "lives":
		const near = 4 // "claimed at least nine lives"
		places = []span{{m.j, min(after.j, m.j+near)}}
		if d.is(m.j-1, of) {
			places = []span{after}
		}
	case "bodies":
		places = []span{{max(before.i, m.i-3), m.i}, {m.j, min(after.j, m.j+12)}}
	case "sent":
		if !d.toHospital(after) {
			return nil
		}
		places = []span{after}
	case "result":
		return d.resultOf(m, clause)
	case "self":
		return []claim{{span: m.span, measure: geo.Killed, Range: exactly(1), self: true, key: m.i}}
	}
	if bound, n, ok := strings.Cut(m.v.Grammar, ":"); ok {
		return d.implied(m, bound, n)
	}
	for n, s := range places {
		if n > 0 && m.v.Grammar == "verb" && !d.reduced(m.i, before) {
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
	if m.v.Grammar == "noun" {
		return d.deathOf(m)
	}
	if m.v.Grammar == "adjective" && d.is(m.i-1, be) { // "a boy is dead"
		as := *m
		as.v.Grammar = "passive"
		return d.counted(&as, before, false)
	}
	if p := d.person.on(m.i - 1); m.v.Grammar == "adjective" && p != nil && p.v.Singular && d.is(p.i-1, definite) { // "found the man dead"
		return []claim{{span: p.span, measure: geo.Measure(m.v.Measure), group: p.v.Group, Range: exactly(1), key: m.i}}
	}
	if m.v.Grammar == "subject" && len(places) > 0 {
		return d.ofMainClause(m, clause)
	}
	return nil
}

// ofMainClause: "a boy is recovering after suffering a gunshot wound": a clause
// without a subject of its own has that of the clause before.
func (d *doc) ofMainClause(m *mark[lexicon.Casualty], clause span) []claim {
	if !d.is(clause.i, subordinator) || m.i-clause.i > 2 || clause.i <= d.sentence(m.i).i {
		return nil
	}
	main := d.clauseOf(clause.i - 1)
	for k := main.i; k < main.j; k++ {
		if d.is(k, be|have) || d.casualty.on(k) != nil {
			if d.casualty.on(k) != nil || k == main.i {
				return nil
			}
			return d.counted(m, span{main.i, k}, false)
		}
	}
	return nil
}

// resultOf: "shot his brother to death": who was hit was killed.
func (d *doc) resultOf(m *mark[lexicon.Casualty], clause span) []claim {
	for k := m.i - 1; k >= max(clause.i, m.i-10); k-- {
		c := d.casualty.on(k)
		if c == nil {
			continue
		}
		if c.v.Measure != string(hit) && c.v.Measure != string(geo.Injured) || c.v.Grammar != "verb" {
			return nil
		}
		claims := d.claimsAt(c)
		for k := range claims {
			claims[k].measure, claims[k].key = geo.Killed, m.i
		}
		return claims
	}
	return nil
}

// ofReduced: "a boy shot on Monday has died": who died is who was shot.
func (d *doc) ofReduced(m, c *mark[lexicon.Casualty]) []claim {
	shotKilled := m.v.Grammar == "verb" && c.j < m.i && d.onlyCommas(c.j, m.i) && !d.isObject(m) // "man shot, killed by his brother"
	if m.v.Grammar != "subject" && m.v.Grammar != "passive" && !shotKilled || c.v.Measure != string(hit) && c.v.Measure != string(geo.Injured) {
		return nil
	}
	if shotKilled || d.andThen(c.j, m.i) { // "was shot several times and died"
		claims := d.claimsAt(c)
		for k := range claims {
			claims[k].measure, claims[k].key = geo.Measure(m.v.Measure), m.i
		}
		return claims
	}
	if d.passive(c.i) { // "the boy who was shot has died"
		who := c.i - 1
		for who > 0 && d.is(who, be|have|adverb) {
			who--
		}
		if !d.is(who, subordinator) || !d.is(who, pronoun) || who == 0 || d.person.on(who-1) == nil {
			return nil
		}
		return d.counted(m, span{max(d.sentence(who).i, who-8), who}, false)
	}
	if d.person.on(c.i-1) == nil {
		return nil
	}
	for k := c.j; k < m.i; k++ {
		if d.person.on(k) != nil || d.numberOn(k) != nil && !d.notPeople(d.numberOn(k)) {
			return nil
		}
	}
	as := *c
	as.v.Grammar = "subject"
	claims := d.claimsAt(&as)
	for k := range claims {
		claims[k].measure, claims[k].key = geo.Measure(m.v.Measure), m.i
	}
	return claims
}

// ownerOf: a possessive is nobody who came to harm: "the sheriff's car".
func (d *doc) ownerOf(k int) bool {
	return strings.HasSuffix(d.tok[k].Lower, "'s") || strings.HasSuffix(d.tok[k].Lower, "’s")
}

func (d *doc) onlyCommas(i, j int) bool {
	for k := i; k < j; k++ {
		if d.w[k] != "," {
			return false
		}
	}
	return true
}

// isObject: someone stands right behind a casualty verb.
func (d *doc) isObject(m *mark[lexicon.Casualty]) bool {
	for k := m.j; k < min(m.j+4, len(d.tok)) && d.of[k] == d.of[m.i]; k++ {
		switch {
		case d.is(k, locative|origin|goal|of|subordinator) || d.w[k] == ",":
			return false
		case d.person.on(k) != nil || d.numberOn(k) != nil || d.capital(k):
			return true
		}
	}
	return false
}

// andThen: between two verbs stand "and" or "before" and nobody else.
func (d *doc) andThen(i, j int) bool {
	joined := false
	for k := i; k < j; k++ {
		if n := d.numberOn(k); d.person.on(k) != nil || d.is(k, pronoun) || n != nil && !d.notPeople(n) || d.capital(k) || d.w[k] == "," {
			return false
		}
		joined = joined || d.is(k, conjunction)
	}
	return joined
}

// toHospital: "sent four people to the hospital".
func (d *doc) toHospital(s span) bool {
	for k := s.i; k < min(s.j, s.i+12); k++ {
		if d.is(k, goal) && (d.is(k+1, elsewhere) || d.is(k+2, elsewhere) || d.is(k+3, elsewhere)) {
			return true
		}
	}
	return false
}

// implied: what "fatal", "murder-suicide" or "double murder" says of the dead,
// beside what happened.
func (d *doc) implied(m *mark[lexicon.Casualty], bound, count string) []claim {
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || bound == "atleast" && d.trigger.on(m.i) == nil && d.trigger.on(m.j) == nil && d.trigger.on(m.j+1) == nil {
		return nil
	}
	if what := d.trigger.on(m.j); bound == "atleast" && what != nil && d.is(what.j, of) { // "the fatal shooting of A and B"
		as := *m
		as.v.Grammar = "verb"
		if claims := d.counted(&as, span{what.j + 1, min(d.sentence(m.i).j, what.j+16)}, true); len(claims) > 0 {
			return claims
		}
	}
	r := exactly(n)
	if bound == "atleast" {
		r.Best, r.High = nil, nil
	}
	return []claim{{span: m.span, measure: geo.Measure(m.v.Measure), Range: r, key: m.i}}
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

// deathOf: "the shooting death of his wife", "the death of A": one, or as many as
// are named.
func (d *doc) deathOf(m *mark[lexicon.Casualty]) []claim {
	if !d.is(m.j, of) || m.v.Measure != string(geo.Killed) {
		return nil
	}
	asVerb := *m
	asVerb.v.Grammar = "verb"
	return d.counted(&asVerb, span{m.j + 1, min(d.sentence(m.i).j, m.j+16)}, true)
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

func (d *doc) passive(k int) bool {
	for back := 1; back <= 3; back++ {
		if d.is(k-back, be) {
			return true
		}
		if !d.is(k-back, adverb|negation|have|modal) {
			return false
		}
	}
	return false
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
			parts = append(parts, claim{span: c.span, measure: geo.Measure(m.v.Measure), group: c.group, Range: c.Range, more: c.more, key: m.i})
		}
	}
	if listed := d.personList(m, s, parts); listed != nil {
		return d.summed(m, listed)
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

// untilWitness ends the objects of a verb before who did it or saw it: "killed a
// woman in front of three children", "killed by two men".
func (d *doc) untilWitness(s span) span {
	for k := s.i; k < s.j; k++ {
		if d.is(k, witness) && k > s.i {
			return span{s.i, k}
		}
	}
	return s
}

// beforeIncluding is the number without a unit that "including" divides: "two,
// including a baby"; nil where the parts are no parts of such.
func (d *doc) beforeIncluding(s span, parts []claim) *number {
	if len(parts) == 0 {
		return nil
	}
	for k := s.i; k < parts[0].i; k++ {
		if !d.is(k, including) {
			continue
		}
		for back := k - 1; back >= max(s.i, k-2); back-- {
			if n := d.numberOn(back); n != nil && n.i >= s.i && !d.notPeople(n) {
				return n
			}
		}
	}
	return nil
}

// otherHarm: a number stands before the word of another harm: "the one killed and
// the three wounded".
func (d *doc) otherHarm(n *number, m *mark[lexicon.Casualty]) bool {
	c := d.casualty.on(n.j)
	return c != nil && !c.overlaps(m.span) && c.v.Measure != m.v.Measure
}

// harmInside: "the three wounded people", "a head wound": the count tells of
// another harm, or of none.
func (d *doc) harmInside(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.casualty.on(k) != nil {
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
	return d.is(k, be|have|modal|adverb|conjunction|locative|of|subordinator|including) || d.casualty.on(k) != nil || d.person.on(k) != nil ||
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
	if n.Best != nil && n.j-n.i == 1 && (*n.Best == 911 || *n.Best == 999) { // who is called for help
		return true
	}
	if whole := d.numberOn(n.j + 1); d.is(n.j, of) && whole != nil && whole.i == n.j+1 && whole != n { // "62 of 83 drones"
		return d.notPeople(whole)
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
	return n.i-1 != d.sentence(n.i).i || len(before) > 1 && strings.ToUpper(before) == before // "CBS 58"
}

// onePerson: a singular person or a name is one.
func (d *doc) onePerson(m *mark[lexicon.Casualty], s span, object bool) []claim {
	if m.v.Grammar != "verb" && m.v.Grammar != "subject" && m.v.Grammar != "passive" && m.v.Grammar != "free" {
		return nil
	}
	k, end := s.i, min(s.j, s.i+8)
	if !object {
		reach := 8
		if m.v.Grammar == "subject" { // what stands between a subject and its verb: "a senior at the school"
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
	return d.nameClaims(m, s, object)
}
