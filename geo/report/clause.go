package report

// class is the set of classes of a small word.
type class uint64

// The classes of small words, as event-function.tsv names them.
const (
	locative class = 1 << iota
	origin
	goal
	of
	subordinator
	conjunction
	definite
	indefinite
	be
	have
	modal
	negation
	pronoun
	including
	adverb
	force
	against
	home
	elsewhere
	speaker
	possessive
	campaign
	began
	carried
	destined
	versus
	witness
	ages
	doer
	separate
	spread
	incidents
	hospital
	reflexive
	between
	yearly
	upto
	agent
	becomes
	quarter
	police
	block
	rise
)

var classOf = map[string]class{
	"locative": locative, "origin": origin, "goal": goal, "of": of, "subordinator": subordinator,
	"conjunction": conjunction, "definite": definite, "indefinite": indefinite, "be": be, "have": have,
	"modal": modal, "negation": negation, "pronoun": pronoun, "including": including, "adverb": adverb, "force": force, "against": against,
	"home": home, "elsewhere": elsewhere, "speaker": speaker, "possessive": possessive, "campaign": campaign, "began": began, "carried": carried, "destined": destined, "versus": versus, "witness": witness, "ages": ages, "doer": doer,
	"between": between, "upto": upto, "yearly": yearly,
	"separate": separate, "spread": spread, "incidents": incidents, "hospital": hospital, "reflexive": reflexive, "agent": agent, "becomes": becomes,
	"quarter": quarter, "police": police, "block": block, "rise": rise,
}

// cutClauses numbers the clauses: a sentence, a subordinating word, a semicolon,
// a dash or a comma followed by a conjunction begins a new one.
func (d *doc) cutClauses() {
	d.cut = make([]int, len(d.tok))
	n := 0
	for k := range d.tok {
		if k > 0 && (d.of[k] != d.of[k-1] || d.beginsClause(k)) {
			n++
		}
		d.cut[k] = n
	}
}

func (d *doc) beginsClause(k int) bool {
	switch d.tok[k-1].Lower {
	case ";", "–", "—", ":":
		return true
	case ",":
		return d.is(k, subordinator) || d.w[k] == "and" || d.w[k] == "leaving" || d.cue.on(k) != nil
	}
	if d.w[k] == "that" && d.cue.on(k-1) == nil {
		return false
	}
	return d.is(k, subordinator) && !d.is(k-1, subordinator)
}

// clauseOf gives the tokens of the clause of token k.
func (d *doc) clauseOf(k int) span {
	s := span{k, k + 1}
	for s.i > 0 && d.cut[s.i-1] == d.cut[k] {
		s.i--
	}
	for s.j < len(d.cut) && d.cut[s.j] == d.cut[k] {
		s.j++
	}
	return s
}

// speech is one "X said": who speaks and in which tokens the word of saying stands.
type speech struct {
	verb  span
	by    span // who says so, empty where nothing names them
	class string
	sent  int
}

// maxSource bounds the words of a source's name.
const maxSource = 9

// findSpeech finds who says what.
func (d *doc) findSpeech() {
	for _, m := range d.cue.all {
		c := m.v.Class
		switch c {
		case "say", "source", "claim", "accuse", "deny", "noanswer", "aftermath":
		default:
			continue
		}
		s := speech{verb: m.span, class: c, sent: d.of[m.i]}
		switch {
		case m.v.Grammar == "preposition":
			s.by = d.nounAfter(m.j)
		case m.v.Grammar == "passive":
			if d.word(m.j-1) == "by" {
				s.by = d.nounAfter(m.j)
			}
		default:
			if !d.words.VerbFirst {
				s.by = d.subjectBefore(m.i)
			}
			if s.by.empty() && (c == "say" || d.words.VerbFirst) {
				s.by = d.nounAfter(m.j)
			}
			if d.words.VerbFirst && c == "claim" && !d.namesActor(s.by) { // a headline has its subject first
				if before := d.subjectBefore(m.i); d.namesActor(before) {
					s.by = before
				}
			}
		}
		d.speech = append(d.speech, s)
	}
}

