package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/lexicon"
)

// doc is a report cut into tokens and sentences with what the tables say of
// each token. Positions are indexes into tok.
type doc struct {
	rep      geo.Report
	words    *lexicon.EventWords
	place    *lexicon.PlaceWords
	tok      []lexicon.Token
	sent     []lexicon.Sentence
	of       []int // sentence of a token
	cut      []int // clause of a token, counted through the report
	quote    []bool
	caps     bool   // the text has no lower case to speak of
	headline []bool // by sentence: most of its words are capitalised, as in a headline
	title    int    // number of sentences of the headline
	compared []bool // by sentence: what another is compared with, see comparisons

	w     []string        // words as phrases want them: lower case, no possessive
	class []class         // of small words
	zone  []string        // subject matter that a phrase beginning here speaks of
	spoke map[string]bool // the subject matters of all the report, nil before they are asked

	trigger  marks[*lexicon.Trigger]
	casualty marks[lexicon.Casualty]
	person   marks[lexicon.Person]
	dates    marks[lexicon.DateWord]
	cue      marks[lexicon.Cue]
	modality marks[lexicon.Cue]
	actor    marks[lexicon.ActorName]

	known map[string]bool // words of the persons' names told in full; nil before it is asked

	numbers  []number
	numberAt []int32
	counts   []count
	times    []timex
	speech   []speech

	mentions []geoparse.Mention
	mentionI []span               // token spans of mentions
	mentionK []int32              // mention that covers a token + 1
	loc      []*geoparse.Location // of each mention, its own or that of the place it lies in
	home     int                  // mention of the place that the report names most, -1 where it names none
	lost     []bool               // the place itself is not known
	outlet   []bool               // the mention stands in the name of who publishes

	timesOf, mentionsOf, speechOf []span     // by sentence, the run of each that lies in it
	holds                         []bool     // the mention is the container of another
	reportedFrom                  int        // mention of the dateline, -1 where there is none
	told                          [][]teller // by sentence, the events that it tells

	shares   map[int][]*share // by sentence, see sharesIn; nil before it is asked
	notes    []string
	why      []map[string]float64 // of each draft
	noted    map[string]bool
	dateline geo.Day // of the dateline, empty where it gives none

	spoken      float64 // share of the sentences that speak for someone, -1 before it is asked
	datelineEnd int     // token at which the dateline ends, 0 where there is none
}

// span is a run of tokens: i up to but not including j.
type span struct{ i, j int }

func (s span) empty() bool          { return s.j <= s.i }
func (s span) has(k int) bool       { return s.i <= k && k < s.j }
func (s span) overlaps(t span) bool { return s.i < t.j && t.i < s.j }

// marks are the places where a table's phrases stand, at most one a token.
type marks[T any] struct {
	all []mark[T]
	at  []int32 // index into all + 1 of the mark that covers a token
}

type mark[T any] struct {
	span
	v T
}

func (m *marks[T]) add(s span, v T) {
	m.all = append(m.all, mark[T]{s, v})
	for k := s.i; k < s.j; k++ {
		m.at[k] = int32(len(m.all))
	}
}

// on gives the mark that covers a token, nil where there is none.
func (m *marks[T]) on(k int) *mark[T] {
	if k < 0 || k >= len(m.at) || m.at[k] == 0 {
		return nil
	}
	return &m.all[m.at[k]-1]
}

// find enters the longest phrases from left to right, without overlap.
func find[T any](table *lexicon.Phrases[T], words []string, m *marks[T]) {
	m.at = make([]int32, len(words))
	for i := 0; i < len(words); {
		values, n := table.At(words, i)
		if n == 0 {
			i++
			continue
		}
		m.add(span{i, i + n}, values[0])
		i += n
	}
}

