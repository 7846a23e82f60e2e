package report

import (
	"slices"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// telling is one place where the report tells an event.
type telling struct {
	span
	trigger  *lexicon.Trigger
	kind     string // event type
	sent     int
	clause   int
	back     bool // points back at an event: "the strike", "Thursday's attack"
	new      bool // brings a new one: "a strike"
	plural   bool
	casualty bool // the trigger says only that people came to harm
	company  int  // what the sentence gives that something happened
	modality geo.Modality
}

// findTriggers finds the words that tell events; where a form is noun and verb
// the words around it decide.
func (d *doc) findTriggers() {
	table := &d.words.Triggers
	d.trigger.at = make([]int32, len(d.w))
	for i := 0; i < len(d.w); {
		values, n := table.At(d.w, i)
		if n == 0 {
			i++
			continue
		}
		v := values[0]
		if len(values) == 1 && !v.Noun && i > 0 && d.tok[i-1].Kind == lexicon.Number && strings.HasSuffix(d.w[i+n-1], "s") {
			i += n // "140 pounds"
			continue
		}
		if len(values) > 1 {
			noun := d.nounLike(i, i+n)
			for _, one := range values {
				if one.Noun == noun {
					v = one
					break
				}
			}
		}
		d.trigger.add(span{i, i + n}, v)
		i += n
	}
}

// nounLike reports whether the word at i stands where a noun does.
func (d *doc) nounLike(i, end int) bool {
	if i == 0 {
		return true
	}
	before := d.tok[i-1].Lower
	if d.plays(i-1, "beforenoun") || strings.HasSuffix(before, "'s") || d.tok[i-1].Kind == lexicon.Number {
		return true
	}
	if d.plays(end, "behindnoun") {
		return !d.plays(i-1, "beforeverb") && !strings.HasSuffix(before, "ly")
	}
	return strings.HasSuffix(before, "n") || strings.HasSuffix(before, "i") || strings.HasSuffix(before, "ed") || strings.HasSuffix(before, "al")
}

// plays reports whether the word at k is one of a class of event-function.tsv,
// before the classes of all words are set.
func (d *doc) plays(k int, class string) bool {
	if k < 0 || k >= len(d.w) {
		return false
	}
	values, n := d.words.Functions.At(d.w[k:k+1], 0)
	return n == 1 && slices.Contains(values, class)
}

// tellings lists what the report tells, in the order of the text.
func (d *doc) tellings() []telling {
	var all []telling
	for k := range d.trigger.all {
		m := &d.trigger.all[k]
		t, ok := d.telling(m)
		if ok {
			all = append(all, t)
		}
	}
	return onlyAlone(all)
}

// onlyAlone drops what tells of movements ("entered the town") where its sentence
// tells of something else, which they led to.
func onlyAlone(all []telling) []telling {
	other := map[int]bool{} // sentences that tell something else
	for _, t := range all {
		if t.trigger.Strength != "alone" {
			other[t.sent] = true
		}
	}
	return slices.DeleteFunc(all, func(t telling) bool { return t.trigger.Strength == "alone" && other[t.sent] })
}

func (d *doc) telling(m *mark[*lexicon.Trigger]) (telling, bool) {
	t := telling{span: m.span, trigger: m.v, sent: d.of[m.i], clause: d.cut[m.i]}
	if m.v.Strength == "no" || m.v.Sense == "-" || d.inName(m.span) || d.inTime(m.span) {
		return t, false
	}
	t.casualty = m.v.Sense == "~kill" || m.v.Sense == "~die" || m.v.Sense == "~death" || m.v.Sense == "~killed" || m.v.Sense == "~wound"
	if t.casualty && d.ofWar(m.span) || d.underWay(m.span) {
		return t, false
	}
	t.kind = d.senseOf(m)
	if m.v.Sense == "~capture" || m.v.Sense == "~oust" {
		t.kind = d.taken(m, t.kind)
	}
	t.plural = m.v.Noun && strings.HasSuffix(d.w[m.j-1], "s")
	t.determine(d)
	if t.kind == "-" || t.kind == "" {
		if !t.back && !t.casualty {
			return t, false
		}
		t.kind = ""
	}
	if m.v.Strength == "ref" {
		t.back = true
	}
	var silent bool
	t.modality, silent = d.modalityOf(m.span)
	if silent {
		return t, false
	}
	if d.play(m.i) {
		return t, false
	}
	t.company = d.company(m)
	if (m.v.Strength == "need" || m.v.Strength == "alone") && !t.back && t.company < d.enough(m) {
		return t, false
	}
	return t, true
}

// inTime: a trigger that is part of a day ("29 March"), or the name of a month
// that stands as one: "in March", "last March".
func (d *doc) inTime(s span) bool {
	for _, x := range d.timesIn(d.of[s.i]) {
		if x.overlaps(s) && !x.rel {
			return true
		}
	}
	if s.j-s.i > 1 || d.dates.on(s.i) == nil || d.dates.on(s.i).v.Kind != "month" {
		return false
	}
	if !d.caps && !d.capital(s.i) {
		return false
	}
	if d.capital(s.i) && !d.caps && s.i != d.sentence(s.i).i {
		return true
	}
	if w := d.dates.on(s.i - 1); w != nil {
		return true // "last March", "early March"
	}
	switch d.word(s.i - 1) {
	case "in", "of", "since", "during", "until", "by", "from", "between", "late", "early", "mid", "last", "this", "next":
		return d.word(s.j) != "of" && d.word(s.j) != "on"
	}
	return d.numberOn(s.i-1) != nil || d.tok[max(s.i-1, 0)].Kind == lexicon.Number || s.j < len(d.tok) && d.tok[s.j].Kind == lexicon.Number
}

// inName: a trigger inside a capitalised name ("Strike Force", "Storm Daniel" is
// told by its table entry) or a compound such as "Israel-Hamas war" is none.
func (d *doc) inName(s span) bool {
	if d.caps || !d.capital(s.i) || d.tok[s.i].Start == d.tok[d.sentence(s.i).i].Start {
		return false
	}
	return d.capital(s.i-1) && d.of[s.i-1] == d.of[s.i] && d.capital(s.j)
}

// determine reads the words before a noun: definite ones point back.
func (t *telling) determine(d *doc) {
	if !t.trigger.Noun {
		return
	}
	if d.words.Definite(d.w[t.i]) || d.words.FreeOrder && d.objectOfClaim(t.i) {
		t.back = true
		return
	}
	for k := t.i - 1; k >= 0 && t.i-k <= 6 && d.of[k] == t.sent; k-- {
		switch {
		case d.word(k) == "a" || d.word(k) == "an" || d.word(k) == "another":
			t.new = true
			return
		case d.word(k) == "the" || d.word(k) == "this" || d.word(k) == "that" || d.word(k) == "these" || d.word(k) == "those":
			t.back = k == t.i-1 || d.word(k) != "the"
			if t.back && t.casualty && d.word(k) == "the" && d.is(t.j, of) && (d.word(t.j+1) == "a" || d.word(t.j+1) == "an") {
				t.new = true // "the killing of a man", of whom nothing was told
			}
			return
		case d.dates.on(k) != nil && d.dates.on(k).v.Kind == "weekday" && strings.HasSuffix(d.tok[k].Lower, "'s"):
			t.back = true
			return
		case d.tok[k].Kind == lexicon.Mark && d.w[k] != "-" || d.is(k, be|have|conjunction|subordinator):
			return
		}
	}
}

// objectOfClaim: what someone claims, denies or accuses another of was told before.
func (d *doc) objectOfClaim(k int) bool {
	for at := max(k-4, d.sentence(k).i); at < k; at++ {
		if c := d.cue.on(at); c != nil && (c.v.Class == "claim" || c.v.Class == "accuse" || c.v.Class == "deny") {
			return true
		}
	}
	return false
}

// enough company for a trigger that needs it; a verb in the past says more by
// itself than a noun.
func (d *doc) enough(m *mark[*lexicon.Trigger]) int {
	if !m.v.Noun && !d.words.Fixed() { // its table has verbs only in the forms that tell
		return 1
	}
	if !m.v.Noun && (strings.HasSuffix(d.tok[m.i].Lower, "ed") || d.is(m.i-1, be)) {
		return 1
	}
	return 2
}

// company counts what the sentence gives a trigger to say that something
// happened: harm to people, a place, a day, an armed actor.
func (d *doc) company(m *mark[*lexicon.Trigger]) int {
	s := d.sentence(m.i)
	score := 0
	for k := s.i; k < s.j; k++ {
		if m.has(k) {
			continue
		}
		switch {
		case d.harmOn(k):
			score += 2
		case d.mentionK[k] > 0 && (d.loc[d.mentionK[k]-1] != nil || d.lost[d.mentionK[k]-1]) && d.mentions[d.mentionK[k]-1].Kind != "demonym":
			score += 1
		case d.dates.on(k) != nil && (d.dates.on(k).v.Kind == "weekday" || d.dates.on(k).v.Kind == "relative"):
			score += 1
		case d.actor.on(k) != nil:
			score += 1
		case d.numberOn(k) != nil && d.numberOn(k).i == k && d.person.on(d.numberOn(k).j) != nil:
			score += 1
		}
	}
	for _, z := range d.domains(s) {
		if z == "missile" || z == "drone" || z == "artillery" || z == "bomb" || z == "bombs" {
			score++
			break
		}
	}
	for _, x := range d.timesIn(d.of[m.i]) {
		if !x.text && (d.dates.on(x.i) == nil || d.dates.on(x.i).v.Kind != "weekday" && d.dates.on(x.i).v.Kind != "relative") && !m.overlaps(x.span) {
			score++
			break
		}
	}
	return score
}

// monthName: the word at k is the name of a month: "in early May", which allows
// nothing.
func (d *doc) monthName(k int) bool {
	x := d.dates.on(k)
	return x != nil && x.v.Kind == "month" && !d.caps && d.capital(k) && k > d.sentence(k).i
}

// play: a sentence of sport, film or drill in which nobody comes to harm.
func (d *doc) play(k int) bool {
	s := d.sentence(k)
	zones := d.domains(s)
	if !slices.Contains(zones, "sport") && !slices.Contains(zones, "film") && !slices.Contains(zones, "drill") {
		return false
	}
	for i := s.i; i < s.j; i++ {
		if c := d.casualty.on(i); c != nil && c.v.Measure != "abducted" && c.v.Grammar != "lives" {
			return false
		}
	}
	return true
}

// modalityOf reads the cues of a trigger's clause; silent is for drills, films
// and the like, which are no events at all.
func (d *doc) modalityOf(s span) (m geo.Modality, silent bool) {
	const reach = 7
	clause := d.clauseOf(s.i)
	for k := max(clause.i, s.i-reach); k < min(clause.j, s.j+reach); k++ {
		c := d.modality.on(k)
		if c == nil || c.overlaps(s) || d.monthName(k) {
			continue
		}
		before := c.j <= s.i
		switch c.v.Grammar {
		case "before":
			if !before {
				continue
			}
		case "after":
			if before {
				continue
			}
		case "verb": // "due to attack", not "due to attacks"
			if t := d.trigger.on(s.i); !before || t != nil && t.v.Noun {
				continue
			}
		case "adjacent":
			if !before || s.i-c.j > 1 {
				continue
			}
		case "bare": // "survivors of rape", not "survivors of the rape"
			if c.j != s.i {
				continue
			}
		case "near":
			if c.i-s.j > 2 || s.i-c.j > 2 {
				continue
			}
		}
		switch c.v.Class {
		case "none":
			return "", true
		case "planned", "hypothetical", "denied", "historical":
			return geo.Modality(c.v.Class), false
		}
	}
	return geo.Asserted, false
}
