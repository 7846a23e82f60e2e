package report

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/lexicon"
)

// siteFeature is what is weighed of a mention as the place of a telling, by the
// number of its weight in site.tsv.
type siteFeature int

// The features of a mention beside a telling.
const (
	sBias       siteFeature = iota // always: what a place must outweigh to be one
	sGap                           // tokens between the two
	sFar                           // logarithm of them
	sClause                        // in the telling's own clause
	sClauses                       // clauses between the two
	sAfter                         // stands behind the telling
	sBetween                       // mentions between the two
	sTrigger                       // another event's noun stands between
	sIn                            // behind a preposition of place, or bent by a locative
	sBent                          // bent by a locative
	sOf                            // "the bombing of X"
	sObject                        // "bombed X"
	sOrigin                        // "from X"
	sDestined                      // "bound for X"
	sGoal                          // "to X"
	sHome                          // "a resident of X"
	sElsewhere                     // behind a hospital, a morgue or an office
	sBy                            // "by X", who did it
	sSays                          // before a word of saying
	sUnknown                       // not known itself
	sCountry                       // a country
	sRegion                        // a region or district
	sFine                          // a street, building, quarter or part of a town
	sHolds                         // a finer one stands beside it
	sHeld                          // what holds it stands beside it
	sVersus                        // "against X"
	sPossessive                    // "X's"
	sAttribute                     // before a noun: "the X war"
	sFront                         // opens the sentence behind a preposition of place
	sFirst                         // opens the sentence
	sProtest                       // a country in what is told of protests
	sSure                          // confidence of its place
	sAround                        // it holds a finer one near it
	sEarlier                       // tokens between the two where it stands before
	sComma                         // a comma stands behind it
	sSource                        // behind who says so: "a source in X said"
	sInserted                      // in what is put between commas before the telling
	sBuilding                      // a building that the text names and the gazetteer lacks
	sDescribes                     // bent behind a comma, so that it tells where another lies: "X, 30 km south of Y"
	siteFeatures
)

var siteFeatureNames = [siteFeatures]string{"bias", "gap", "far", "clause", "clauses", "after", "between", "trigger", "in", "bent", "of", "object", "origin",
	"destined", "goal", "home", "elsewhere", "by", "says", "unknown", "country", "region", "fine", "holds", "held", "versus", "possessive", "attribute",
	"front", "first", "protest", "sure", "around", "earlier", "comma",
	"source", "inserted", "building", "describes"}

//go:embed site.tsv
var siteTSV string

// siteWeights are those of site.tsv, which .ci/fit_sites.py writes.
var siteWeights = sync.OnceValue(func() [siteFeatures]float64 {
	var w [siteFeatures]float64
	if err := readWeights("site.tsv", siteTSV, siteFeatureNames[:], w[:]); err != nil {
		panic(err) // a test reads the embedded table
	}
	return w
})

// siteScore weighs a mention as the place of a telling: how near it stands, in
// which clause, behind which preposition, and how fine it is. Above zero it is
// one rather than none.
func (d *doc) siteScore(t telling, m int) float64 {
	sum := 0.0
	for k, x := range d.siteFeatures(t, m) {
		sum += x * siteWeights()[k]
	}
	return sum
}

