package report

import (
	"slices"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo"
)

// event is what several tellings tell together.
type event struct {
	tellings []telling
	kind     string
	modality geo.Modality

	when     geo.When
	whenSpan span
	timeSpan span

	sites      []int // indexes of mentions, the best first
	claims     []claim
	count      *number
	actors     []geo.Actor
	actorSpans []span
	named      []named
}

// join puts the tellings of one event together: in the order of the text each
// joins the latest event that it agrees with, or begins a new one.
func (d *doc) join(tellings []telling) []*event {
	var events []*event
	for _, t := range tellings {
		site, day := d.siteNear(t), d.dayNear(t)
		if e := d.sameEvent(events, t, site, day); e != nil {
			d.tellAgain(e, t, site, day)
			continue
		}
		if t.kind == "" || t.back && t.trigger.Strength == "ref" || t.kind == "violence-unspecified" {
			continue
		}
		e := &event{kind: t.kind, modality: t.modality}
		d.tellAgain(e, t, site, day)
		events = append(events, e)
	}
	for _, e := range events {
		d.refine(e)
		d.attacks(e)
	}
	d.casualties(events)
	for _, e := range events {
		d.derive(e)
		d.actors(e)
	}
	d.people(events)
	return events
}

func (d *doc) tellAgain(e *event, t telling, site int, day *timex) {
	e.tellings = append(e.tellings, t)
	if site >= 0 && !slices.Contains(e.sites, site) {
		e.sites = append(e.sites, site)
	}
	finer := day != nil && day.when.Precision == geo.ByDay && slack[e.when.Precision] > 0 && day.when.Start != ""
	if day != nil && (e.when.Start == "" || finer) && !day.rel {
		e.when, e.whenSpan = day.when, day.span
	}
	if e.modality != geo.Asserted && t.modality == geo.Asserted {
		e.modality = t.modality
	}
	if e.kind == "" || e.kind == "violence-unspecified" || e.kind == "homicide" && t.kind != "" && !t.casualty {
		e.kind = t.kind
	}
}

// sameEvent finds the event that a telling tells again, nil where it is new.
func (d *doc) sameEvent(events []*event, t telling, site int, day *timex) *event {
	var best *event
	most := 0
	for k := len(events) - 1; k >= 0; k-- {
		score := d.agreement(events[k], t, site, day)
		if score > most {
			best, most = events[k], score
		}
	}
	return best
}

// agreement is above zero where a telling may be of the event: the type fits,
// no day or place speaks against it, and something speaks for it.
func (d *doc) agreement(e *event, t telling, site int, day *timex) int {
	last := e.tellings[len(e.tellings)-1]
	sameSentence := last.sent == t.sent
	fit := d.fits(e, t)
	if fit == 0 || d.groupOf(t) != "disaster" && t.plural != e.plural() && !t.casualty && !sameSentence && t.trigger.Noun {
		return 0
	}
	if day != nil && !day.rel && otherDays(e.when, day.when) {
		return 0
	}
	apart := site >= 0 && len(e.sites) > 0 && d.apart(e.sites, site)
	if apart || t.new && !sameSentence && last.sent < t.sent && !d.coincide(e, site) {
		return 0
	}
	score := fit
	if t.back || t.casualty || !t.trigger.Noun {
		score += 3
	}
	if sameSentence {
		score += 4
	}
	if d.coincide(e, site) {
		score += 3
	}
	if day != nil && e.when.Start != "" && day.when.Start == e.when.Start {
		score += 2
	}
	if last.sent == t.sent-1 {
		score++
	}
	bare := site < 0 && day == nil && !t.new // no place or day of its own
	if !t.back && !t.casualty && !sameSentence && !d.coincide(e, site) && !bare && score < 4 {
		return 0
	}
	return score
}

// slack is how many days a coarse day may be off.
var slack = map[geo.DatePrecision]int{geo.ByWeek: 4, geo.ByMonth: 20, geo.ByYear: 200}

// otherDays: two spans of days that can't be the same, also where one is coarse.
func otherDays(a, b geo.When) bool {
	if a.Start == "" || b.Start == "" {
		return false
	}
	n := max(slack[a.Precision], slack[b.Precision])
	return b.End.Add(n) < a.Start || a.End.Add(n) < b.Start
}

func (d *doc) groupOf(t telling) string {
	kind, _ := geo.EventTypeByCode(t.kind)
	return kind.Group
}

