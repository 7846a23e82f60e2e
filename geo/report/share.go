package report

import (
	"slices"

	"dateline/geo"
)

// share is a count that a sentence gives to a place of its own, beside another's:
// "killing 23 people in Uman and two in Dnipro". What happened there is an event of
// its own, told by the same words.
type share struct {
	count *number
	site  int // the mention that names its place
	first int // the mention that names the first one's
	key   int // token of the casualty word that counts
	of    telling
	event *event
}

// Reaches in tokens: how far behind a casualty word a place with a count of its own
// may begin, and how far behind the count its place.
const shareReach, shareWidth = 40, 5

// sharesIn lists the shares of a sentence.
func (d *doc) sharesIn(sent int) []*share {
	if d.shares == nil {
		d.shares = map[int][]*share{}
		for k := range d.casualty.all {
			if m := &d.casualty.all[k]; m.v.Measure == string(geo.Killed) || m.v.Measure == string(geo.Injured) {
				d.findShares(m.span)
			}
		}
	}
	return d.shares[sent]
}

// findShares reads on behind a casualty word: a place, and behind a comma or "and" a
// count with another place apart from it.
func (d *doc) findShares(m span) {
	sent, first := d.of[m.i], -1
	for k := m.j; k < min(d.sentence(m.i).j, m.j+shareReach); k++ {
		if c := d.casualty.on(k); c != nil && first < 0 {
			return // what follows is that word's
		}
		if x := int(d.mentionK[k]) - 1; x >= 0 && first < 0 && d.placedAt(x) {
			first, k = x, d.mentionI[x].j-1
			continue
		}
		n := d.numberOn(k)
		if n == nil || n.i != k || first < 0 || !d.is(k-1, conjunction) && d.w[k-1] != "," || d.notPeople(n) {
			continue
		}
		x := d.placeOfCount(n)
		if x < 0 || d.meet(first, x) {
			continue
		}
		d.shares[sent] = append(d.shares[sent], &share{count: n, site: x, first: first, key: m.i})
		k = d.mentionI[x].j - 1
	}
}

// placeOfCount is the mention right behind a count of persons: "two in Dnipro", "three
// others in the port of Izmail"; -1 where there is none.
func (d *doc) placeOfCount(n *number) int {
	for k := n.j; k < min(len(d.tok), n.j+shareWidth) && d.of[k] == d.of[n.i]; k++ {
		if x := int(d.mentionK[k]) - 1; x >= 0 {
			if d.placedAt(x) {
				return x
			}
			return -1
		}
		if d.is(k, be|have|conjunction|subordinator) && !d.is(k, locative) || d.w[k] == "," || d.casualty.on(k) != nil || d.trigger.on(k) != nil {
			return -1
		}
	}
	return -1
}

// placedAt: a mention says where something was, and is a place in a country.
func (d *doc) placedAt(m int) bool {
	return d.maySite(m) && d.behindLocative(m) && !d.agentPlace(m)
}

// sharesFor lists the shares of what a telling tells: those of its sentence behind it.
// A disaster strikes several places as one.
func (d *doc) sharesFor(t telling) []*share {
	all := d.sharesIn(t.sent)
	if group := d.groupOf(t); len(all) == 0 || group == "disaster" || group == "protest" || t.i > all[len(all)-1].count.i {
		return nil
	}
	return all
}

// shareOut begins an event for each share of a sentence, as the first telling before
// them is found; the day is the telling's.
func (d *doc) shareOut(shares []*share, t telling, day *timex) []*event {
	var all []*event
	for _, s := range shares {
		if s.event != nil {
			return nil
		}
		s.of, s.event = t, &event{kind: t.kind, modality: t.modality, share: s}
		own := t
		own.span, own.clause = s.count.span, d.cut[s.count.i]
		d.tellAgain(s.event, own, s.site, day)
		all = append(all, s.event)
	}
	return all
}

// takeShares gives each share its count, and takes the counts of the shares out of the
// claims of a casualty word.
func (d *doc) takeShares(key int, measure geo.Measure, claims []claim) []claim {
	for _, s := range d.sharesIn(d.of[key]) {
		if s.key != key || s.event == nil {
			continue
		}
		claims = slices.DeleteFunc(claims, func(c claim) bool { return c.overlaps(s.count.span) })
		s.event.claims = append(s.event.claims, claim{span: s.count.span, measure: measure, Range: s.count.Range, key: key, by: d.sourceOf(key)})
	}
	return claims
}

// withoutTotals takes out of the claims of events what a sentence counts at several
// places together: "25 killed" of 23 here and two there.
func (d *doc) withoutTotals(events []*event) {
	totals := map[int64]bool{}
	for _, e := range events {
		if e.share == nil || len(e.claims) == 0 {
			continue
		}
		total := int64(0)
		for _, o := range events {
			for _, c := range o.claims {
				if c.key == e.share.key && c.Best != nil && c.group == "" {
					total += *c.Best
				}
			}
		}
		totals[total] = true
	}
	if len(totals) == 0 {
		return
	}
	for _, e := range events {
		e.claims = slices.DeleteFunc(e.claims, func(c claim) bool { return c.Best != nil && totals[*c.Best] })
	}
}
