package report

import (
	"dateline/geo"
	"dateline/geo/lexicon"
)

// slack is how many days a coarse day may be off.
var slack = map[geo.DatePrecision]int{geo.ByWeek: 4, geo.ByMonth: 20, geo.ByYear: 200}

// otherDays: two spans of days that can't be the same, also where one is coarse.
func otherDays(a, b geo.When) bool {
	if a.Start == "" || b.Start == "" {
		return false
	}
	n := max(slack[a.Precision], slack[b.Precision])
	return b.End.Add(n) < a.Start || a.End.Add(n) < b.Start
}

// dayNear is the time that a telling's sentence gives, the nearest in its clause
// first; hours apart.
func (d *doc) dayNear(t telling) *timex {
	var best *timex
	least, spoken := 1000, false
	for k := d.timesOf[t.sent].i; k < d.timesOf[t.sent].j; k++ {
		x := &d.times[k]
		if x.text || d.of[x.i] != t.sent {
			continue
		}
		gap := max(x.i-t.j, t.i-x.j, 0)
		if x.i < t.i && d.ofAftermath(x.span, t) {
			continue
		}
		if x.i < d.datelineEnd {
			gap += 100
		}
		if d.cut[x.i] != t.clause {
			if d.ofJustice(x.i, t) {
				continue
			}
			gap += 12
			if !d.words.Fixed() && d.ofSpeech(x) {
				spoken = true
				continue
			}
		}
		if d.ofRise(x) {
			continue
		}
		if d.ofSaying(x) {
			gap += 40
		}
		if gap < least {
			best, least = x, gap
		}
	}
	if spoken && best != nil && best.i < d.datelineEnd {
		return nil // the dateline's day is that of speaking, too
	}
	return best
}

// ofRise: the day is that on which a count rose: "rose to 151 on Saturday, up from 111
// on Friday".
func (d *doc) ofRise(x *timex) bool {
	k := x.i - 1
	if d.is(k, locative) {
		k--
	}
	n := d.numberOn(k)
	if n == nil || n.i < 2 {
		return false
	}
	return d.is(n.i-1, goal|origin|upto) && (d.is(n.i-2, rise) || d.word(n.i-2) == "up" || d.word(n.i-2) == "down")
}

// ofSaying: the day follows the word of saying or stands right before it:
// "officials said on Saturday", "the army on Saturday confirmed".
func (d *doc) ofSaying(x *timex) bool {
	k := x.i - 1
	if d.is(k, locative) {
		k--
	}
	after := x.j
	if d.is(after, have) {
		after++
	}
	return d.says(k, x.i) || d.says(after, x.i) && x.i > d.sentence(x.i).i+1
}

// says: token k is a verb of saying in the sentence of token of.
func (d *doc) says(k, of int) bool {
	c := d.cue.on(k)
	return c != nil && c.v.Class == "say" && c.v.Grammar == "verb" && d.of[k] == d.of[of]
}

// speechReach is the number of tokens between a word of saying and its day.
const speechReach = 10

// ofSpeech: in an order that is not fixed, who says may stand between the word of
// saying and its day, and the day before both: "said the ministry on Saturday",
// "on Saturday said the mayor".
func (d *doc) ofSpeech(x *timex) bool {
	s := d.clauseOf(x.i)
	for k := max(s.i, x.i-speechReach); k < min(s.j, x.j+2); k++ {
		if c := d.cue.on(k); c != nil && c.v.Class == "say" && !x.has(k) {
			return true
		}
	}
	return false
}

// ofJustice: the day stands in a clause that tells what the courts and the police
// did of it later: "was charged on Friday after shooting his neighbour".
func (d *doc) ofJustice(k int, t telling) bool {
	s := d.clauseOf(k)
	for i := s.i; i < s.j; i++ {
		if c := d.cue.on(i); c != nil && c.v.Class == "justice" {
			return true
		}
		if m := d.trigger.on(i); m != nil && m.v.Sense == "arrest" && !t.has(i) && t.kind != "arrest" {
			return true
		}
	}
	return false
}