func (e *event) plural() bool { return e.tellings[0].plural }

// violent groups may tell one event in several words.
var violent = map[string]bool{"battle": true, "remote-violence": true, "violence-against-civilians": true, "crime": true}

// fits: 3 for the same word, 2 for the same type or harm to people, 1 for kin.
func (d *doc) fits(e *event, t telling) int {
	for _, have := range e.tellings {
		if have.trigger.Lemma == t.trigger.Lemma || lastWord(have.trigger.Lemma) == lastWord(t.trigger.Lemma) {
			return 3
		}
	}
	a, _ := geo.EventTypeByCode(e.kind)
	b, _ := geo.EventTypeByCode(t.kind)
	switch {
	case e.kind == t.kind, t.casualty:
		return 2
	case t.back && violent[a.Group] && violent[b.Group]:
		return 1
	case a.Group == "disaster" && !t.back && d.consequence(t):
		return 1
	case t.kind == "" || t.kind == "violence-unspecified":
		return 2
	case a.Group == b.Group && a.Group != "disaster" && a.Group != "accident":
		return 1
	case violent[a.Group] && violent[b.Group] && last(e.tellings).sent == t.sent:
		return 1
	case (a.Group == "protest" || a.Group == "riot") && (b.Group == "protest" || b.Group == "riot"):
		return 1
	}
	return 0
}

// consequence: what a disaster brings with it is told without a place or day of
// its own: "houses collapsed", "landslides blocked the roads".
func (d *doc) consequence(t telling) bool {
	group, _ := geo.EventTypeByCode(t.kind)
	return (group.Group == "disaster" || group.Group == "accident") && d.siteNear(t) < 0 && d.dayNear(t) == nil
}

func last(all []telling) telling { return all[len(all)-1] }

// lastWord of a lemma, with "airstrike" as "strike".
func lastWord(lemma string) string {
	for k := len(lemma) - 1; k >= 0; k-- {
		if lemma[k] == ' ' {
			return lemma[k+1:]
		}
	}
	if len(lemma) > 3 && lemma[:3] == "air" {
		return lemma[3:]
	}
	return lemma
}

// apart: a place lies outside every place of the event, and they outside it.
func (d *doc) apart(sites []int, site int) bool {
	for _, s := range sites {
		if d.meet(s, site) {
			return false
		}
	}
	return true
}

func (d *doc) coincide(e *event, site int) bool {
	return site >= 0 && len(e.sites) > 0 && !d.apart(e.sites, site)
}

func (d *doc) meet(a, b int) bool {
	x, y := d.mentions[a].Location, d.mentions[b].Location
	if x == nil || y == nil {
		return d.mentions[a].Text == d.mentions[b].Text
	}
	if x.Precision == gazetteer.Country || y.Precision == gazetteer.Country {
		return x.Place.Country == y.Place.Country
	}
	return gazetteer.DistanceM(x.Point, y.Point) <= max(x.RadiusM, y.RadiusM)+min(x.RadiusM, y.RadiusM)
}

// siteNear is the mention that tells where a telling's event was, -1 where its
// sentence names none.
func (d *doc) siteNear(t telling) int {
	best, most := -1, 0.0
	s := d.sentence(t.i)
	for m := range d.mentions {
		at := d.mentionI[m]
		if at.i < s.i || at.i >= s.j || !d.maySite(m) || t.back && !d.placedBeside(t, m) {
			continue
		}
		if x := d.siteScore(t, m); x > most {
			best, most = m, x
		}
	}
	return best
}

// maySite reports whether a mention may be where something was: a literal one
// that is placed and is no part of a group's name.
func (d *doc) maySite(m int) bool {
	x := &d.mentions[m]
	if x.Kind != geoparse.Literal || x.Location == nil || x.Dateline {
		return false
	}
	a := d.actor.on(d.mentionI[m].i)
	if a != nil && a.v.Demonym {
		return false
	}
	return a == nil || x.Locative != "" || d.words.Actors[a.v.Actor].Kind == "state"
}

