package report

import (
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo/lexicon"
)

// apart: a place lies outside every place of the event, and they outside it.
func (d *doc) apart(sites []int, site int) bool {
	for _, s := range sites {
		if d.meet(s, site) {
			return false
		}
	}
	return true
}

// coincide: a place meets one of the event's.
func (d *doc) coincide(e *event, site int) bool {
	return site >= 0 && len(e.sites) > 0 && !d.apart(e.sites, site)
}

// meet: two places may be one, or one lies in the other.
func (d *doc) meet(a, b int) bool {
	x, y := d.loc[a], d.loc[b]
	if x == nil || y == nil {
		return d.mentions[a].Text == d.mentions[b].Text
	}
	if d.lost[a] && d.lost[b] && d.mentions[a].Text != d.mentions[b].Text && x.Place.ID == y.Place.ID {
		return false // two villages of one district
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
	for _, m := range d.maySites(t) {
		if x := d.siteScore(t, m); x > most {
			best, most = m, x
		}
	}
	return d.inner(best)
}

// maySites are the mentions in a telling's sentence that may be where it was.
func (d *doc) maySites(t telling) []int {
	var all []int
	s := d.sentence(t.i)
	for m := d.mentionsOf[t.sent].i; m < d.mentionsOf[t.sent].j; m++ {
		if at := d.mentionI[m]; at.i >= s.i && at.i < s.j && d.maySite(m) && !d.carriedTo(t, m) && !d.sinceWhen(t, telling{span: at, sent: t.sent}) && (!t.back || d.placedBeside(t, m)) {
			all = append(all, m)
		}
	}
	return all
}

// inner goes from a place to one that the words beside it put into it: "the West
// Bank town of X", "X, 30 km south of Baghdad", "X village in Biu".
func (d *doc) inner(m int) int {
	for steps := 0; m >= 0 && steps < 3; steps++ {
		next := -1
		if n := m + 1; n < len(d.mentions) && d.maySite(n) && d.holdsNext(m, n) {
			next = n
		} else if p := m - 1; p >= 0 && d.maySite(p) && d.liesIn(p, m) {
			next = p
		}
		if next < 0 || d.reach(next) > d.reach(m) && !d.lost[next] {
			return m
		}
		m = next
	}
	return m
}

// holdsNext: "the [m] town of [n]", "[m]'s [n] district".
func (d *doc) holdsNext(m, n int) bool {
	i, j := d.mentionI[m].j, d.mentionI[n].i
	if j < i || j-i > 4 || i > 0 && j < len(d.of) && d.of[i-1] != d.of[j] {
		return false
	}
	kind, adjectives := false, 0
	for k := i; k < j; k++ {
		is, isKind := d.place.Kinds[d.tok[k].Lower]
		if isKind && (is.Kind == "district" || is.Kind == "quarter") && d.is(k+1, of) && d.mentions[m].Kind == geoparse.Literal && (d.lost[m] || d.reach(m) < 2*d.reach(n)) {
			return false // "the X district of [n]" is in it
		}
		kind = kind || isKind
		if isKind || d.is(k, of) || d.w[k] == "'s" || len(d.place.Directions[d.tok[k].Lower]) > 0 || d.word(k) == "the" {
			continue
		}
		// "Australia's biggest city of Sydney"
		if adjectives++; adjectives > 1 || kind || d.class[k] != 0 || d.tok[k].Kind != lexicon.Word || d.capital(k) || d.trigger.on(k) != nil || d.cue.on(k) != nil || d.casualty.on(k) != nil {
			return false
		}
	}
	possessive := i > 0 && strings.HasSuffix(d.tok[i-1].Lower, "s") && (strings.HasSuffix(d.tok[i-1].Lower, "'s") || strings.HasSuffix(d.tok[i-1].Lower, "’s"))
	_, ends := d.place.Kinds[d.tok[j-1].Lower] // "the East Timor capital Dili"
	return kind && (d.is(j-1, of) || ends) || possessive && (adjectives == 0 || kind)
}

// liesIn: "[p] village in [m]", "[p], south of [m]", "[p] in the west of [m]"; a
// list is no such chain.
func (d *doc) liesIn(p, m int) bool {
	i, j := d.mentionI[p].j, d.extent(m).i
	if j < i || j-i > 7 || i > 0 && j < len(d.of) && d.of[i-1] != d.of[j] || d.cut[max(i-1, 0)] != d.cut[min(j, len(d.cut)-1)] && d.word(i) != "," {
		return false
	}
	if j == i {
		return false
	}
	in := false
	for k := i; k < j; k++ {
		_, isKind := d.place.Kinds[d.tok[k].Lower]
		switch {
		case d.w[k] == "in" || d.w[k] == "of" || d.w[k] == "," && d.mentions[m].Locative != "":
			in = true
		case isKind, d.w[k] == ",", d.is(k, definite|indefinite) && !d.is(k, subordinator), len(d.place.Directions[d.tok[k].Lower]) > 0:
		default:
			return false
		}
	}
	return in
}

// maySite reports whether a mention may be where something was: a literal one
// that is placed and is no part of a group's name.
func (d *doc) maySite(m int) bool {
	x := &d.mentions[m]
	if x.Kind != geoparse.Literal || d.loc[m] == nil && !d.lost[m] || x.Dateline || d.outlet[m] {
		return false
	}
	a := d.actor.on(d.mentionI[m].i)
	if x.Name != "" {
		return true // "the Afghan capital", whose first word is a people's
	}
	if a != nil && (a.v.Demonym || a.j-a.i > d.mentionI[m].j-d.mentionI[m].i) || !d.words.Fixed() && d.government(m) {
		return false // "the Jerusalem Brigades" are not there
	}
	return a == nil || x.Locative != "" || d.words.Actors[a.v.Actor].Kind == "state"
}

// government: beside a word of accusing or denying a capital stands for its
// government: "accuses Ankara", "Baghdad denied".
func (d *doc) government(m int) bool {
	for _, k := range []int{d.mentionI[m].i - 1, d.mentionI[m].j} {
		if c := d.cue.on(k); c != nil && (c.v.Class == "accuse" || c.v.Class == "deny") {
			return true
		}
	}
	return false
}

// fine are the precisions of what lies inside a settlement.
var fine = []gazetteer.Precision{gazetteer.Street, gazetteer.Site, gazetteer.Neighbourhood, gazetteer.Area}

// reach is the radius in metres by which places are told apart as finer and
// coarser: one that is not known is finer than the place it lies in.
func (d *doc) reach(m int) float64 {
	switch {
	case d.loc[m] == nil:
		return 1
	case d.lost[m]:
		return d.loc[m].RadiusM / 2
	}
	return d.loc[m].RadiusM
}

// sameRank: two places are of one precision, or both unknown.
func (d *doc) sameRank(a, b int) bool {
	if d.lost[a] || d.lost[b] {
		return d.lost[a] == d.lost[b]
	}
	return d.loc[a].Precision == d.loc[b].Precision
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

// carriedReach is the number of tokens between "taken to" and the place.
const carriedReach = 8

// carriedTo: the mention is where people were brought, held or treated, or where
// something was felt: "rushed to a hospital in X", "was felt as far as X".
func (d *doc) carriedTo(t telling, m int) bool {
	first := d.sentence(d.mentionI[m].i).i
	for k := d.mentionI[m].i - 1; k >= max(first, d.mentionI[m].i-carriedReach); k-- {
		switch {
		case t.has(k) || d.w[k] == "," || d.w[k] == ";" || d.is(k, subordinator):
			return false
		case d.is(k, carried):
			return t.kind != "arrest"
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
		if d.reach(s) < d.reach(best) && (d.meet(best, s) || d.unplaced([]int{best}, s)) {
			best = s
		}
	}
	best = d.insideRegion(d.finest(e, best))
	list := []int{best}
	for m := best + 1; m < len(d.mentions) && d.beside(m-1, m); m++ {
		if d.maySite(m) && d.sameRank(m, best) {
			list = append(list, m)
		}
	}
	for m := best - 1; m >= 0 && d.beside(m, m+1); m-- {
		if d.maySite(m) && d.sameRank(m, best) {
			list = append([]int{m}, list...)
		}
	}
	e.sites = list
}

// insideRegion: a state that only describes what happened ("Texas road rage
// shooting") stands back behind the town in it from which the report comes, or
// which it names most.
func (d *doc) insideRegion(best int) int {
	l := d.loc[best]
	itsTown := l != nil && l.Precision == gazetteer.Country && d.ownsTown(best)
	if l == nil || d.lost[best] || !itsTown && (l.Precision != gazetteer.Region || d.behindLocative(best)) {
		return d.inner(best)
	}
	for _, m := range []int{d.reportedFrom, d.home} {
		if m < 0 || m == best || d.loc[m] == nil {
			continue
		}
		if in := d.loc[m]; in.Precision == gazetteer.Settlement && in.Place.Country == l.Place.Country && (itsTown || in.Place.Admin1 == l.Place.Name) {
			return m
		}
	}
	return d.inner(best)
}

// mentionsWith lists the mentions in the sentences that tell an event.
func (d *doc) mentionsWith(e *event) []int {
	var all []int
	for k, t := range e.tellings {
		if k > 0 && e.tellings[k-1].sent == t.sent {
			continue
		}
		for m := d.mentionsOf[t.sent].i; m < d.mentionsOf[t.sent].j; m++ {
			all = append(all, m)
		}
	}
	return all
}

// finest looks through the sentences of an event for a place inside the best one
// that stands behind a preposition of place.
func (d *doc) finest(e *event, best int) int {
	for _, m := range d.mentionsWith(e) {
		if m == best || !d.maySite(m) || d.reach(m) >= d.reach(best) || !d.meet(best, m) {
			continue
		}
		for _, t := range e.tellings {
			if d.of[d.mentionI[m].i] == t.sent && d.placedBeside(t, m) && !d.elsewhere(t, m) && d.siteScore(t, m) > 4 {
				best = m
				break
			}
		}
	}
	return d.inner(best)
}

// beside: two mentions with only commas and a conjunction between them, of which
// neither holds the other.
func (d *doc) beside(a, b int) bool {
	if slices.Contains(d.mentions[a].Chain, b) || slices.Contains(d.mentions[b].Chain, a) {
		return false
	}
	joined, kind := false, false
	for k := d.mentionI[a].j; k < d.mentionI[b].i; k++ {
		_, isKind := d.place.Kinds[d.tok[k].Lower]
		kind = kind || isKind
		switch { // "X, Y and the port of Z"
		case k-d.mentionI[a].j > 5:
			return false
		case d.w[k] == "," || d.is(k, conjunction):
			joined = true
		case !joined || !isKind && !d.is(k, definite) && !(kind && d.is(k, of)):
			return false
		}
	}
	return joined
}

// placeFromContext takes the place of the sentences before, else the dateline's.
func (d *doc) placeFromContext(e *event) {
	first := e.tellings[0]
	if d.comparedOnly(e) {
		return // the places around are those of what it is compared with
	}
	for m := len(d.mentions) - 1; m >= 0; m-- {
		at := d.mentionI[m]
		if at.i < len(d.of) && d.of[at.i] < first.sent-2 {
			break
		}
		if at.i < first.i && d.maySite(m) && d.behindLocative(m) && !d.agentPlace(m) &&
			d.tok[at.i].Paragraph >= d.tok[first.i].Paragraph-1 {
			e.sites = []int{m}
			return
		}
	}
	if d.reportedFrom >= 0 {
		e.sites = []int{d.reportedFrom}
	} else if m := d.placeBehind(e); m >= 0 {
		e.sites = []int{m}
	}
}

// behindLocative reports whether a locative or a preposition of place stands
// before a mention.
func (d *doc) behindLocative(m int) bool {
	return d.mentions[m].Locative != "" || d.is(d.before(m), locative)
}

// placeBehind is the place that the two sentences behind a telling name, else
// the one that the report names most; -1 where there is none.
func (d *doc) placeBehind(e *event) int {
	first := e.tellings[0]
	for m := range d.mentions {
		at := d.mentionI[m]
		if at.i >= first.j && at.i < len(d.of) && d.of[at.i] <= first.sent+2 && d.maySite(m) && d.behindLocative(m) && !d.agentPlace(m) {
			return m
		}
	}
	return d.home
}