func newDoc(rep geo.Report, l *lexicon.Language, mentions []geoparse.Mention) *doc {
	d := &doc{rep: rep, words: &l.Event, place: &l.Place, mentions: mentions, noted: map[string]bool{}, spoken: -1}
	d.tok = lexicon.Tokenize(rep.Text)
	n := len(d.tok)
	d.of, d.w, d.quote = make([]int, n), make([]string, n), make([]bool, n)
	lower := 0
	for k, t := range d.tok {
		d.w[k] = lexicon.Stem(t.Lower)
		if t.Kind == lexicon.Mark && isJoint(t.Text) {
			d.w[k] = "-"
		}
		if r, _ := utf8.DecodeRuneInString(t.Text); unicode.IsLower(r) {
			lower++
		}
	}
	d.caps = lower*20 < n
	d.sent = d.comparisons(short(l.Sentences(d.tok)))
	for s, sentence := range d.sent {
		for k := sentence.First; k < sentence.End; k++ {
			d.of[k] = s
		}
	}
	d.findHeadlines()
	d.markQuotes()
	d.mentions = d.withFacilities(d.mentions)
	d.mentionI = d.spansOf(d.mentions)
	d.placeMentions()
	d.lookUp()
	d.cutClauses()
	d.findNumbers()
	d.findTimes()
	d.findCounts()
	d.findSpeech()
	d.indexSentences()
	d.findTitle()
	d.findOutlet()
	d.locate()
	return d
}

// maxSentence is the number of tokens beyond which a sentence is cut: more than
// any that a person writes, few enough that a text without a full stop is read
// in time linear in its length.
const maxSentence = 250

// short cuts sentences that are longer than maxSentence.
func short(all []lexicon.Sentence) []lexicon.Sentence {
	out := make([]lexicon.Sentence, 0, len(all))
	for _, s := range all {
		for s.End-s.First > maxSentence {
			out = append(out, lexicon.Sentence{First: s.First, End: s.First + maxSentence, Paragraph: s.Paragraph})
			s.First += maxSentence
		}
		out = append(out, s)
	}
	return out
}

// findHeadlines marks the sentences of which two words in three are capitalised,
// and the others small words: what says more in lower case names many.
func (d *doc) findHeadlines() {
	d.headline = make([]bool, len(d.sent))
	for s, sentence := range d.sent {
		capitals, words, told := 0, 0, 0
		for k := sentence.First; k < sentence.End; k++ {
			if d.tok[k].Kind != lexicon.Word {
				continue
			}
			words++
			if _, small := d.words.Functions.At(d.w, k); d.tok[k].Capitalised() {
				capitals++
			} else if small == 0 {
				told++
			}
		}
		stopped := sentence.End > sentence.First && d.tok[sentence.End-1].Text == "."
		d.headline[s] = !d.caps && words > 4 && capitals*3 >= words*2 && (told == 0 || !stopped && told*4 <= words)
	}
}

func isJoint(mark string) bool {
	switch mark {
	case "-", "‐", "‑", "'", "’":
		return true
	}
	return false
}

// markQuotes marks the tokens between quotation marks, within a paragraph.
func (d *doc) markQuotes() {
	in := false
	for k, t := range d.tok {
		if k > 0 && t.Paragraph != d.tok[k-1].Paragraph {
			in = false
		}
		switch t.Text {
		case "“":
			in = true
		case "”":
			in = false
		case `"`:
			in = !in
		default:
			d.quote[k] = in
		}
	}
}

// spansOf finds the tokens of each mention.
func (d *doc) spansOf(mentions []geoparse.Mention) []span {
	spans := make([]span, len(mentions))
	k := 0
	for m, mention := range mentions {
		for k > 0 && (k >= len(d.tok) || d.tok[k].Rune > mention.Start) {
			k--
		}
		for k < len(d.tok) && d.runeEnd(k) <= mention.Start {
			k++
		}
		s := span{k, k}
		for s.j < len(d.tok) && d.tok[s.j].Rune < mention.End {
			s.j++
		}
		spans[m] = s
	}
	return spans
}

// placeMentions enters the mentions at their tokens.
func (d *doc) placeMentions() {
	d.mentionK = make([]int32, len(d.tok))
	for m, s := range d.mentionI {
		for k := s.i; k < s.j; k++ {
			d.mentionK[k] = int32(m + 1)
		}
	}
}

func (d *doc) runeEnd(k int) int {
	t := d.tok[k]
	if len(t.Text) == t.End-t.Start && isASCII(t.Text) {
		return t.Rune + len(t.Text)
	}
	return t.Rune + utf8.RuneCountInString(t.Text)
}