// ofAftermath: what stands before a telling is of what was said or done about it
// afterwards: the day of "the government on Monday condemned the killing of a
// priest", no day of the killing. What belongs to the telling's own words ("Monday's
// killing") is its own.
func (d *doc) ofAftermath(s span, t telling) bool {
	first := d.phraseOf(t)
	if s.i >= first {
		return false
	}
	for k := d.sentence(t.i).i; k < first; k++ {
		if c := d.cue.on(k); c != nil && (c.v.Class == "aftermath" || c.v.Class == "about") && c.j <= first && first-c.j <= aftermathReach && s.i <= c.j+1 {
			return true
		}
	}
	return false
}

// aftermathReach is the number of tokens between a word of the aftermath and the
// phrase that tells what it is about: "condemned on Monday the killing".
const aftermathReach = 4

// phraseLength bounds the words of a noun's phrase before it.
const phraseLength = 5

// phraseOf is the token at which the phrase of a telling's noun begins, or that of
// the people whose fate it tells: "[the killing]", "[ten people] killed in".
func (d *doc) phraseOf(t telling) int {
	first := t.i
	for k := t.i - 1; k >= max(d.sentence(t.i).i, t.i-phraseLength); k-- {
		if d.is(k, locative|conjunction|subordinator|be|have|modal|of) || d.cue.on(k) != nil || d.tok[k].Kind == lexicon.Mark && d.w[k] != "-" {
			break
		}
		first = k
		if d.is(k, definite|indefinite) {
			break
		}
	}
	if !t.trigger.Noun && (first == t.i || d.person.on(t.i-1) == nil) {
		return d.sentence(t.i).i // a verb of its own
	}
	return first
}

// ofDeath: the telling says when someone died, which may be days after.
func ofDeath(t telling) bool { return t.trigger.Sense == "~death" }

// date gives events their days: from their tellings, from other events ("two
// days after"), else on or before the day of publication.
func (d *doc) date(events []*event) {
	for k := range d.times {
		x := &d.times[k]
		if x.rel {
			d.dateByOther(x)
		}
	}
	for _, e := range events {
		d.since(e)
		d.hoursOf(e)
		if e.when.Start == "" && e.when.End == "" && d.rep.Published != "" {
			e.when.End = d.pub()
			e.when.Precision = geo.DateUnknown
		}
	}
}

// dateByOther: "A comes two days after B" and "two days after B, A".
func (d *doc) dateByOther(x *timex) {
	var behind, other *event // told right after the words, and told elsewhere in the sentence
	for _, told := range d.told[d.of[x.i]] {
		e := told.event
		if told.telling.i >= x.j && (behind == nil || behind == e) {
			behind = e
		} else if behind != e {
			other = e
		}
	}
	if behind == nil || other == nil || behind == other {
		return
	}
	switch {
	case other.when.Start != "" && behind.when.Start == "":
		day := other.when.Start.Add(-x.after)
		behind.when, behind.whenSpan = geo.When{Start: day, End: day, Precision: geo.ByDay}, x.span
	case behind.when.Start != "" && other.when.Start == "":
		day := behind.when.Start.Add(x.after)
		other.when, other.whenSpan = geo.When{Start: day, End: day, Precision: geo.ByDay}, x.span
	}
}

// since: "since October 7" begins a span of days that goes on to publication.
func (d *doc) since(e *event) {
	if e.whenSpan.empty() || d.pub() == "" || e.when.Start == "" || d.comparedOnly(e) || d.behindWhen(e) {
		return
	}
	s := d.sentence(e.whenSpan.i)
	for k := max(s.i, e.whenSpan.i-14); k < e.whenSpan.i; k++ {
		if d.word(k) == "since" {
			e.when.End = max(d.pub(), e.when.Start)
			return
		}
	}
}

// hoursOf keeps the first hour that a clause of the event names.
func (d *doc) hoursOf(e *event) {
	first := len(d.times)
	for _, t := range e.tellings {
		run := d.timesOf[t.sent]
		for k := run.i; k < min(run.j, first); k++ {
			if d.times[k].text && d.cut[d.times[k].i] == t.clause {
				first = k
			}
		}
	}
	if first < len(d.times) && e.timeSpan.empty() {
		e.timeSpan, e.when.TimeText = d.times[first].span, d.text(d.times[first].span)
	}
}
