package report

import (
	"slices"

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
		kept[at].absorb(e)
	}
	for _, e := range kept {
		e.settleHits()
	}
	return kept
}

// one reports whether two events are one. In a report of several of a kind only
// what has neither place nor day of its own is told again.
func (d *doc) one(o, e *event, several bool) bool {
	if o.modality != e.modality || !sameKind(o.kind, e.kind) || otherDays(o.when, e.when) || severalAttacks(o) != severalAttacks(e) {
		return false
	}
	first := e.tellings[0]
	if d.another(first) {
		return false
	}
	bare := d.dayNear(first) == nil && d.siteNear(first) < 0
	if several && !bare {
		return false
	}
	if len(o.sites) == 0 || len(e.sites) == 0 {
		return true
	}
	return slices.ContainsFunc(e.sites, func(s int) bool { return !d.apart(o.sites, s) })
}

// severalAttacks reports whether an event is told as several ("shootings"); shots
// and bullets are always several.
func severalAttacks(e *event) bool {
	return e.plural() && e.tellings[0].trigger.Sense != "~gunfire" && e.tellings[0].trigger.Noun
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
	if finer := slack[e.when.Precision] > slack[o.when.Precision]; o.when.Start != "" && (e.when.Start == "" || finer) {
		e.when, e.whenSpan, e.timeSpan = o.when, o.whenSpan, o.timeSpan
	}
	e.claims = append(e.claims, o.claims...)
	slices.SortStableFunc(e.claims, func(a, b claim) int { return a.i - b.i })
	for k, a := range o.actors {
		if !slices.ContainsFunc(e.actors, func(have geo.Actor) bool { return have.Name == a.Name && have.Role == a.Role }) {
			e.actors, e.actorSpans = append(e.actors, a), append(e.actorSpans, o.actorSpans[k])
		}
	}
	for _, n := range o.named {
		if !slices.ContainsFunc(e.named, func(have named) bool { return have.Name == n.Name }) {
			e.named = append(e.named, n)
		}
	}
}