// siteScore weighs a mention as the place of a telling: how near it stands, in
// which clause, behind which preposition, and how fine it is.
func (d *doc) siteScore(t telling, m int) float64 {
	at, x := d.mentionI[m], &d.mentions[m]
	gap := max(at.i-t.j, t.i-at.j, 0)
	score := 4 - 0.12*float64(gap)
	if d.cut[at.i] == t.clause {
		score += 2
	}
	if at.i > t.i {
		score += 0.5
	}
	if d.otherTrigger(t, at) {
		score -= 3
	}
	before := d.before(m)
	switch {
	case d.is(before, locative) && d.w[before] != "by" || x.Locative != "":
		score += 2
	case d.is(before, of) && before >= t.j && before-t.j <= 1:
		score += 2
	case d.is(before, origin):
		score -= 2.5
	case d.is(before, goal):
		score -= 1
	case d.is(before, of) && before > 0 && d.is(before-1, home|elsewhere):
		score -= 3
	}
	if d.elsewhere(t, m) {
		score -= 2
	}
	for k := at.j; k < min(at.j+3, len(d.tok)); k++ {
		if c := d.cue.on(k); c != nil && c.v.Class == "say" {
			score -= 2
			break
		}
	}
	switch x.Location.Precision {
	case gazetteer.Country:
		score -= 1
	case gazetteer.Street, gazetteer.Site, gazetteer.Neighbourhood, gazetteer.Area:
		score += 0.5
	}
	for _, other := range d.mentions {
		if slices.Contains(other.Chain, m) {
			return score - 4 // a finer one stands beside it
		}
	}
	return score
}

// placedBeside: what points back takes a new place only from its own clause and
// behind a preposition of place: "the strike on Baghdad's Palestine Street".
func (d *doc) placedBeside(t telling, m int) bool {
	return d.cut[d.mentionI[m].i] == t.clause && (d.mentions[m].Locative != "" || d.is(d.before(m), locative))
}

// elsewhere: a hospital, a morgue or an office stands before the mention.
func (d *doc) elsewhere(t telling, m int) bool {
	before := d.before(m)
	for k := max(before-4, d.sentence(d.mentionI[m].i).i); k < before; k++ {
		if d.is(k, elsewhere) && !t.has(k) {
			return true
		}
	}
	return false
}

// otherTrigger reports whether another event's noun stands between a telling and
// a mention.
func (d *doc) otherTrigger(t telling, at span) bool {
	for k := min(t.j, at.j); k < max(t.i, at.i); k++ {
		if m := d.trigger.on(k); m != nil && m.v.Noun && m.v.Strength != "ref" && !m.overlaps(t.span) && !m.overlaps(at) {
			return true
		}
	}
	return false
}

// before is the token before a mention with its locative, articles and the
// containers that stand before it.
func (d *doc) before(m int) int {
	k := d.mentionI[m].i - 1
	for _, c := range d.mentions[m].Chain {
		if c < m && d.mentionI[c].j == d.mentionI[m].i {
			return d.before(c)
		}
	}
	for k > 0 && (d.tok[k].Rune >= d.mentions[m].Extent.Start || d.word(k) == "the" || d.capital(k) && d.mentionK[k] == 0 && d.tok[k].Kind == 0) {
		k--
	}
	return k
}

// dayNear is the time that a telling's sentence gives, the nearest in its clause
// first; hours apart.
func (d *doc) dayNear(t telling) *timex {
	var best *timex
	least := 1000
	for k := range d.times {
		x := &d.times[k]
		if x.text || d.of[x.i] != t.sent {
			continue
		}
		gap := max(x.i-t.j, t.i-x.j, 0)
		if d.cut[x.i] != t.clause {
			gap += 12
		}
		if gap < least {
			best, least = x, gap
		}
	}
	return best
}

// refine chooses the finest of an event's consistent places, and the places that
// stand beside it in a list.
func (d *doc) refine(e *event) {
	if len(e.sites) == 0 {
		d.placeFromContext(e)
	}
	if len(e.sites) == 0 {
		return
	}
	best := e.sites[0]
	for _, s := range e.sites[1:] {
		x, y := d.mentions[best].Location, d.mentions[s].Location
		if y.RadiusM < x.RadiusM && d.meet(best, s) {
			best = s
		}
	}
	best = d.finest(e, best)
	list := []int{best}
	for m := best + 1; m < len(d.mentions) && d.beside(m-1, m); m++ {
		if d.maySite(m) && d.mentions[m].Location.Precision == d.mentions[best].Location.Precision {
			list = append(list, m)
		}
	}
	for m := best - 1; m >= 0 && d.beside(m, m+1); m-- {
		if d.maySite(m) && d.mentions[m].Location.Precision == d.mentions[best].Location.Precision {
			list = append([]int{m}, list...)
		}
	}
	e.sites = list
}

