package report

import (
	"slices"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// hit is the measure of those who were shot, stabbed or taken to a hospital, of
// whom the text tells elsewhere who died: with the killed known, the rest are
// the injured.
const hit geo.Measure = "hit"

// settleHits makes injured of those who were hit and are not told dead, where
// nothing else tells of as many: "seven were shot; one is in serious condition".
func (e *event) settleHits(sentence []int) {
	e.withoutSums()
	e.murdered()
	var hits, killed, injured *int64
	at, stated := -1, -1 // the claims of the most hit and the most injured
	for k, c := range e.claims {
		switch {
		case c.measure == hit && larger(hits, c.Best) != hits:
			hits, at = c.Best, k
		case c.measure == geo.Killed && !c.more:
			killed = larger(killed, c.Best)
		case c.measure == geo.Injured:
			if n := larger(c.Low, c.Best); larger(injured, n) != injured {
				injured, stated = n, k
			}
		}
	}
	if dead := e.namedDead(); dead > 0 {
		killed = larger(killed, &dead)
	}
	if at >= 0 {
		left := *hits
		if killed != nil {
			left -= *killed
		}
		if left > 0 && (injured == nil || *injured < left && sentence[e.claims[stated].i] != sentence[e.claims[at].i]) {
			c := e.claims[at]
			c.measure, c.Range = geo.Injured, geo.Range{Low: &left, Best: &left, High: &left}
			e.claims = append(e.claims, c)
		}
	}
	e.claims = slices.DeleteFunc(e.claims, func(c claim) bool { return c.measure == hit })
	slices.SortStableFunc(e.claims, func(a, b claim) int { return a.i - b.i })
}

// murdered: in a murder and suicide who was hit is dead, where no one is told
// injured.
func (e *event) murdered() {
	both := false
	for _, c := range e.claims {
		if c.measure == geo.Injured {
			return
		}
		both = both || c.both
	}
	for k := range e.claims {
		if c := &e.claims[k]; both && c.measure == hit {
			c.measure = geo.Killed
		}
	}
}

// namedDead is how many persons the text names as killed.
func (e *event) namedDead() int64 {
	n := int64(0)
	for _, p := range e.named {
		if p.Fate == string(geo.Killed) {
			n++
		}
	}
	return n
}

// namesDoer: who is named as killed may be who did it.
func (e *event) namesDoer() bool {
	return slices.ContainsFunc(e.named, func(p named) bool {
		return p.Fate == string(geo.Killed) && slices.ContainsFunc(e.claims, func(c claim) bool { return c.self && c.i-p.j < 12 && p.i < c.i })
	})
}

// isAge reports whether the number of tokens i to end is an age: "17-year-old",
// "17 years old", ", 22," behind a name, "(22)".
func (d *doc) isAge(i, end int) bool {
	next := end
	if d.word(next) == "-" || d.word(next) == "–" {
		next++
	}
	if next == end && d.is(next, conjunction) && next+1 < len(d.tok) && d.tok[next+1].Kind == lexicon.Number && d.tok[i].Kind == lexicon.Number && d.isAge(next+1, next+2) && d.word(next+2) == "-" { // "a 16 and 17-year-old"
		return true
	}
	switch d.word(next) {
	case "y":
		if d.word(next+1) == "/" || d.word(next+1) == "o" {
			return true
		}
	case "yo", "y/o":
		return true
	case "year", "years", "yr", "yrs", "month", "months", "year-old", "years-old":
		if d.word(next+1) == "-" || d.word(next+1) == "old" || d.word(next+1) == "of" || d.word(next) == "year-old" {
			return true
		}
	}
	if d.tok[i].Kind != lexicon.Number || len(d.tok[i].Text) > 3 || end != i+1 || i < 2 {
		return false
	}
	switch d.word(i - 1) {
	case ",":
		before := i - 2
		if d.word(before) == "." { // "Jr., 32,"
			before--
		}
		closed := d.word(end) == "," || d.word(end) == "." || d.word(end) == ";" || d.word(end) == "and" || end == d.sentence(i).j
		p := d.person.on(before)
		if !closed && d.capital(before) && d.capital(before-1) { // "Ann Bell, 31 all died"
			closed = d.is(end, be|have|adverb) || d.casualty.on(end) != nil
		}
		return closed && (d.capital(before) || p != nil && p.v.Singular)
	case "(":
		return d.word(end) == ")" && d.capital(i-2)
	}
	return false
}

// byAge reports whether token k begins "17-year-old" that stands for a person:
// no noun of a person follows.
func (d *doc) byAge(k int) (span, bool) {
	if d.tok[k].Kind != lexicon.Number || !d.isAge(k, k+1) || d.word(k-1) == "," || d.word(k-1) == "(" {
		return span{}, false
	}
	for end := k + 1; end < min(len(d.tok), k+7); end++ {
		if d.person.on(end) != nil {
			return span{}, false
		}
		if d.word(end) == "old" || d.word(end) == "year-old" {
			if p := d.person.on(end + 1); p != nil || d.person.on(end+2) != nil {
				return span{}, false
			}
			return span{k, end + 1}, true
		}
	}
	return span{}, false
}

// singular reports whether token k is a pronoun of one person.
func (d *doc) singular(k int) bool {
	switch d.word(k) {
	case "he", "she", "him":
		return true
	}
	return false
}

// namesBefore are the persons' names that end a run of tokens: "A, 22, and B".
func (d *doc) namesBefore(s span) []span {
	var all []span
	for from := s.i; from < s.j; {
		n := d.nameIn(span{from, s.j})
		if n.empty() {
			break
		}
		if len(all) > 0 && !d.joins(span{all[len(all)-1].j, n.i}) {
			all = nil
		}
		all = append(all, n)
		from = n.j
	}
	if len(all) == 0 || !d.closes(span{all[len(all)-1].j, s.j}) {
		return nil
	}
	return all
}

// namesAfter are the names of a list that begins a run of tokens.
func (d *doc) namesAfter(s span) []span {
	var all []span
	from := s.i
	for from < s.j {
		n := d.nameIn(span{from, s.j})
		if n.empty() || !d.joins(span{from, n.i}) {
			break
		}
		all = append(all, n)
		from = n.j
	}
	return all
}

// joins reports whether tokens only go on a list of names: marks, ages, "and",
// and what says where a person is from.
func (d *doc) joins(s span) bool {
	for k := s.i; k < s.j; k++ {
		ok := d.tok[k].Kind != lexicon.Word || d.is(k, conjunction|of) || d.mentionK[k] > 0 || d.word(k) == "old" || d.word(k) == "year" || d.word(k) == "years" ||
			d.word(k) == "her" || d.word(k) == "his" || d.word(k) == "son" || d.word(k) == "daughter" || d.person.on(k) != nil || d.word(k) == "both" || d.word(k) == "as"
		if !ok {
			return false
		}
	}
	return true
}

// closes reports whether nothing stands between a subject and its verb but its
// age, its home and auxiliary words.
func (d *doc) closes(s span) bool {
	for k := s.i; k < s.j; k++ {
		if !d.joins(span{k, k + 1}) && !d.is(k, be|have|adverb|modal|locative|origin|definite) {
			return false
		}
	}
	return true
}

// identified adds the persons whom the text names as the dead: "identified the
// victims as A, 14, and B".
func (d *doc) identified() {
	for k := range d.tok {
		if d.word(k) != "identified" {
			continue
		}
		s := d.sentence(k)
		as := k + 1
		for as < s.j && d.word(as) != "as" {
			as++
		}
		e := d.eventOf(k)
		if as == s.j || e == nil || !d.dead(e, span{s.i, as}) {
			continue
		}
		for _, n := range d.namesAfter(span{as + 1, s.j}) {
			d.addNamed(e, n, string(geo.Killed))
		}
	}
}

// dead reports whether the victims that a run of tokens speaks of are dead: it
// says so, or the event has dead and no injured.
func (d *doc) dead(e *event, s span) bool {
	for k := s.i; k < s.j; k++ {
		if m := d.casualty.on(k); m != nil && m.v.Measure == string(geo.Killed) {
			return true
		}
		switch d.word(k) {
		case "suspect", "suspects", "gunman", "shooter", "deceased":
			return d.word(k) == "deceased"
		}
	}
	killed := false
	for _, c := range e.claims {
		if c.measure == geo.Injured || c.measure == hit {
			return false
		}
		killed = killed || c.measure == geo.Killed
	}
	return killed
}

// apposition is the number whose persons commas set off before the verb: "two
// boys, an 8-year-old and his brother of ten, died"; nil where the clause has none.
func (d *doc) apposition(m *mark[lexicon.Casualty], s span) *claim {
	k := m.i - 1
	for k > s.i && d.is(k, be|have|adverb) {
		k--
	}
	if d.word(k) != "," {
		return nil
	}
	const reach = 40
	first, _ := slices.BinarySearchFunc(d.counts, max(s.i, m.i-reach), func(c count, i int) int { return c.span.i - i })
	for _, c := range d.counts[first:] {
		if c.span.i >= k {
			return nil
		}
		if c.Best == nil || *c.Best < 2 || d.w[min(c.span.j, len(d.w)-1)] != "," || c.span.j >= k || d.is(c.span.i-1, conjunction) {
			continue
		}
		next := c.span.j + 1
		listed := d.word(next) == "a" || d.word(next) == "an" || d.nameWord(next) || d.isAge(next, next+1)
		if d.is(next, including) || d.numberOn(next) != nil || !listed {
			continue
		}
		return &claim{span: c.span, measure: geo.Measure(m.v.Measure), group: c.group, Range: c.Range, more: c.more, key: m.i}
	}
	return nil
}

// personList gives the persons of a list that stand there one by one or in
// numbers, where an "and" joins them: "a mother, her son and two neighbours".
// It is nil where they are no such list. An object's list is the first that stands there.
func (d *doc) personList(m *mark[lexicon.Casualty], s span, parts []claim, object bool) []claim {
	var list []claim
	joined := false
	for k := s.i; k < s.j; k++ {
		c := d.listPart(m, k, parts)
		if c == nil || c.j > s.j || !d.near(c.span, m.span) && len(list) == 0 {
			continue
		}
		if len(list) == 0 && d.word(c.i-1) == "," && d.nameWord(c.i-2) && d.nameWord(c.i-3) { // "Ada Roe, a neighbour and friend"
			return nil
		}
		if len(list) > 0 {
			gap := span{list[len(list)-1].j, c.i}
			and, ok := d.listGap(gap)
			switch {
			case !ok && joined && len(list) > 1:
				return list
			case !ok && object:
				return nil
			case !ok:
				list, joined = nil, false
			}
			joined = joined || and
		}
		list = append(list, *c)
		k = c.j - 1
		if joined && !d.goesOn(c.j) {
			if object || !d.saidWithin(span{c.j, m.i}) {
				return list
			}
			list, joined = nil, false // "his mother and her friend told them the child was hit"
		}
	}
	if !joined || len(list) < 2 {
		return nil
	}
	return list
}

// listPart is the count or the single person that stands at token k.
func (d *doc) listPart(m *mark[lexicon.Casualty], k int, parts []claim) *claim {
	for i := range parts {
		if parts[i].has(k) {
			return &parts[i]
		}
	}
	if d.singular(k) && d.is(k+1, conjunction) { // "he and eight others"
		return &claim{span: span{k, k + 1}, measure: geo.Measure(m.v.Measure), Range: exactly(1), key: m.i}
	}
	p := d.person.on(k)
	if p == nil || !p.v.Singular || d.ownerOf(p.j-1) || d.actor.on(k) != nil && d.actor.on(k).v.Demonym {
		return nil
	}
	for i := range parts {
		if parts[i].overlaps(p.span) {
			return &parts[i]
		}
	}
	return &claim{span: p.span, measure: geo.Measure(m.v.Measure), group: p.v.Group, Range: exactly(1), key: m.i}
}

// listGap reads what stands between two persons: commas, "and", and the words
// that may stand before a noun; an article behind another word begins a new phrase.
func (d *doc) listGap(s span) (and, ok bool) {
	if s.j-s.i > 9 || s.empty() {
		return false, false
	}
	comma, word := false, false
	for k := s.i; k < s.j; k++ {
		switch {
		case d.is(k, conjunction):
			and, word = true, false
		case d.w[k] == ",":
			comma, word = true, false
		case d.is(k, definite|indefinite) && !d.is(k, subordinator):
			if word {
				return false, false
			}
		case d.tok[k].Kind == lexicon.Number || d.w[k] == "-" || d.w[k] == "year" || d.w[k] == "old" || d.w[k] == "month" || d.w[k] == "(" || d.w[k] == ")":
		case d.is(k, be|have|modal|subordinator|locative|origin|goal|of|pronoun|negation) || d.casualty.on(k) != nil || d.trigger.on(k) != nil || d.cue.on(k) != nil:
			return false, false
		case !and && !comma:
			return false, false // a word behind the person that is no age
		default:
			word = true
		}
	}
	if word && (d.is(s.j, definite|indefinite) || d.numberOn(s.j) != nil) {
		return false, false
	}
	return and, and || comma
}

// saidWithin: a run of tokens holds a word of saying.
func (d *doc) saidWithin(s span) bool {
	for k := s.i; k < s.j; k++ {
		if c := d.cue.on(k); c != nil && c.v.Class == "say" {
			return true
		}
	}
	return false
}

// goesOn: a comma or "and" goes on a list.
func (d *doc) goesOn(k int) bool { return d.word(k) == "," || d.is(k, conjunction) }
