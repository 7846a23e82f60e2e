package report

import (
	"slices"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
)

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

func (d *doc) placedBeside(t telling, m int) bool {
	return d.cut[d.mentionI[m].i] == t.clause && (d.mentions[m].Locative != "" || d.is(d.before(m), locative))
}

func (d *doc) elsewhere(t telling, m int) bool {
	before := d.before(m)
	for k := max(before-4, d.sentence(d.mentionI[m].i).i); k < before; k++ {
		if d.is(k, elsewhere) && !t.has(k) {
			return true
		}
	}
	return false
}

func (d *doc) otherTrigger(t telling, at span) bool {
	for k := min(t.j, at.j); k < max(t.i, at.i); k++ {
		if m := d.trigger.on(k); m != nil && m.v.Noun && m.v.Strength != "ref" && !m.overlaps(t.span) && !m.overlaps(at) {
			return true
		}
	}
	return false
}

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
