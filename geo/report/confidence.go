package report

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"dateline/geo"
)

// feature is what a draft's confidence is made of, by the number of its weight
// in confidence.tsv.
type feature int

// The features of a draft.
const (
	fBias        feature = iota // always
	fOwnPlace                   // has a place that is not the dateline's
	fDateline                   // has only the dateline's place
	fPlaceSure                  // confidence of its place
	fPinned                     // the place is no district, region, country or water
	fPlaceBeside                // the place stands in the sentence that tells it
	fDay                        // has a first day
	fDayBeside                  // a day stands in the sentence that tells it
	fToll                       // a toll is claimed
	fKilled                     // dead are claimed
	fNamed                      // persons are named
	fActor                      // actors are named
	fSure                       // the trigger needs nothing beside it
	fVerb                       // the trigger is a verb
	fPlural                     // told as several
	fNew                        // "a strike"
	fBack                       // "the strike"
	fOften                      // logarithm of how often it is told
	fEarly                      // told in the first three sentences
	fLate                       // share of the report before it is told
	fAgain                      // logarithm of how many of its kind were told before
	fOthers                     // logarithm of how many drafts the report has
	fGeneral                    // of a general kind of violence
	fBattle                     // of the group battle
	fCrime                      // of the groups crime and strategic
	fProtest                    // of the groups protest and riot
	fCapitals                   // in a text of capitals
	fHistorical                 // told as history
	fLead                       // told in the first sentence
	fPast                       // a verb in the past
	fInfinitive                 // "to attack"
	fQuoted                     // the trigger stands in a quotation
	fHours                      // has an hour of the day
	fRefined                    // the type comes from what the sentence speaks of
	fLost                       // the place itself is not known, only what it lies in
	fLength                     // logarithm of the report's length in words, over 10
	fContext                    // the place comes from another sentence
	fCasualty                   // the trigger says only that people came to harm
	fSources                    // someone is named as saying so
	fBare                       // neither a place, a day nor a toll of its own
	fGeneric                    // several in general: "kidnappings"
	fSpeaker                    // "we", "our", "you" in the sentence
	fSpeech                     // share of the sentences with such a word
	fOpinion                    // the text begins by saying that it is an opinion, an interview or a speech
	fOld                        // logarithm of the days before publication, over 5
	fCoarse                     // the day is a month or a year
	fUnder                      // in a subordinate clause
	fPresent                    // "is attacking", "attacks"
	fCompany                    // logarithm of what the sentence gives that something happened
	fTollBeside                 // a toll stands in the sentence that tells it
	featureCount
)

var featureNames = [featureCount]string{"bias", "own_place", "dateline", "place_sure", "pinned", "place_beside", "day", "day_beside", "toll", "killed",
	"named", "actor", "sure", "verb", "plural", "new", "back", "often", "early", "late", "again", "others", "general", "battle", "crime", "protest", "capitals", "historical",
	"lead", "past", "infinitive", "quoted", "hours", "refined", "lost", "length", "context", "casualty", "sources",
	"bare", "generic", "speaker", "speech", "opinion", "old", "coarse", "under", "present", "company", "toll_beside"}

//go:embed confidence.tsv
var confidenceTSV string

// confidenceWeights are those of confidence.tsv, which .ci/fit_confidence.py
// writes.
var confidenceWeights = sync.OnceValue(func() [featureCount]float64 {
	var w [featureCount]float64
	if err := readWeights("confidence.tsv", confidenceTSV, featureNames[:], w[:]); err != nil {
		panic(err) // a test reads the embedded table
	}
	return w
})

// notAsserted is what a draft's log-odds lose that did not happen, or not yet:
// it is no incident to show unasked.
const notAsserted = 3

// confidence is the share of drafts like this one that are an event with its
// type, day, place or toll right.
func (d *doc) confidence(e *event, i *geo.Incident, before, all int) (float64, map[string]float64) {
	f := d.features(e, i, before, all)
	sum, told := 0.0, map[string]float64{}
	for k, x := range f {
		sum += x * confidenceWeights()[k]
		if x != 0 {
			told[featureNames[k]] = math.Round(1000*x) / 1000
		}
	}
	if e.modality != geo.Asserted && e.modality != geo.Historical {
		sum -= notAsserted
	}
	return math.Round(1000/(1+math.Exp(-sum))) / 1000, told
}