func (d *doc) siteFeatures(t telling, m int) (f [siteFeatures]float64) {
	set := func(k siteFeature, on bool) {
		if on {
			f[k] = 1
		}
	}
	at, x := d.mentionI[m], &d.mentions[m]
	gap := float64(max(at.i-t.j, t.i-at.j, 0))
	f[sBias], f[sGap], f[sFar] = 1, gap, math.Log(1+gap)
	set(sClause, d.cut[at.i] == t.clause)
	f[sClauses] = math.Min(3, math.Abs(float64(d.cut[at.i]-t.clause)))
	set(sAfter, at.i > t.i)
	f[sBetween] = math.Min(4, float64(d.mentionsBetween(t.span, m)))
	set(sTrigger, d.otherTrigger(t, at))
	d.siteBefore(t, m, &f)
	set(sElsewhere, d.elsewhere(t, m))
	set(sBent, x.Locative != "")
	for k := at.j; k < min(at.j+3, len(d.tok)); k++ {
		if c := d.cue.on(k); c != nil && c.v.Class == "say" {
			f[sSays] = 1
		}
	}
	country := false
	switch l := d.loc[m]; {
	case d.lost[m]:
		f[sUnknown] = 1
	case l.Precision == gazetteer.Country:
		f[sCountry], country = 1, true
	case l.Precision == gazetteer.Region || l.Precision == gazetteer.District:
		f[sRegion] = 1
	case slices.Contains(fine, l.Precision) && x.Locative == "":
		f[sFine] = 1
	}
	if d.loc[m] != nil {
		f[sSure] = d.loc[m].Confidence
	}
	set(sHolds, d.holds[m])
	set(sHeld, len(x.Chain) > 0)
	group, _ := geo.EventTypeByCode(t.kind)
	set(sProtest, country && group.Group == "protest")
	d.siteBehind(m, &f)
	set(sAround, d.holdsBeside(m))
	if at.i < t.i {
		f[sEarlier] = gap
	}
	set(sSource, d.inSource(t, at))
	set(sInserted, d.inserted(t, at))
	if e := d.extent(m); x.Locative != "" && e.i > 0 {
		set(sDescribes, d.tok[e.i-1].Text == ",")
	}
	set(sBuilding, d.lost[m] && d.place.Uses[d.tok[at.j-1].Lower]&(lexicon.FacilityHead|lexicon.LandmarkHead) != 0)
	return f
}

// inSource: a place stands in the words that name who says so: "according to a
// source in X, ...", "police in X said".
func (d *doc) inSource(t telling, at span) bool {
	run := d.speechOf[t.sent]
	for _, s := range d.speech[run.i:run.j] {
		if s.class != "say" && s.class != "source" {
			continue
		}
		words := span{s.by.i, s.verb.i}
		if s.by.empty() || s.by.i > s.verb.i {
			words = span{s.verb.j, s.verb.j}
			for words.j < len(d.tok) && d.of[words.j] == t.sent && words.j-words.i <= maxSource && d.tok[words.j].Text != "," {
				words.j++
			}
		}
		if words.has(at.i) && !words.has(t.i) {
			return true
		}
	}
	return false
}

// inserted: a place stands between two commas before the telling, behind something
// else: "the officer, of the X brigade, was shot".
func (d *doc) inserted(t telling, at span) bool {
	const reach = 12 // tokens
	if at.i >= t.i {
		return false
	}
	opened, closed := false, false
	for k := at.i - 1; k >= max(at.i-reach, d.sentence(at.i).i+1); k-- {
		opened = opened || d.tok[k].Text == ","
	}
	for k := at.j; k < min(at.j+reach, t.i); k++ {
		closed = closed || d.tok[k].Text == ","
	}
	return opened && closed
}

// siteBefore fills in what the words before a mention say.
func (d *doc) siteBefore(t telling, m int, f *[siteFeatures]float64) {
	at, x, before := d.mentionI[m], &d.mentions[m], d.beforeKind(d.before(m))
	first := d.sentence(at.i).i
	versus := d.is(before, versus)
	switch {
	case versus && x.Locative == "":
		f[sVersus] = 1
	case d.is(before, locative) && d.w[before] != "by" || x.Locative != "":
		f[sIn] = 1
	case d.is(before, of) && before >= t.j && before-t.j <= 1:
		f[sOf] = 1
	case before == t.j-1 && t.has(before) && !t.trigger.Noun: // its object
		f[sObject] = 1
	case d.is(before, origin):
		f[sOrigin] = 1
	case d.is(before, destined):
		f[sDestined] = 1
	case d.is(before, goal):
		f[sGoal] = 1
	case d.is(before, of) && before > 0 && d.is(before-1, home|elsewhere):
		f[sHome] = 1
	}
	if d.agentPlace(m) { // who did it
		f[sBy] = 1
	}
	const opening = 2
	if e := d.extent(m).i; e-first <= opening && e < t.i {
		f[sFirst] = 1
		if f[sIn] > 0 {
			f[sFirst], f[sFront] = 0, 1
		}
	}
}

