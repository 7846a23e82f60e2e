package report

import (
	"math"
	"slices"

	"dateline/gazetteer"
	"dateline/geo"
)

// fold joins events that turn out to be one once their days and places are
// known: of one kind, on days that can be one and at places that can, unless the
// text tells of several itself.
func (d *doc) fold(events []*event) []*event {
	several := slices.ContainsFunc(events, severalAttacks)
	var kept []*event
	for _, e := range events {
		at := slices.IndexFunc(kept, func(o *event) bool { return d.one(o, e, several) })
		if at < 0 {
			kept = append(kept, e)
			continue
		}
		d.surer(kept[at], e)
		d.earlierDay(kept[at], e)
		kept[at].absorb(e)
	}
	kept = d.aftermath(d.titles(kept))
	for _, e := range kept {
		e.settleHits(d.of)
	}
	return kept
}

// fewArrested is the number up to which those arrested are taken for suspects of
// what the report tells, and not for an event of its own.
const fewArrested = 5

// aftermath gives the arrests of a few to the violence that the report tells
// they were made for: the nearest before, else the first.
func (d *doc) aftermath(events []*event) []*event {
	var kept []*event
	for k, e := range events {
		if o := d.crimeOf(events, k); o != nil {
			o.claims = append(o.claims, e.claims...)
			slices.SortStableFunc(o.claims, func(a, b claim) int { return a.i - b.i })
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// crimeOf is the violence that an arrest of a few followed, nil where there is none.
func (d *doc) crimeOf(events []*event, k int) *event {
	e := events[k]
	if e.kind != "arrest" || e.modality != geo.Asserted || e.plural() || e.tellings[0].trigger.Noun && d.another(e.tellings[0]) {
		return nil
	}
	for _, c := range e.claims {
		if n := larger(c.Low, c.Best); n != nil && *n > fewArrested {
			return nil
		}
	}
	var crime *event
	for j, o := range events {
		group, _ := geo.EventTypeByCode(o.kind)
		if violent[group.Group] && (o.modality == geo.Asserted || o.modality == geo.Historical) && (crime == nil || j < k) && !longBefore(o.when, e.when) {
			crime = o
		}
	}
	return crime
}

// longAgo is how many days after a crime an arrest is news of its own.
const longAgo = 30

// longBefore: what was done on days that are both known lies far before.
func longBefore(crime, arrest geo.When) bool {
	return crime.End != "" && crime.Start != "" && arrest.Start != "" && crime.End.Add(longAgo) < arrest.Start
}

// one reports whether two events are one. In a report of several of a kind only
// what has neither place nor day of its own is told again.
func (d *doc) one(o, e *event, several bool) bool {
	if o.modality != e.modality || !sameKind(o.kind, e.kind) || otherDays(o.when, e.when) && !o.died && !e.died && !d.toldToday(o, e) || severalAttacks(o) != severalAttacks(e) {
		return false
	}
	first := e.tellings[0]
	if d.another(first) || d.strangers(o.tellings[0].sent, first.sent) || d.besides(last(o.tellings), first) {
		return false
	}
	bare := d.dayNear(first) == nil && d.siteNear(first) < 0
	if several && !bare {
		return false
	}
	if len(o.sites) == 0 || len(e.sites) == 0 {
		return true
	}
	return slices.ContainsFunc(e.sites, func(s int) bool {
		return !d.apart(o.sites, s) || !several && (d.beyond(o.sites, s) < nearM || d.unplaced(o.sites, s) || d.unsure(o.sites, s))
	})
}

// newsDays is how many days before publication what a report tells as new happened
// at the most.
const newsDays = 3

// toldToday: one of two events has the day of publication, on which things were said
// and done about the other.
func (d *doc) toldToday(o, e *event) bool {
	kind, _ := geo.EventTypeByCode(o.kind) // of crimes: where a war is fought each day has its attacks
	other, _ := geo.EventTypeByCode(e.kind)
	if kind.Group != "crime" && other.Group != "crime" {
		return false
	}
	if d.pub() == "" || o.tellings[0].new && e.tellings[0].new || !slices.ContainsFunc(e.sites, func(s int) bool { return d.coincide(o, s) }) {
		return false
	}
	first, later := o.when, e.when
	if first.Start > later.Start {
		first, later = later, first
	}
	if first.Start == "" || later.Start != d.pub() || later.End != d.pub() || later.TimeText != "" { // an hour is what happened has
		return false
	}
	return first.Start.Add(newsDays) >= later.Start
}

// earlierDay leaves two events of which one has only the day of publication the other's.
func (d *doc) earlierDay(o, e *event) {
	if !otherDays(o.when, e.when) || !d.toldToday(o, e) {
		return
	}
	if o.when.Start < e.when.Start {
		e.when = geo.When{}
	} else {
		o.when, o.whenSpan, o.timeSpan, o.died = e.when, e.whenSpan, e.timeSpan, e.died
	}
}

// unsurePlace is the confidence below which a place does not speak against two
// events being one.
const unsurePlace = 0.5

// unsure: a site, or every place beside it, may well be another of its name.
func (d *doc) unsure(sites []int, site int) bool {
	return d.sureness([]int{site}) < unsurePlace || d.sureness(sites) < unsurePlace
}

// sureness is the confidence of the surest of some places.
func (d *doc) sureness(sites []int) float64 {
	most := 0.0
	for _, s := range sites {
		if d.loc[s] != nil {
			most = max(most, d.loc[s].Confidence)
		}
	}
	return most
}

// surer leaves two tellings of an event that place it apart the surer's places.
func (d *doc) surer(o, e *event) {
	if len(o.sites) == 0 || len(e.sites) == 0 || slices.ContainsFunc(e.sites, func(s int) bool { return !d.apart(o.sites, s) || d.beyond(o.sites, s) < nearM }) {
		return
	}
	if d.sureness(e.sites) > d.sureness(o.sites) {
		o.sites = nil
	} else {
		e.sites = nil
	}
}

// unplaced: nothing is known of where a site or the places beside it lie, so that
// they don't speak against being one.
func (d *doc) unplaced(sites []int, site int) bool {
	return d.loc[site] == nil || !slices.ContainsFunc(sites, func(s int) bool { return d.loc[s] != nil })
}

// nearM is the distance in metres up to which the places of two tellings may be
// one where the report tells of no several events: a county and its town, a
// street that is placed in the next town.
const nearM = 25_000

// beyond is how far a site lies outside the nearest of an event's places, in
// metres.
func (d *doc) beyond(sites []int, site int) float64 {
	least := math.Inf(1)
	for _, s := range sites {
		if x, y := d.loc[s], d.loc[site]; x != nil && y != nil && x.Precision != gazetteer.Country && y.Precision != gazetteer.Country {
			least = min(least, gazetteer.DistanceM(x.Point, y.Point)-x.RadiusM-y.RadiusM)
		}
	}
	return least
}

// severalAttacks reports whether an event is told as several ("shootings"); shots
// and bullets are always several.
func severalAttacks(e *event) bool {
	return e.plural() && !e.tellings[0].back && e.tellings[0].trigger.Sense != "~gunfire" && e.tellings[0].trigger.Noun
}

// another reports whether a telling says itself that it is a further one.
func (d *doc) another(t telling) bool {
	for k := max(t.i-3, d.sentence(t.i).i); k < t.i; k++ {
		switch d.word(k) {
		case "another", "second", "third", "fourth", "separate", "unrelated", "similar", "earlier", "previous":
			return true
		}
	}
	return false
}

// general kinds of violence against people are told of the same event as the
// finer ones.
var general = map[string]bool{"homicide": true, "violence-unspecified": true, "attack": true}

func sameKind(a, b string) bool {
	if a == b {
		return true
	}
	x, _ := geo.EventTypeByCode(a)
	y, _ := geo.EventTypeByCode(b)
	return (general[a] || general[b]) && violent[x.Group] && violent[y.Group]
}

// absorb takes over what another telling of the event has more.
func (e *event) absorb(o *event) {
	if general[e.kind] && !general[o.kind] {
		e.kind = o.kind
	}
	e.tellings = append(e.tellings, o.tellings...)
	slices.SortStableFunc(e.tellings, func(a, b telling) int { return a.i - b.i })
	for _, s := range o.sites {
		if !slices.Contains(e.sites, s) {
			e.sites = append(e.sites, s)
		}
	}
	finer := slack[e.when.Precision] > slack[o.when.Precision]
	if o.when.Start != "" && (e.when.Start == "" || finer || e.died && !o.died) {
		e.when, e.whenSpan, e.timeSpan, e.died = o.when, o.whenSpan, o.timeSpan, o.died
	}
	e.claims = append(e.claims, o.claims...)
	slices.SortStableFunc(e.claims, func(a, b claim) int { return a.i - b.i })
	for k, a := range o.actors {
		if !slices.ContainsFunc(e.actors, func(have geo.Actor) bool { return have.Name == a.Name && have.Role == a.Role }) {
			e.actors, e.actorSpans = append(e.actors, a), append(e.actorSpans, o.actorSpans[k])
		}
	}
	for _, r := range o.others {
		if !slices.Contains(e.others, r) && !slices.Contains(e.sites, r.mention) {
			e.others = append(e.others, r)
		}
	}
	for _, n := range o.named {
		if !slices.ContainsFunc(e.named, func(have named) bool { return have.Name == n.Name }) {
			e.named = append(e.named, n)
		}
	}
}
