package report

import (
	"fmt"
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
)

// drafts writes events out as draft incidents, in the order of their triggers; with
// them the event of each.
func (d *doc) drafts(events []*event) ([]geo.Incident, []*event) {
	out, of := []geo.Incident{}, []*event{}
	seen := map[string]bool{}
	told := map[string]int{} // drafts of each type so far
	for _, e := range events {
		i := d.draft(e)
		if seen[i.ID] {
			continue
		}
		seen[i.ID] = true
		var why map[string]float64
		i.Confidence, why = d.confidence(e, &i, told[i.Type], len(events))
		i.Weak = i.Confidence < weakBar && !e.campaign() && !d.complete(e)
		told[i.Type]++
		d.why = append(d.why, why)
		out, of = append(out, i), append(of, e)
	}
	return out, of
}

// campaign: told with a number of attacks that makes it no passing word.
func (e *event) campaign() bool {
	const many = 10
	return e.count != nil && e.count.Low != nil && *e.count.Low >= many
}

// complete: one sentence tells of it with its own place and its day or month, and
// dead or injured are claimed for it: a record, wherever in the report it stands.
func (d *doc) complete(e *event) bool {
	if len(e.sites) == 0 || len(e.claims) == 0 || e.modality != geo.Asserted || e.when.Precision != geo.ByDay && e.when.Precision != geo.ByMonth {
		return false
	}
	at := d.of[d.mentionI[e.sites[0]].i]
	return !d.mentions[e.sites[0]].Dateline && slices.ContainsFunc(e.tellings, func(t telling) bool { return t.sent == at && d.dayNear(t) != nil })
}

func (d *doc) draft(e *event) geo.Incident {
	t := e.tellings[0]
	i := geo.Incident{
		ID: geo.IncidentID(d.rep.ID, d.tok[t.i].Rune), Type: e.kind, Status: geo.Draft, Modality: e.modality,
		When: e.when, Reports: []geo.ReportRef{d.rep.Ref()}, Reader: Version,
	}
	quote := func(field string, s span) {
		if !s.empty() {
			i.Quotes = append(i.Quotes, d.quoteOf(field, s))
		}
	}
	if e.share != nil {
		quote("/type", d.around(e.share.of))
	} else {
		quote("/type", d.around(t))
	}
	if e.when.Start != "" {
		quote("/start", e.whenSpan)
	}
	if e.when.End != "" {
		quote("/end", e.whenSpan)
	}
	if e.timeSpan.empty() && e.when.TimeText != "" {
		e.timeSpan = e.whenSpan
	}
	quote("/time_text", e.timeSpan)
	for k, m := range e.sites {
		i.Places = append(i.Places, d.site(m))
		quote(fmt.Sprintf("/places/%d/place", k), d.extent(m))
	}
	for _, o := range e.others {
		s := d.site(o.mention)
		s.Role = o.role
		i.Places = append(i.Places, s)
		quote(fmt.Sprintf("/places/%d/place", len(i.Places)-1), d.extent(o.mention))
	}
	d.tollsInto(e, &i, quote)
	i.Actors = e.actors
	for k, s := range e.actorSpans {
		quote(fmt.Sprintf("/actors/%d", k), s)
	}
	for k, n := range e.named {
		i.Named = append(i.Named, n.Named)
		quote(fmt.Sprintf("/named/%d", k), n.span)
	}
	i.Title = title(&i)
	return i
}

func (d *doc) tollsInto(e *event, i *geo.Incident, quote func(string, span)) {
	i.Tolls = e.tolls()
	for k, c := range e.claims {
		i.Claims = append(i.Claims, geo.Claim{
			Measure: c.measure, Group: c.group, Low: c.Low, Best: c.Best, High: c.High, Attribution: geo.Stated, By: c.by,
			Report: d.rep.ID, Start: d.tok[c.i].Rune, End: d.runeEnd(c.j - 1),
		})
		quote(fmt.Sprintf("/claims/%d", k), c.span)
	}
	for _, m := range geo.Measures {
		for _, s := range e.sources(m, *i.Tolls.Of(m)) {
			quote("/"+string(m), s)
		}
	}
	if e.count != nil {
		i.Count = e.count.Range
		quote("/count", span{e.count.i, e.count.j + 1})
	}
}

