package report

import (
	"slices"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/lexicon"
)

// findTitle finds how many sentences stand in the report's headline: those of the
// first paragraph before a dateline, or a first paragraph of one sentence without
// a full stop.
func (d *doc) findTitle() {
	if len(d.sent) < 2 {
		return
	}
	paragraph := d.sent[0].Paragraph
	n := 0
	for n < len(d.sent) && d.sent[n].Paragraph == paragraph {
		n++
	}
	const most = 2 // sentences of a headline
	if n == len(d.sent) || n > most || d.reportedFrom >= 0 && d.of[d.mentionI[d.reportedFrom].i] < n {
		return
	}
	end := d.tok[d.sent[n-1].End-1]
	if d.reportedFrom >= 0 || end.Kind != lexicon.Mark || end.Text == "'" || end.Text == "’" {
		d.title = n
	}
}

// titles gives an event that only the headline tells to the event of the text that
// it sums up: the first of its kind, or of kin, where no place speaks against it.
func (d *doc) titles(events []*event) []*event {
	if d.title == 0 {
		return events
	}
	var kept []*event
	for _, e := range events {
		if o := d.summedUp(e, events); o != nil {
			switch { // the text knows better than its headline, the dateline does not
			case len(e.sites) > 0 && len(o.sites) > 0 && (d.mentions[o.sites[0]].Dateline || d.reach(e.sites[0]) < d.reach(o.sites[0]) && d.coincide(o, e.sites[0])):
				o.sites = nil
			case len(o.sites) > 0:
				e.sites = nil
			}
			o.absorb(e)
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

func (d *doc) summedUp(e *event, events []*event) *event {
	if last(e.tellings).sent >= d.title {
		return nil
	}
	var kin *event
	for _, o := range events {
		if last(o.tellings).sent < d.title || o.modality != e.modality || otherDays(o.when, e.when) || !d.sameLand(o, e) {
			continue
		}
		if sameKind(o.kind, e.kind) {
			return o
		}
		if kin == nil && akin(o.kind, e.kind) {
			kin = o
		}
	}
	return kin
}

// akin: a headline may tell an event of one type in the words of the other.
func akin(a, b string) bool {
	x, _ := geo.EventTypeByCode(a)
	y, _ := geo.EventTypeByCode(b)
	return x.Group == y.Group && x.Group != "strategic" || violent[x.Group] && violent[y.Group]
}

// sameLand: no place of an event lies in another country than all of the other's.
func (d *doc) sameLand(a, b *event) bool {
	if len(a.sites) == 0 || len(b.sites) == 0 {
		return true
	}
	return slices.ContainsFunc(a.sites, func(s int) bool {
		return slices.ContainsFunc(b.sites, func(t int) bool { return d.oneLand(s, t) })
	})
}

func (d *doc) oneLand(s, t int) bool {
	x, y := d.loc[s], d.loc[t]
	return x == nil || y == nil || x.Place.Country == "" || y.Place.Country == "" || x.Place.Country == y.Place.Country ||
		x.Precision == gazetteer.Water || y.Precision == gazetteer.Water
}