// finest looks through the sentences of an event for a place inside the best one
// that stands behind a preposition of place.
func (d *doc) finest(e *event, best int) int {
	for m := range d.mentions {
		if m == best || !d.maySite(m) || d.mentions[m].Location.RadiusM >= d.mentions[best].Location.RadiusM || !d.meet(best, m) {
			continue
		}
		for _, t := range e.tellings {
			if d.of[d.mentionI[m].i] == t.sent && d.placedBeside(t, m) && !d.elsewhere(t, m) && d.siteScore(t, m) > 4 {
				best = m
				break
			}
		}
	}
	return best
}

// beside: two mentions with only commas and a conjunction between them, of which
// neither holds the other.
func (d *doc) beside(a, b int) bool {
	if slices.Contains(d.mentions[a].Chain, b) || slices.Contains(d.mentions[b].Chain, a) {
		return false
	}
	joined := false
	for k := d.mentionI[a].j; k < d.mentionI[b].i; k++ {
		if d.w[k] != "," && !d.is(k, conjunction) || k-d.mentionI[a].j > 3 {
			return false
		}
		joined = true
	}
	return joined
}

// placeFromContext takes the place of the sentences before, else the dateline's.
func (d *doc) placeFromContext(e *event) {
	first := e.tellings[0]
	for m := len(d.mentions) - 1; m >= 0; m-- {
		at := d.mentionI[m]
		if at.i < first.i && d.of[min(at.i, len(d.of)-1)] >= first.sent-2 && d.maySite(m) && d.is(d.before(m), locative) &&
			d.tok[at.i].Paragraph >= d.tok[first.i].Paragraph-1 {
			e.sites = []int{m}
			return
		}
	}
	for m := range d.mentions {
		if d.mentions[m].Dateline && d.mentions[m].Location != nil && len(d.mentions[m].Chain) >= 0 {
			e.sites = []int{m}
			return
		}
	}
}

// date gives events their days: from their tellings, from other events ("two
// days after"), else on or before the day of publication.
func (d *doc) date(events []*event) {
	for k := range d.times {
		x := &d.times[k]
		if x.rel {
			d.dateByOther(events, x)
		}
	}
	for _, e := range events {
		d.since(e)
		d.hoursOf(e)
		if e.when.Start == "" && e.when.End == "" && d.rep.Published != "" {
			e.when.End = d.pub()
			e.when.Precision = geo.DateUnknown
		}
	}
}

// dateByOther: "A comes two days after B" and "two days after B, A".
func (d *doc) dateByOther(events []*event, x *timex) {
	var behind, other *event // told right after the words, and told elsewhere in the sentence
	for _, e := range events {
		for _, t := range e.tellings {
			if t.sent != d.of[x.i] {
				continue
			}
			if t.i >= x.j && (behind == nil || behind == e) {
				behind = e
			} else if behind != e {
				other = e
			}
		}
	}
	if behind == nil || other == nil || behind == other {
		return
	}
	switch {
	case other.when.Start != "" && behind.when.Start == "":
		day := other.when.Start.Add(-x.after)
		behind.when, behind.whenSpan = geo.When{Start: day, End: day, Precision: geo.ByDay}, x.span
	case behind.when.Start != "" && other.when.Start == "":
		day := behind.when.Start.Add(x.after)
		other.when, other.whenSpan = geo.When{Start: day, End: day, Precision: geo.ByDay}, x.span
	}
}

// since: "since October 7" begins a span of days that goes on to publication.
func (d *doc) since(e *event) {
	if e.whenSpan.empty() || d.pub() == "" || e.when.Start == "" {
		return
	}
	s := d.sentence(e.whenSpan.i)
	for k := max(s.i, e.whenSpan.i-14); k < e.whenSpan.i; k++ {
		if d.word(k) == "since" {
			e.when.End = max(d.pub(), e.when.Start)
			return
		}
	}
}

func (d *doc) hoursOf(e *event) {
	for k := range d.times {
		x := &d.times[k]
		if !x.text {
			continue
		}
		for _, t := range e.tellings {
			if d.of[x.i] == t.sent && d.cut[x.i] == t.clause && e.timeSpan.empty() {
				e.timeSpan, e.when.TimeText = x.span, d.text(x.span)
			}
		}
	}
}