// features of a draft; before is how many drafts of its kind stand before it, all
// how many the report has.
func (d *doc) features(e *event, i *geo.Incident, before, all int) (f [featureCount]float64) {
	first := e.tellings[0]
	set := func(k feature, on bool) {
		if on {
			f[k] = 1
		}
	}
	f[fBias] = 1
	if len(e.sites) > 0 {
		m := &d.mentions[e.sites[0]]
		set(fOwnPlace, !m.Dateline)
		set(fDateline, m.Dateline)
		if l := d.loc[e.sites[0]]; l != nil {
			f[fPlaceSure] = l.Confidence
			set(fPinned, l.Precision.Pinned())
		}
		set(fPlaceBeside, d.of[d.mentionI[e.sites[0]].i] == first.sent)
	}
	set(fDay, e.when.Start != "")
	set(fDayBeside, d.dayNear(first) != nil)
	set(fToll, len(e.claims) > 0)
	set(fKilled, i.Tolls.Killed.Stated())
	set(fNamed, len(e.named) > 0)
	set(fActor, len(e.actors) > 0)
	set(fSure, first.trigger.Strength == "sure")
	set(fVerb, !first.trigger.Noun)
	set(fPlural, first.plural)
	set(fNew, first.new)
	set(fBack, first.back)
	f[fOften] = math.Log(float64(len(e.tellings)))
	set(fEarly, first.sent < 3)
	f[fLate] = float64(first.i) / float64(len(d.tok))
	f[fAgain], f[fOthers] = math.Log(float64(before+1)), math.Log(float64(all))
	group, _ := geo.EventTypeByCode(e.kind)
	set(fGeneral, general[e.kind])
	set(fBattle, group.Group == "battle")
	set(fCrime, group.Group == "crime" || group.Group == "strategic")
	set(fProtest, group.Group == "protest" || group.Group == "riot")
	set(fCapitals, d.caps)
	set(fHistorical, e.modality == geo.Historical)
	set(fLead, first.sent == 0)
	set(fPast, !first.trigger.Noun && (strings.HasSuffix(d.tok[first.i].Lower, "ed") || d.passive(first.i)))
	set(fInfinitive, !first.trigger.Noun && d.word(first.i-1) == "to")
	set(fQuoted, d.quote[first.i])
	set(fHours, e.when.TimeText != "")
	set(fRefined, strings.HasPrefix(first.trigger.Sense, "~"))
	if len(e.sites) > 0 {
		set(fLost, d.lost[e.sites[0]])
		set(fContext, !slices.ContainsFunc(e.tellings, func(t telling) bool { return t.sent == d.of[d.mentionI[e.sites[0]].i] }))
	}
	f[fLength] = math.Log(float64(len(d.tok))) / 10
	set(fCasualty, first.casualty)
	set(fSources, slices.ContainsFunc(e.claims, func(c claim) bool { return c.by != "" }))
	d.setting(e, i, &f)
	return f
}

// setting is what the text around says of a draft: whether it reports or talks.
func (d *doc) setting(e *event, i *geo.Incident, f *[featureCount]float64) {
	first := e.tellings[0]
	set := func(k feature, on bool) {
		if on {
			f[k] = 1
		}
	}
	beside := slices.ContainsFunc(e.claims, func(c claim) bool { return d.of[c.i] == first.sent })
	set(fTollBeside, beside)
	set(fBare, f[fOwnPlace] == 0 && f[fDayBeside] == 0 && !beside)
	before := first.i - 1
	set(fGeneric, first.plural && !first.new && !first.back && d.numberOn(before) == nil && !d.is(before, definite|indefinite))
	s := d.sentence(first.i)
	set(fSpeaker, d.spokenIn(s))
	f[fSpeech] = d.speechShare()
	const opening = 60
	set(fOpinion, slices.Contains(d.domains(span{0, min(opening, len(d.tok))}), "opinion"))
	if d.rep.Published != "" && e.when.End != "" && e.when.Start != "" {
		if days := d.pub().Time().Sub(e.when.End.Time()).Hours() / 24; days > 7 {
			f[fOld] = math.Log(days) / 5
		}
	}
	set(fCoarse, e.when.Start != "" && (e.when.Precision == geo.ByMonth || e.when.Precision == geo.ByYear))
	clause := d.clauseOf(first.i)
	set(fUnder, d.is(clause.i, subordinator))
	word := d.tok[first.i].Lower
	set(fPresent, !first.trigger.Noun && f[fInfinitive] == 0 && (strings.HasSuffix(word, "s") || strings.HasSuffix(word, "ing")))
	f[fCompany] = math.Log(float64(first.company + 1))
}

func (d *doc) spokenIn(s span) bool {
	for k := s.i; k < s.j; k++ {
		if d.is(k, speaker) {
			return true
		}
	}
	return false
}

// speechShare is the share of the sentences that speak for someone.
func (d *doc) speechShare() float64 {
	if d.spoken < 0 {
		n := 0
		for _, s := range d.sent {
			if d.spokenIn(span{s.First, s.End}) {
				n++
			}
		}
		d.spoken = float64(n) / float64(max(1, len(d.sent)))
	}
	return d.spoken
}