func isASCII(s string) bool {
	for k := 0; k < len(s); k++ {
		if s[k] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (d *doc) lookUp() {
	w := d.words
	d.findTriggers()
	find(&w.Casualties, d.w, &d.casualty)
	find(&w.Persons, d.w, &d.person)
	find(&w.Attribution, d.w, &d.cue)
	find(&w.Modality, d.w, &d.modality)
	find(&w.Dates, d.w, &d.dates)
	d.class = make([]class, len(d.w))
	d.zone = make([]string, len(d.w))
	told := 0 // words before it belong to a phrase of a domain
	for i := range d.w {
		if values, n := w.Functions.At(d.w, i); n > 0 {
			for _, v := range values {
				for k := i; k < i+n; k++ {
					d.class[k] |= classOf[v]
				}
			}
		}
		if values, n := w.Domains.At(d.w, i); n > 0 && i >= told && !d.insidePlace(i) {
			d.zone[i] = strings.Join(values, " ")
			if slices.Contains(values, "whole") {
				told = i + n // "coal mine" speaks of no mine that is laid
			}
		}
	}
	d.dropIdioms()
	d.findActors()                  // asks what the small words are
	for _, m := range d.actor.all { // the groups that the table of actors names
		if d.words.Actors[m.v.Actor].Kind == "group" {
			d.zone[m.i] = strings.TrimLeft(d.zone[m.i]+" group", " ")
		}
	}
}

// dropIdioms takes words of harm out of the phrases that tell of none, "killed
// their hopes", and those that only tell of some beside other words: "struck by a car".
func (d *doc) dropIdioms() {
	all := d.casualty.all
	d.casualty = marks[lexicon.Casualty]{at: make([]int32, len(d.w))}
	for _, m := range all {
		if t := d.trigger.on(m.i); (t == nil || t.v.Strength != "no") && d.tellsOfHarm(&m) {
			d.casualty.add(m.span, m.v)
		}
	}
}

// insidePlace: the word is one of a place's name of several, as the bank of the
// West Bank.
func (d *doc) insidePlace(k int) bool {
	m := int(d.mentionK[k]) - 1
	return m >= 0 && d.mentions[m].Location != nil && d.mentionI[m].j-d.mentionI[m].i > 1
}

// text of a span as written.
func (d *doc) text(s span) string {
	if s.empty() {
		return ""
	}
	return d.rep.Text[d.tok[s.i].Start:d.tok[s.j-1].End]
}

// quoteOf makes the quote of a field.
func (d *doc) quoteOf(field string, s span) geo.Quote {
	return geo.Quote{
		Report: d.rep.ID, Version: d.rep.Version, Field: field,
		Start: d.tok[s.i].Rune, End: d.runeEnd(s.j - 1), Text: d.text(s),
	}
}

// sentence gives the tokens of the sentence of token k.
func (d *doc) sentence(k int) span {
	s := d.sent[d.of[k]]
	return span{s.First, s.End}
}

func (d *doc) is(k int, c class) bool { return k >= 0 && k < len(d.class) && d.class[k]&c != 0 }

func (d *doc) word(k int) string {
	if k < 0 || k >= len(d.w) {
		return ""
	}
	return d.w[k]
}

// capital reports whether token k is a word that begins with a capital, in a
// text where that says something.
func (d *doc) capital(k int) bool {
	return k >= 0 && k < len(d.tok) && d.tok[k].Kind == lexicon.Word && d.tok[k].Capitalised()
}

func (d *doc) note(text string) {
	if !d.noted[text] {
		d.noted[text] = true
		d.notes = append(d.notes, text)
	}
}

// Language tells the language of a report's text among those that are read; ok is
// false where it is none of them, or too short to tell.
func Language(text string) (code string, ok bool) { return lexicon.Detect(text) }

// Languages lists the codes of the languages that reports are read in.
func Languages() []string { return lexicon.Codes() }

// WeakBar is the confidence below which a draft is weak: kept, and hidden unless
// it is asked for.
func WeakBar() float64 { return weakBar }