func same(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// around is a trigger with the adjectives before it.
func (d *doc) around(t telling) span {
	s := t.span
	for s.i > 0 && t.i-s.i < 3 && d.of[s.i-1] == t.sent && (d.actor.on(s.i-1) != nil || d.numberOn(s.i-1) != nil || d.cue.on(s.i-1) != nil && d.cue.on(s.i-1).v.Class == "hedge") {
		s.i--
	}
	if n := d.numberOn(s.i); n != nil {
		s.i = min(s.i, n.i)
	}
	return s
}

// extent is a mention's name with its locative.
func (d *doc) extent(m int) span {
	s, x := d.mentionI[m], d.mentions[m].Extent
	for s.i > 0 && d.tok[s.i-1].Rune >= x.Start {
		s.i--
	}
	for s.j < len(d.tok) && d.tok[s.j].Rune < x.End {
		s.j++
	}
	return s
}

// site of a mention, its place as a reader would say it.
func (d *doc) site(m int) geo.Site {
	x := &d.mentions[m]
	l := d.loc[m]
	if l == nil {
		return geo.Site{Role: geo.RoleSite, Place: d.placeName(m), Locative: x.Locative}
	}
	lon, lat := l.Point.Lon(), l.Point.Lat()
	s := geo.Site{
		Role: geo.RoleSite, Place: d.placeName(m), PlaceID: l.Place.ID, GeoNameID: l.Place.GeoNamesID(), Locative: x.Locative,
		Lon: &lon, Lat: &lat, RadiusM: d.siteRadius(l), Precision: l.Precision, Admin1: l.Place.Admin1, Country: l.Place.Country,
		Confidence: l.Confidence, Approximate: l.Place.Approximate(), NotFound: l.NotFound,
	}
	s.Area = polygonOf(l)
	return s
}

// placeName is the name with its locative and, for a street or quarter, its town.
func (d *doc) placeName(m int) string {
	x := &d.mentions[m]
	name := spaced(x.Text)
	if x.Locative != "" {
		name = spaced(d.text(d.extent(m)))
	}
	if x.Name != "" { // "the outskirts of the Afghan capital"
		name = strings.TrimSpace(x.Locative + " " + x.Name)
	}
	if l := d.loc[m]; l != nil && l != x.Location && !strings.EqualFold(l.Place.Name, x.Text) {
		return name + ", " + l.Place.Name
	}
	for _, k := range x.Chain {
		if k < len(d.mentions) && d.mentions[k].Kind != "demonym" && !strings.Contains(name, d.mentions[k].Text) {
			return name + ", " + spaced(d.mentions[k].Text)
		}
	}
	return name
}

// spaced is a name on one line, as the text may break it over two.
func spaced(name string) string { return strings.Join(strings.Fields(name), " ") }

// title is one line: what, where and the toll; it names no persons.
func title(i *geo.Incident) string {
	t, _ := geo.EventTypeByCode(i.Type)
	text := t.Label
	if s, ok := i.Where(); ok {
		switch {
		case s.Locative != "":
			text += ", " + s.Place
		case slices.Contains([]gazetteer.Precision{gazetteer.Street}, s.Precision):
			text += " on " + s.Place
		default:
			text += " in " + s.Place
		}
	}
	if n := i.Tolls.Killed.Best; n != nil && *n > 0 {
		text += fmt.Sprintf(": %d killed", *n)
	} else if n := i.Tolls.Injured.Best; n != nil && *n > 0 {
		text += fmt.Sprintf(": %d injured", *n)
	}
	return text
}