// beforeKind steps from the "of" at token k back over the kind of a place: "the
// southern port of X" stands where X does.
func (d *doc) beforeKind(k int) int {
	if _, kind := d.place.Kinds[d.word(k-1)]; !kind || !d.is(k, of) {
		return k
	}
	const adjectives = 3
	k -= 2
	for n := 0; n < adjectives && k > 0 && (d.is(k, definite|indefinite) || d.tok[k].Kind == lexicon.Word && d.class[k] == 0 && d.trigger.on(k) == nil && d.of[k] == d.of[k+1]); n++ {
		k--
	}
	return k
}

// siteBehind fills in what stands behind a mention.
func (d *doc) siteBehind(m int, f *[siteFeatures]float64) {
	at := d.mentionI[m]
	low := d.tok[at.j-1].Lower
	if strings.HasSuffix(low, "'s") || strings.HasSuffix(low, "’s") {
		f[sPossessive] = 1
	}
	k := d.extent(m).j
	if k < len(d.tok) && d.tok[k].Text == "," {
		f[sComma] = 1
	}
	if f[sPossessive] == 0 && k < len(d.tok) && d.of[k] == d.of[at.i] && d.tok[k].Kind == 0 && !d.capital(k) && d.class[k] == 0 && d.cue.on(k) == nil && d.trigger.on(k) == nil && d.dates.on(k) == nil && d.place.Kinds[d.tok[k].Lower].Kind == "" {
		f[sAttribute] = 1
	}
}

// holdsBeside reports whether a finer place lies in a mention's, of the few that
// stand around it in its sentence.
func (d *doc) holdsBeside(m int) bool {
	const near = 5 // mentions
	x := d.loc[m]
	for o := max(0, m-near); x != nil && o < min(len(d.mentions), m+near+1); o++ {
		y := d.loc[o]
		if o == m || y == nil || d.mentions[o].Dateline || d.mentions[o].Kind != d.mentions[m].Kind || d.of[min(d.mentionI[o].i, len(d.of)-1)] != d.of[d.mentionI[m].i] {
			continue
		}
		same := x.Place.ID == y.Place.ID && !d.lost[m] && !d.lost[o]
		if !same && d.reach(o) < d.reach(m) && d.meet(m, o) {
			return true
		}
	}
	return false
}

// mentionsBetween counts the mentions that stand between a span of tokens and a
// mention.
func (d *doc) mentionsBetween(s span, m int) int {
	pivot := sort.Search(len(d.mentionI), func(k int) bool { return d.mentionI[k].i >= s.i })
	if m < pivot {
		return pivot - 1 - m
	}
	return m - pivot
}

// readWeights reads into w the lines of a table that give each named feature its
// weight; every feature must be there once.
func readWeights(file, table string, names []string, w []float64) error {
	seen := map[string]bool{}
	for n, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		name, value, _ := strings.Cut(line, "\t")
		x, err := strconv.ParseFloat(value, 64)
		if err != nil || seen[name] {
			return fmt.Errorf("%s, line %d: %q is no weight, or %q is there twice", file, n+2, value, name)
		}
		seen[name] = true
		if k := slices.Index(names, name); k >= 0 {
			w[k] = x
		}
	}
	for _, name := range names {
		if !seen[name] {
			return fmt.Errorf("%s: there is no feature %q", file, name)
		}
	}
	return nil
}
