package report

import (
	"strings"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
)

// mostNamed is the first mention of the settlement or district that a report
// names most, else of that whose police it names or that stands in its publisher's
// name; -1 where it names none.
func (d *doc) mostNamed() int {
	if m := d.mostOf(d.sure); m >= 0 {
		return m
	}
	if m := d.policeOf(nil); m >= 0 {
		return m
	}
	return d.mostOf(func(m int) bool { return d.outlet[m] && d.mayHold(m) })
}

// mostOf is the first mention of the settlement or district that is named most
// among those of which is holds.
func (d *doc) mostOf(is func(m int) bool) int {
	count := map[string]int{}
	for m := range d.mentions {
		if is(m) && d.mentions[m].Location.Precision != gazetteer.Country && d.mentions[m].Location.Precision != gazetteer.Water {
			count[d.mentions[m].Location.Place.ID]++
		}
	}
	best := -1
	for m := range d.mentions {
		if l := d.mentions[m].Location; l != nil && count[l.Place.ID] > 0 && is(m) && (best < 0 || count[l.Place.ID] > count[d.mentions[best].Location.Place.ID]) {
			best = m
		}
	}
	return best
}

// cityReachM is how far in metres from the town that a report is about a quarter of
// it may lie.
const cityReachM = 50_000

// quartersAtHome takes from the names that the text calls a quarter ("the Austin
// neighborhood") the town of that name elsewhere which the gazetteer offers: they
// are quarters of the town that the report comes from, whose police it names, or
// that it names most.
func (d *doc) quartersAtHome() {
	quarters := map[string]bool{}
	for m := range d.mentions {
		if d.mentions[m].Kind == geoparse.Literal && d.calledQuarter(m) {
			quarters[d.mentions[m].Text] = true
		}
	}
	if len(quarters) == 0 {
		return
	}
	town := d.townBut(quarters)
	if town < 0 {
		d.quartersOfNowhere(quarters)
		return
	}
	at := d.mentions[town].Location.Point
	for m := range d.mentions {
		l := d.loc[m]
		if !quarters[d.mentions[m].Text] || d.mentions[m].Kind != geoparse.Literal || l == nil || len(d.mentions[m].Chain) > 0 && !d.calledQuarter(m) {
			continue
		}
		if gazetteer.DistanceM(l.Place.Point, at) > cityReachM {
			d.loc[m], d.lost[m] = nil, true
		}
	}
	if d.home = d.mostNamed(); d.home < 0 {
		d.home = town
	}
}

// quartersOfNowhere takes from names that the text calls quarters, where it names no
// town, the town that the gazetteer offers for them, unless it is well known.
func (d *doc) quartersOfNowhere(quarters map[string]bool) {
	for m := range d.mentions {
		if l := d.loc[m]; l != nil && quarters[d.mentions[m].Text] && d.mentions[m].Kind == geoparse.Literal && len(d.mentions[m].Chain) == 0 && l.Place.Population < wellKnown &&
			(l.Precision == gazetteer.Settlement || l.Precision == gazetteer.Area) {
			d.loc[m], d.lost[m] = nil, true
		}
	}
	d.home = d.mostNamed()
}

// calledQuarter: a word for a part of a town stands behind the name.
func (d *doc) calledQuarter(m int) bool {
	return d.is(d.extent(m).j, quarter) || d.is(d.mentionI[m].j, quarter)
}

// townBut is the mention of the town of a report that is none of the given names:
// the dateline's, that whose police it names, the one that it names most; -1 where
// there is none.
func (d *doc) townBut(names map[string]bool) int {
	if m := d.reportedFrom; m >= 0 && !names[d.mentions[m].Text] && d.mentions[m].Location.Precision == gazetteer.Settlement {
		return m
	}
	if m := d.policeOf(names); m >= 0 {
		return m
	}
	if m := d.home; m >= 0 && !names[d.mentions[m].Text] && d.mentions[m].Location.Precision == gazetteer.Settlement {
		return m
	}
	return -1
}

// policeOf is the first mention of a town whose police or fire brigade the report
// names and that is none of the given names; -1 where there is none.
func (d *doc) policeOf(names map[string]bool) int {
	for m := range d.mentions {
		x := &d.mentions[m]
		if x.Location != nil && !names[x.Text] && !d.outlet[m] && x.Location.Confidence >= parentSure && x.Location.Precision == gazetteer.Settlement && d.is(d.mentionI[m].j, police) {
			return m
		}
	}
	return -1
}

// abroadTown is the population below which a town is not looked for in a country of
// which a report says nothing else.
const abroadTown = 200_000

// strayAbroad takes from names the small town in another country that the gazetteer
// offers for them, where the report names that country in no other way and others
// surely: "Overtown" beside Miami is none in Scotland.
func (d *doc) strayAbroad() {
	const surely = 0.7
	texts := map[string]map[string]bool{} // country -> what is named in it
	sure := map[string]bool{}
	for m := range d.mentions {
		x := &d.mentions[m]
		if x.Location == nil || x.Location.Place.Country == "" {
			continue
		}
		c := x.Location.Place.Country
		if texts[c] == nil {
			texts[c] = map[string]bool{}
		}
		texts[c][strings.ToLower(x.Text)] = true
		sure[c] = sure[c] || !d.lost[m] && x.Location.Confidence >= surely && x.Location.Precision != gazetteer.Water
	}
	for m := range d.mentions {
		x := &d.mentions[m]
		l := d.loc[m]
		if l == nil || d.lost[m] || x.Kind != geoparse.Literal || len(x.Chain) > 0 || x.Dateline || l.Place.Population >= abroadTown ||
			l.Precision != gazetteer.Settlement && l.Precision != gazetteer.Area || len(texts[l.Place.Country]) > 1 {
			continue
		}
		for c := range sure {
			if c != l.Place.Country && sure[c] {
				d.loc[m], d.lost[m] = nil, true
				break
			}
		}
	}
}
