package report

import (
	"slices"

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
	both   bool // of a murder and a suicide: who was hit is dead
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
		d.soMany(claims)
		e := d.eventOf(m.i)
		if e == nil {
			continue
		}
		for _, c := range claims {
			c.by = d.sourceOf(m.i)
			c.self = c.self || d.ofDoer(c)
			c.object = c.object || m.v.Measure == string(geo.Killed) && d.passive(m.i) && d.word(m.j) == "by"
			if c.measure == hit && d.isClass(c.j-1, "others") { // besides those who died
				c.measure = geo.Injured
			}
			e.claims = append(e.claims, c)
		}
	}
}

// ofDoer: who died is who did it: "the gunman was killed by guards".
func (d *doc) ofDoer(c claim) bool {
	return c.measure == geo.Killed && c.Best != nil && *c.Best == 1 && d.is(c.j-1, doer)
}

// soMany: the third victim to die makes three.
func (d *doc) soMany(claims []claim) {
	for i := range claims {
		c := &claims[i]
		if c.measure != geo.Killed || c.Best == nil || *c.Best != 1 {
			continue
		}
		for k := max(c.i-1, d.sentence(c.i).i); k < c.j; k++ {
			if n, _ := d.numberWord(k, "ordinal"); n > 1 && d.person.on(k+1) != nil && d.person.on(k+1).has(c.j-1) {
				c.Range, c.more = exactly(n), false
			}
		}
	}
}

// ofWar: what a war has cost belongs to no incident: "the war has killed 42,000",
// "42,000 have been killed in the offensive since October"; nor does what happens every year.
func (d *doc) ofWar(s span) bool {
	clause := d.clauseOf(s.i)
	from := max(clause.i-8, d.sentence(s.i).i)
	if !d.is(clause.i, subordinator) {
		from = clause.i
	}
	return slices.Contains(d.domains(span{from, s.i}), "war") || slices.Contains(d.domains(clause), "rate") || d.sinceLongAgo(s)
}

// warReach is the number of tokens behind a casualty word in which a war is named.
const warReach = 14

// sinceLongAgo: behind a casualty word a war or campaign is named, with the day
// from which on it counts.
func (d *doc) sinceLongAgo(s span) bool {
	end, war := d.sentence(s.i).j, false
	for k := s.j; k < min(end, s.j+warReach); k++ {
		if d.is(k, campaign) {
			war = true
		}
		if war && d.is(k, began) {
			return !d.recent(k + 1)
		}
	}
	return false
}

// recentDays is how many days before publication what goes on since then is an
// event still.
const recentDays = 14

// recent: a day of the last two weeks is named at token k.
func (d *doc) recent(k int) bool {
	if k >= len(d.of) {
		return false
	}
	for _, x := range d.timesIn(d.of[k]) {
		if x.i >= k && x.i <= k+1 && x.when.Start != "" && d.pub() != "" {
			return x.when.Start.Add(recentDays) >= d.pub()
		}
	}
	return false
}

// underWay: "the offensive since October" is no event of its day.
func (d *doc) underWay(s span) bool {
	return d.is(s.i, campaign) && s.j < len(d.class) && d.class[s.j]&began != 0 && d.class[s.j]&subordinator != 0
}

// eventOf finds the event that a token's sentence tells, or that the sentences
// before told last.
func (d *doc) eventOf(k int) *event {
	var best *event
	least := 1 << 30
	for sent := d.of[k]; sent >= max(0, d.of[k]-2); sent-- {
		for _, told := range d.told[sent] {
			t, gap := told.telling, 0
			if d.strangers(t.sent, d.of[k]) {
				continue
			}
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
	if best == nil {
		return d.eventAhead(k)
	}
	return best
}

// eventAhead is the first event that the two sentences behind a token's tell, where
// those before tell none.
func (d *doc) eventAhead(k int) *event {
	const ahead = 2
	for sent := d.of[k] + 1; sent <= min(d.of[k]+ahead, len(d.sent)-1) && !d.compared[d.of[k]]; sent++ {
		if d.compared[sent] || len(d.told[sent]) == 0 {
			continue
		}
		return d.told[sent][0].event
	}
	return nil
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

func exactly(n int64) geo.Range { return geo.Range{Low: &n, Best: &n, High: &n} }

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
	d.besideDoer(e.claims)
	slices.SortStableFunc(e.claims, func(a, b claim) int { return a.i - b.i })
}

// besideDoer: where a sentence tells that the doer died, the dead whom it counts
// besides are those whom he killed: "five dead in a rampage, gunman killed".
func (d *doc) besideDoer(claims []claim) {
	for _, self := range claims {
		if !self.self {
			continue
		}
		for k := range claims {
			c := &claims[k]
			if c.object && c.measure == geo.Killed {
				return
			}
			inside := d.including(span{min(c.j, self.j), max(c.i, self.i)})
			c.object = c.object || c.measure == geo.Killed && !c.self && c.key != self.key && d.of[c.i] == d.of[self.i] && !inside
		}
	}
}

// including: a run of tokens says that what follows is part of what stands before.
func (d *doc) including(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.is(k, including) {
			return true
		}
	}
	return false
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
		if d.countsOne(c) {
			continue // "one person" again
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

// countsOne: the person is counted and not brought in: "one person", "1 dead".
func (d *doc) countsOne(c claim) bool {
	n := d.numberOn(c.i)
	return n != nil && n.Best != nil && *n.Best == 1 && d.word(n.j-1) != "a" && d.word(n.j-1) != "an" && !n.more
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
			if c.object && c.measure == geo.Killed && c.Best != nil {
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
