package report

import (
	"slices"
	"strconv"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// claim is a toll as one sentence states it.
type claim struct {
	span
	measure geo.Measure
	group   string
	geo.Range
	more   bool
	self   bool // the doer, who is dead besides those whom he killed
	object bool // what a verb in the active did to others
	by     string
	key    int // token of the casualty word
}

// casualties gives every statement of a toll to an event: to the nearest one of
// its sentence, else to the last one told before it.
func (d *doc) casualties() {
	for k := range d.casualty.all {
		m := &d.casualty.all[k]
		if d.ofWar(m.span) || m.v.Grammar == "lives" && d.cue.on(m.i) != nil {
			continue
		}
		claims := d.claimsAt(m)
		if len(claims) == 0 {
			continue
		}
		e := d.eventOf(m.i)
		if e == nil {
			continue
		}
		for _, c := range claims {
			c.by = d.sourceOf(m.i)
			e.claims = append(e.claims, c)
		}
	}
}

// ofWar: what a war has cost belongs to no incident.
func (d *doc) ofWar(s span) bool {
	clause := d.clauseOf(s.i)
	from := max(clause.i-8, d.sentence(s.i).i)
	if !d.is(clause.i, subordinator) {
		from = clause.i
	}
	return slices.Contains(d.domains(span{from, s.i}), "war")
}

// eventOf finds the event that a token's sentence tells, or that the sentences
// before told last.
func (d *doc) eventOf(k int) *event {
	var best *event
	least := 1 << 30
	for sent := d.of[k]; sent >= max(0, d.of[k]-2); sent-- {
		for _, told := range d.told[sent] {
			t, gap := told.telling, 0
			switch {
			case t.sent == d.of[k]:
				gap = max(k-t.j, t.i-k, 0)
				if d.cut[k] != t.clause {
					gap += 5
				}
			case t.sent < d.of[k] && d.of[k]-t.sent <= 2 && d.tok[k].Paragraph-d.tok[t.i].Paragraph <= 2:
				gap = 1000 * (d.of[k] - t.sent)
			default:
				continue
			}
			if gap < least {
				best, least = told.event, gap
			}
		}
	}
	return best
}

// sourceOf names who says what token k states.
func (d *doc) sourceOf(k int) string {
	for _, s := range d.speechIn(d.of[k]) {
		if s.sent == d.of[k] && !s.by.empty() && (s.class == "say" || s.class == "source") {
			name, _ := d.actorNamed(s.by)
			if d.of[s.by.i] == s.sent && s.by.j-s.by.i <= maxSource {
				if s.class == "source" {
					return d.text(s.by)
				}
				return name
			}
		}
	}
	return ""
}

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
		places = []span{{m.j, min(after.j, m.j+8)}, before}
	case "subject", "passive", "condition":
		places = []span{before}
	case "adjective":
		places = []span{{max(before.i, m.i-8), m.i}, {m.j, min(after.j, m.j+3)}}
	case "noun":
		places = []span{{max(before.i, m.i-4), m.i}, {m.j, min(after.j, m.j+3)}}
	case "toll", "lives":
		places = []span{after}
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
		object := n == 0 && s.i >= m.j
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

func exactly(n int64) geo.Range { return geo.Range{Low: &n, Best: &n, High: &n} }

// ofReduced: "a boy shot on Monday has died": who died is who was shot.
func (d *doc) ofReduced(m, c *mark[lexicon.Casualty]) []claim {
	if m.v.Grammar != "subject" && m.v.Grammar != "passive" || c.v.Measure != string(hit) && c.v.Measure != string(geo.Injured) {
		return nil
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
	if next == nil || next.v.Grammar == "noun" || next.v.Grammar == "self" || next.v.Grammar == "bodies" {
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
	if n.Best != nil && n.j-n.i == 1 && (*n.Best == 911 || *n.Best == 999) { // who is called for help
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
		if p == nil || !p.v.Singular || d.is(p.i-1, of|goal|origin|locative) || d.word(p.i-1) == "by" {
			continue
		}
		if a := d.actor.on(k); a != nil && a.v.Demonym && d.tok[min(p.j, len(d.tok)-1)].Kind == lexicon.Word {
			continue // "the Israeli bombardment"
		}
		if object && d.between(s.i, k, "by") {
			return nil
		}
		return []claim{{span: p.span, measure: geo.Measure(m.v.Measure), group: p.v.Group, Range: single, key: m.i}}
	}
	return d.nameClaims(m, s, object)
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

// summed adds the parts of a list ("three soldiers and two civilians"); what
// "including" counts is part of what stands before it.
func (d *doc) summed(m *mark[lexicon.Casualty], parts []claim) []claim {
	total := parts[0]
	for k := 1; k < len(parts); k++ {
		gap := span{parts[k-1].j, parts[k].i}
		if gap.j-gap.i > 2 || !d.listed(gap) {
			return append([]claim{total}, d.asParts(parts[1:k])...)
		}
		total.j, total.group = parts[k].j, ""
		total.Range = geo.Range{Low: plus(total.Low, parts[k].Low), Best: plus(total.Best, parts[k].Best), High: plus(total.High, parts[k].High)}
	}
	if len(parts) == 1 {
		return []claim{total}
	}
	return append([]claim{total}, d.asParts(parts)...)
}

func (d *doc) asParts(parts []claim) []claim {
	var out []claim
	for _, p := range parts {
		if p.group != "" {
			out = append(out, p)
		}
	}
	return out
}

func (d *doc) listed(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.w[k] != "," && !d.is(k, conjunction) || d.is(k, including) {
			return false
		}
	}
	return true
}

func plus(a, b *int64) *int64 {
	if a == nil || b == nil {
		return nil
	}
	sum := *a + *b
	return &sum
}

// attacks reads a campaign's number of attacks: "more than 100 attacks".
func (d *doc) attacks(e *event) {
	for _, t := range e.tellings {
		if !t.plural {
			continue
		}
		for k := t.i - 1; k >= 0 && t.i-k <= 3 && d.of[k] == t.sent; k-- {
			if n := d.numberOn(k); n != nil && e.count == nil {
				e.count = n
			}
		}
	}
}

// derive puts an event's claims in the order of the text, with the sum of those
// that one sentence tells one by one.
func (d *doc) derive(e *event) {
	e.claims = append(e.claims, d.oneByOne(e.claims)...)
	slices.SortStableFunc(e.claims, func(a, b claim) int { return a.i - b.i })
}

// oneByOne adds up the single persons of a sentence whom different words tell:
// "a boy was shot in the face and a man was shot in the leg".
func (d *doc) oneByOne(claims []claim) []claim {
	var sums []claim
	for k, c := range claims {
		if !d.newPerson(c) {
			continue
		}
		at := slices.IndexFunc(sums, func(s claim) bool { return s.measure == c.measure && d.of[s.i] == d.of[c.i] })
		if at < 0 {
			sums = append(sums, c)
			continue
		}
		s := &sums[at]
		if slices.ContainsFunc(claims[:k], func(o claim) bool { return o.measure == c.measure && (o.overlaps(c.span) || o.key == c.key) }) {
			continue
		}
		n := *s.Best + 1
		s.Range, s.span.j, s.group = exactly(n), max(s.span.j, c.span.j), ""
	}
	return slices.DeleteFunc(sums, func(c claim) bool { return *c.Best < 2 })
}

// newPerson: a claim of one person whom the text brings in: "a boy", "another",
// "one man".
func (d *doc) newPerson(c claim) bool {
	if c.Best == nil || *c.Best != 1 || c.self {
		return false
	}
	for k := max(c.i-8, d.sentence(c.i).i); k <= c.i; k++ {
		if w := d.word(k); (w == "a" || w == "an" || w == "another" || w == "one" || w == "1") && !d.crosses(k, c.i) {
			return true
		}
	}
	return false
}

// crosses: a mark or a small word stands between two tokens.
func (d *doc) crosses(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if d.tok[k].Kind == lexicon.Mark && d.w[k] != "-" || d.is(k, conjunction|subordinator|be|have|of|locative) {
			return true
		}
	}
	return false
}

// tolls is the rule of tolls: of the claims that count the whole (not a group
// of it), the best is the largest best, since a first count is mostly part of a
// later one; low is the largest number that someone is sure of, and high the
// largest that someone allows. An increment ("another two") counts only where
// nothing else does. Where more persons are named as killed than any claim
// counts, they are the best.
func (e *event) tolls() geo.Tolls {
	var t geo.Tolls
	if dead := e.namedDead(); dead > 1 {
		t.Killed.Low, t.Killed.Best = &dead, &dead
	}
	var own, others int64 // killed himself; killed by him
	for pass := range 2 {
		for _, c := range e.claims {
			if c.self {
				own = 1
				continue
			}
			if c.object && c.measure == geo.Killed && c.Best != nil && c.group == "" {
				others = max(others, *c.Best)
			}
			if c.more != (pass == 1) {
				continue
			}
			r := t.Of(c.measure)
			if r == nil || pass == 1 && r.Stated() {
				continue
			}
			r.Low, r.Best, r.High = larger(r.Low, c.Low), larger(r.Best, c.Best), larger(r.High, c.High)
		}
	}
	if all := own + others; own > 0 {
		t.Killed.Low, t.Killed.Best = larger(t.Killed.Low, &all), larger(t.Killed.Best, &all)
	}
	for _, m := range geo.Measures {
		r := t.Of(m)
		if r.Low != nil && r.Best != nil && *r.Best < *r.Low {
			r.Best = r.Low
		}
		if top := larger(r.Low, r.Best); r.High != nil && top != nil && *r.High < *top {
			r.High = nil
		}
	}
	return t
}

func larger(a, b *int64) *int64 {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}
