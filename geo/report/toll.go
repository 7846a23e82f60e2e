package report

import (
	"slices"

	"dateline/geo"
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
	sum    bool // of several events together: "in shootings across the city"
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
		sum := d.ofSeveral(m.i)
		claims = d.takeShares(m.i, geo.Measure(m.v.Measure), claims)
		e := d.eventOf(m.i)
		if e == nil {
			continue
		}
		for _, c := range claims {
			c.by, c.sum = d.sourceOf(m.i), sum
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
			n, _ := d.numberWord(k, "ordinal")
			if p := d.person.on(k + 1); n > 1 && p != nil && p.has(c.j-1) && !d.predicate(k-1) {
				c.Range, c.more, c.object = exactly(n), false, true
			}
		}
	}
}

// predicate: before token k, an article, stands what makes of someone what follows:
// "she is the eighth child to be killed this year" counts the year's.
func (d *doc) predicate(k int) bool {
	return d.is(k, definite) && (d.is(k-1, be) || d.is(k-1, becomes))
}

// ofWar: what a war has cost belongs to no incident: "the war has killed 42,000",
// "42,000 have been killed in the offensive since October"; nor does what happens every year.
func (d *doc) ofWar(s span) bool {
	if d.ofYear(s.i) {
		return true
	}
	clause := d.clauseOf(s.i)
	from := max(clause.i-8, d.sentence(s.i).i)
	if !d.is(clause.i, subordinator) {
		from = clause.i
	}
	return slices.Contains(d.domains(span{from, s.i}), "war") || slices.Contains(d.domains(clause), "rate") || d.sinceLongAgo(s) || d.annual(s)
}

// ofYear: the sentence of token k counts those of a year: "so far this year".
func (d *doc) ofYear(k int) bool {
	s := d.sentence(k)
	for i := s.i; i < s.j; i++ {
		if d.is(i, yearly) {
			return true
		}
	}
	return false
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

// harmless is how many tokens further off a protest that nobody disturbed stands from
// its sentence's dead than what killed them.
const harmless = 40

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
			case t.sent == d.of[k] && told.event.share != nil:
				continue
			case t.sent == d.of[k]:
				gap = max(k-t.j, t.i-k, 0)
				if told.event.kind == "peaceful-protest" {
					gap += harmless
				}
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
			if (c.object || c.group == "child" && c.Best != nil && *c.Best > 1) && c.measure == geo.Killed && c.Best != nil {
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
	if dead := e.namedDead(); own > 0 && others > 0 && dead > others && !e.namesDoer() {
		others = dead
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
