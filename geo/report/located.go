package report

import (
	"strings"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo/lexicon"
)

// doubtful is the confidence below which the place that the gazetteer offers for
// a name is taken for another of that name: of such places four in five are.
const doubtful = 0.3

// parentSure is the confidence from which a place may stand for one that is not
// known inside it, and inParent what is left of it there.
const (
	parentSure = 0.5
	inParent   = 0.6
)

// locate gives each name that is not known, or doubtful, the place that the text
// puts it in: a container, a place named beside it, the dateline's, the place
// that the report names most. The name stays in NotFound, the radius is the
// parent's. What has no such place stays unlocated.
func (d *doc) locate() {
	d.loc = make([]*geoparse.Location, len(d.mentions))
	d.lost = make([]bool, len(d.mentions))
	for m := range d.mentions {
		x := &d.mentions[m]
		d.loc[m] = x.Location
		if x.Kind == geoparse.Literal && !x.Dateline && (x.Location == nil || d.inBlock(m) || x.Location.Confidence < doubtful && !d.ownSite(m)) {
			d.loc[m], d.lost[m] = nil, true
		} else if x.Location != nil && x.Location.NotFound != "" {
			d.lost[m] = true
		}
	}
	d.strayAbroad()
	d.home = d.mostNamed()
	d.quartersAtHome()
	for m := range d.mentions {
		if d.loc[m] != nil || !d.lost[m] {
			continue
		}
		if p := d.parentOf(m); p >= 0 {
			l := *d.mentions[p].Location
			l.NotFound, l.Locative, l.Confidence = d.mentions[m].Text, "", l.Confidence*inParent
			d.loc[m] = &l
		}
	}
}

// inBlock: a street is named without its word: "the 300 block of Madrid".
func (d *doc) inBlock(m int) bool {
	of := d.mentionI[m].i - 1
	l := d.mentions[m].Location
	if d.capital(of) && d.mentionK[of] == 0 { // "of West Madrid"
		of--
	}
	return d.is(of-1, block) && l != nil && l.Precision != gazetteer.Street && l.Precision != gazetteer.Site && d.of[max(of, 0)] == d.of[max(of-1, 0)]
}

// wellKnown is the population from which on a town is not taken for an unknown one of
// its name.
const wellKnown = 600_000

// ownSite: a building or ground that the gazetteer knows by a name of several words,
// which hardly another has, or a great town.
func (d *doc) ownSite(m int) bool {
	l := d.mentions[m].Location
	return l.Precision == gazetteer.Site && d.mentionI[m].j-d.mentionI[m].i > 1 || l.Precision == gazetteer.Settlement && l.Place.Population >= wellKnown
}

// sure reports whether a mention is a place that may hold another.
func (d *doc) sure(m int) bool { return !d.outlet[m] && d.mayHold(m) && !d.hospitalIn(m) }

// hospitalIn: a hospital stands before a place: "a hospital in X".
func (d *doc) hospitalIn(m int) bool {
	const reach = 3 // tokens
	at := d.extent(m).i - 1
	for k := at; k >= 0 && k > at-reach && d.of[k] == d.of[d.mentionI[m].i]; k-- {
		if d.is(k, hospital) {
			return true
		}
	}
	return false
}

// mayHold reports whether a mention's place is known and no street or building.
func (d *doc) mayHold(m int) bool {
	x := &d.mentions[m]
	return !d.lost[m] && x.Kind == geoparse.Literal && x.Location != nil && x.Location.Confidence >= parentSure &&
		x.Location.Precision != gazetteer.Street && x.Location.Precision != gazetteer.Site
}

// parentOf finds the mention whose place holds one that is not known, -1 where
// nothing says so.
func (d *doc) parentOf(m int) int {
	for _, c := range d.mentions[m].Chain {
		if c >= 0 && c < len(d.mentions) && d.sure(c) {
			return c
		}
	}
	at := d.mentionI[m].i
	if at >= len(d.of) {
		return d.home
	}
	best := -1
	for k := m + 1; k < len(d.mentions) && d.mentionI[k].i < len(d.of) && d.of[d.mentionI[k].i] == d.of[at]; k++ {
		if d.sure(k) {
			best = k
			break
		}
	}
	for k := m - 1; k >= 0 && best < 0 && d.of[d.mentionI[k].i] == d.of[at]; k-- {
		if d.sure(k) {
			best = k
		}
	}
	if best >= 0 && d.mentions[best].Location.Precision != gazetteer.Country {
		return best
	}
	for k := range d.mentions {
		if x := &d.mentions[k]; x.Dateline && x.Location != nil && x.Location.Confidence >= parentSure && x.Location.Precision != gazetteer.Country &&
			(best < 0 || x.Location.Place.Country == d.mentions[best].Location.Place.Country) {
			return k
		}
	}
	if best >= 0 {
		return best
	}
	return d.home
}

// findOutlet marks the mentions in the name of the publisher that many headlines
// end with: "Two shot in Elm Park - WXYZ News 12 Springfield, Ohio".
func (d *doc) findOutlet() {
	d.outlet = make([]bool, len(d.mentions))
	const opening = 80 // tokens in which a headline stands, once or twice
	for k := 1; k < min(opening, len(d.tok)); k++ {
		if !d.parts(k) {
			continue
		}
		end, media := k+1, false
		for end < len(d.tok) && end-k < 16 && d.of[end] == d.of[k] && d.tok[end].Paragraph == d.tok[k].Paragraph && (d.tok[end].Kind != lexicon.Word || d.capital(end) || d.tok[end].Text == "and" || d.tok[end].Text == "com") {
			media = media || d.place.Uses[d.tok[end].Lower]&lexicon.MediaHead != 0 || d.callSign(end)
			end++
		}
		if !media {
			continue
		}
		for m, s := range d.mentionI {
			if s.i > k && s.j <= end {
				d.outlet[m] = true
			}
		}
	}
}

// parts: a dash or a bar that stands free between a headline and what follows.
func (d *doc) parts(k int) bool {
	switch d.tok[k].Text {
	case "-", "–", "—", "|", ":":
		return d.tok[k].Start > d.tok[k-1].End && (k+1 == len(d.tok) || d.tok[k+1].Start > d.tok[k].End || d.tok[k+1].Text == ":")
	}
	return false
}

// callSign: the letters of an American or Canadian broadcaster, alone or before
// ".com": "WDRB", "KHQ".
func (d *doc) callSign(k int) bool {
	w := d.tok[k].Text
	if len(w) < 3 || len(w) > 5 || strings.ToUpper(w) != w || !strings.ContainsRune("WKC", rune(w[0])) {
		return false
	}
	return d.tok[k].Kind == lexicon.Word
}