// namesActor reports whether an actor of the table stands in a run of tokens.
func (d *doc) namesActor(s span) bool {
	_, id := d.actorNamed(s)
	return id != ""
}

// nounAfter gives the name or noun phrase that begins at k.
func (d *doc) nounAfter(k int) span {
	s := span{k, k}
	for s.j < len(d.tok) && s.j-s.i < maxSource && d.of[s.j] == d.of[max(k-1, 0)] {
		t := d.tok[s.j]
		if t.Kind == 2 && d.w[s.j] != "-" || d.is(s.j, subordinator|be|have|modal) || d.cue.on(s.j) != nil && s.j > k ||
			d.dates.on(s.j) != nil && d.dates.on(s.j).v.Kind == "weekday" || s.j > k && d.is(s.j, goal|locative) {
			break
		}
		s.j++
	}
	return d.trim(s)
}

// subjectBefore gives the noun phrase that ends before the verb at k: back to a
// comma or the beginning of the sentence, what stands between dashes or
// brackets left out.
func (d *doc) subjectBefore(k int) span {
	first := d.sentence(k).i
	end := k
	for end > first && (d.is(end-1, have|modal|adverb|negation|be) || d.w[end-1] == "also") {
		end--
	}
	i := end
	for i > first && end-i < 3*maxSource {
		switch d.tok[i-1].Text {
		case ")", "–", "—":
			open := d.opening(i-1, first)
			if open < 0 {
				return d.trimSubject(span{i, end})
			}
			i, end = open, open
			continue
		case ",", ";", ":", `"`, "”", "“", ".":
			if i == end && d.tok[i-1].Text == "," {
				if open := d.commaBefore(i-1, first); open >= 0 {
					i, end = open, open
					continue
				}
			}
			return d.trimSubject(span{i, end})
		}
		if d.is(i-1, subordinator) || d.is(i-1, conjunction) && d.cue.on(i) == nil && end-i > 3 {
			break
		}
		i--
	}
	return d.trimSubject(span{i, end})
}

// commaBefore finds the comma that opens the apposition which the comma at k closes.
func (d *doc) commaBefore(k, first int) int {
	for i := k - 1; i >= first && k-i < 10; i-- {
		if d.tok[i].Text == "," {
			return i
		}
		if d.tok[i].Text == "”" || d.tok[i].Text == `"` {
			return -1
		}
	}
	return -1
}

// opening finds what opens the bracket or dash at k.
func (d *doc) opening(k, first int) int {
	want := "("
	if d.tok[k].Text != ")" {
		want = d.tok[k].Text
	}
	for i := k - 1; i >= first; i-- {
		if d.tok[i].Text == want {
			return i
		}
	}
	return -1
}

// trimSubject keeps the last maxSource words at the most and drops a source
// that is a whole clause.
func (d *doc) trimSubject(s span) span {
	for k := s.i; k < s.j; k++ {
		if d.is(k, be|have|modal) && !d.is(k, definite) || d.trigger.on(k) != nil && !d.trigger.on(k).v.Noun {
			return span{s.j, s.j}
		}
	}
	if s.j-s.i > maxSource+3 {
		return span{s.j, s.j}
	}
	return d.trim(s)
}

// trim drops articles and marks at the ends.
func (d *doc) trim(s span) span {
	for !s.empty() && (d.tok[s.i].Kind == 2 || d.word(s.i) == "the" || d.word(s.i) == "a" || d.word(s.i) == "an" ||
		d.is(s.i, conjunction) || d.is(s.i, subordinator) || d.relativeDay(s.i)) {
		s.i++
	}
	for !s.empty() && (d.tok[s.j-1].Kind == 2 || d.is(s.j-1, conjunction|adverb) || d.relativeDay(s.j-1)) {
		s.j--
	}
	return s
}

func (d *doc) relativeDay(k int) bool {
	m := d.dates.on(k)
	return m != nil && (m.v.Kind == "weekday" || m.v.Kind == "relative")
}
