package geoparse

import (
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// name is a span of tokens that may name a place, with what is known of it.
type name struct {
	first, end int    // tokens
	stop       int    // byte at which the name ends, without "'s"
	key        string // folded
	own        string // the place's name where the words only describe it: "the Afghan capital"
	found      []gazetteer.Match
	kind       Kind
	score      float64 // log-odds of being a place

	wanted     string // the kind that the text says: "province", a key of kindFits
	missing    string // a street or the like that the gazetteer does not know, as written
	framed     bool   // the words around it call it a place
	unread     string // words before the name that nothing is known of, when a phrase is located
	containers []int  // indexes of the names that the text gives as its containers
	contains   bool   // it is such a container
	bent       bend
	dateline   bool
	features   [recFeatures]float64
}

// longestName bounds the words of a name that are looked at.
const longestName = 8

// run is the folded words from one token on, as far as a name may go.
type run struct {
	words []string
	ends  []int // token after each word
}

// runFrom collects the words of a possible name: across hyphens and the periods
// of abbreviations, not across other marks. A possessive ends it, unless whole
// is set, when it is part of the name ("St. John's", "Land's End").
func (t *text) runFrom(k int, whole bool, r *run) {
	r.words, r.ends = r.words[:0], r.ends[:0]
	for at := k; t.within(at, k) && len(r.words) < longestName; {
		w := t.words[at]
		if w.folded == "" {
			if len(r.words) > 0 && (t.hyphen(at) || t.abbreviationPeriod(at)) {
				at++
				continue
			}
			return
		}
		if w.possessive && whole {
			r.words = append(r.words, gazetteer.FoldWord(t.tokens[at].Lower))
		} else {
			r.words = append(r.words, w.folded)
		}
		at++
		r.ends = append(r.ends, at)
		if w.possessive && !whole {
			return
		}
	}
}

// abbreviationPeriod reports whether the token is the period of an abbreviation
// inside a name: "St. Louis", "W. Va."
func (t *text) abbreviationPeriod(k int) bool {
	if !t.markAt(k, ".") || !t.joined(k) || !t.within(k+1, k-1) {
		return false
	}
	before := t.tokens[k-1]
	return before.Kind == lexicon.Word && len(before.Text) <= 3 && t.words[k-1].capital
}

// find collects the names of a text from left to right, the longest first.
func (p *Parser) find(t *text) []name {
	var names []name
	var whole, plain run
	for k := 0; k < len(t.tokens); k++ {
		if !t.mayBegin(k) {
			continue
		}
		n, ok := p.longest(t, k, &whole, &plain)
		if !ok || t.everydayAlone(&n) {
			if end := t.compoundEnd(k); end > k {
				k = end
			}
			continue
		}
		p.ofPeople(&n)
		names = append(names, n)
		k = n.end - 1
	}
	return names
}

// ofPeople: the word for a people ("Israeli") is its country's demonym, also where
// the gazetteer has it as another name of the country, or as that of some town.
func (p *Parser) ofPeople(n *name) {
	iso := p.peoples[n.key]
	if iso == "" || demonym(n.found) || len(n.found) > 0 && n.found[0].Class == 'S' {
		return
	}
	if country, ok := p.places.Country(iso); ok {
		n.found = []gazetteer.Match{{Place: country, Matched: gazetteer.NameDemonym, Prior: countryPrior}}
	}
}

// countryPrior is the prior of a country that the word for its people names.
const countryPrior = 10

// everydayAlone: in a script without capitals an everyday word is no name, though
// it may begin one.
func (t *text) everydayAlone(n *name) bool {
	return t.language.Event.OneCase && n.end-n.first == 1 && t.words[n.first].use&lexicon.CommonWord != 0
}

// mayBegin reports whether a name may begin at token k.
func (t *text) mayBegin(k int) bool {
	w := t.words[k]
	if w.folded == "" || w.contracted || t.tokens[k].Kind != lexicon.Word {
		return false
	}
	if t.language.Event.OneCase {
		return w.use&lexicon.NeverPlace == 0 && len(w.folded) > 2
	}
	if t.casingAt(k) == lowerCase {
		return w.use&(lexicon.NeverPlace|lexicon.CommonWord) == 0 && len(w.folded) > 2
	}
	if t.casingAt(k) == upperCase && w.use&lexicon.InCue != 0 && t.within(k+1, k) {
		return false // "AT SAN SALVADOR'S GATES" is not at Anshan
	}
	if w.capital {
		return true
	}
	return w.folded == "al" && t.hyphen(k+1) && t.capitalAt(k+2, k)
}

// compoundEnd is the last token of an unknown "Al-Saidi", none of whose parts
// may be taken for a place; k itself where there is no such compound.
func (t *text) compoundEnd(k int) int {
	if t.words[k].folded == "al" && t.hyphen(k+1) && t.within(k+2, k) {
		return k + 2
	}
	return k
}

func (p *Parser) longest(t *text, k int, whole, plain *run) (name, bool) {
	t.runFrom(k, true, whole)
	if size, n := p.scan(t, k, whole); size > 1 {
		if last := n.end - 1; t.words[last].possessive {
			n.stop = t.tokens[last].End
		}
		if hasPossessive(t, k, n.end) {
			return n, true
		}
	}
	t.runFrom(k, false, plain)
	size, n := p.scan(t, k, plain)
	return n, size > 0
}

func hasPossessive(t *text, first, end int) bool {
	for k := first; k < end; k++ {
		if t.words[k].possessive {
			return true
		}
	}
	return false
}

// scan finds the longest known name at the start of a run whose letters allow
// it to be one, in any of its cases.
func (p *Parser) scan(t *text, k int, r *run) (int, name) {
	if len(p.words.Endings) == 0 && len(p.words.Prefixes) == 0 {
		return p.scanAs(t, k, r)
	}
	size, n := p.scanAs(t, k, r)
	if size > 0 && n.end-n.first > 1 {
		return size, n
	}
	for _, words := range p.firstCases(r.words, t.bending(k, r)) {
		as := run{words: words, ends: r.ends}
		if more, other := p.scanAs(t, k, &as); more > size || more == size && size > 0 && other.prior() > n.prior() {
			size, n = more, other
		}
	}
	return size, n
}

// prior of a name's best reading.
func (n *name) prior() float64 {
	if len(n.found) == 0 {
		return 0
	}
	return n.found[0].Prior
}

// bending is how many words of a possible name bend with it: the first, and
// those that follow with a capital or say what sort of place it is.
func (t *text) bending(k int, r *run) int {
	const most = 3
	n := 1
	for n < min(most, len(r.words)) {
		at := r.ends[n] - 1
		if _, kind := t.language.Place.Kinds[t.lower(at)]; !kind && !t.capitalAt(at, k) {
			break
		}
		n++
	}
	return n
}

// maxCases bounds the readings of a name's words in their first case.
const maxCases = 200

// firstCases are the words of a possible name as they may stand in their first
// case and without what is joined to them: "Харкові" as "Харків".
func (p *Parser) firstCases(words []string, bending int) [][]string {
	all := [][]string{{}}
	for k, w := range words[:bending] {
		forms := []string{w}
		for _, e := range p.endings {
			if stem, ok := strings.CutSuffix(w, e.Case); ok && len(stem) > 2 && !slices.Contains(forms, stem+e.First) {
				forms = append(forms, stem+e.First)
			}
		}
		if k == 0 {
			for _, prefix := range p.words.Prefixes {
				if rest, ok := strings.CutPrefix(w, prefix); ok && len(rest) > 4 {
					forms = append(forms, gazetteer.FoldWord(rest))
				}
			}
		}
		var next [][]string
		for _, f := range forms {
			for _, a := range all {
				if len(next) < maxCases {
					next = append(next, append(a[:len(a):len(a)], f))
				}
			}
		}
		all = next
	}
	for k := range all {
		all[k] = append(all[k], words[bending:]...)
	}
	return all
}

// scanAs finds the longest known name at the start of a run as it is written.
func (p *Parser) scanAs(t *text, k int, r *run) (int, name) {
	for limit := len(r.words); limit > 0; {
		size := p.places.Scan(r.words[:limit])
		if size == 0 {
			return 0, name{}
		}
		end := r.ends[size-1]
		if t.nameLike(k, end) {
			n := name{first: k, end: end, key: strings.Join(r.words[:size], " ")}
			n.stop = t.stemEnd(end - 1)
			if t.markAt(end, ".") && t.joined(end) && t.within(end+1, k) { // "Ind.", which goes on
				n.found = p.places.LookupFolded(n.key)
				if abbreviation(n.found) {
					n.stop, n.end = t.tokens[end].End, end+1
				}
				return size, n
			}
			n.found = p.places.LookupFolded(n.key)
			return size, n
		}
		limit = size - 1
	}
	return 0, name{}
}

func abbreviation(found []gazetteer.Match) bool {
	return len(found) > 0 && found[0].Matched == gazetteer.NameAbbreviation
}

// nameLike reports whether the tokens have the letters of a name: its first and
// last word capitalised where the text has capitals, and what is bare and short
// (a two-letter code) in capitals.
func (t *text) nameLike(first, end int) bool {
	if t.casingAt(first) == lowerCase {
		return true
	}
	last := t.words[end-1]
	if end-first == 1 {
		return t.singleLike(first)
	}
	if end-first <= 2 && t.bareArticle(first) {
		return false
	}
	if last.capital || t.tokens[end-1].Kind == lexicon.Number {
		return true
	}
	if _, kind := t.language.Place.Kinds[t.lower(end-1)]; kind && end-first > 2 && t.allCapital(first, end-1) {
		return true // "the Al-Ahli Arab hospital"
	}
	if len(t.language.Place.Endings) > 0 { // where the word for the kind of place is small: "Харківська область"
		_, kind := t.language.Place.Kinds[t.lower(end-1)]
		return kind && t.words[first].capital
	}
	return false
}

// allCapital: every word of a run begins with a capital.
func (t *text) allCapital(first, end int) bool {
	for k := first; k < end; k++ {
		if t.tokens[k].Kind == lexicon.Word && !t.words[k].capital {
			return false
		}
	}
	return true
}

func (t *text) singleLike(k int) bool {
	w, token := t.words[k], t.tokens[k]
	if !w.capital || len(w.folded) == 1 {
		return false
	}
	if w.use&lexicon.NeverPlace != 0 && !(len(w.folded) == 2 && isUpper(token.Text) && t.casingAt(k) == normalCase) {
		return false
	}
	if len(w.folded) <= 2 && !isUpper(withoutPossessive(token.Text)) { // "La.", but no "La"
		return w.abbreviated
	}
	return true
}

// bareArticle reports whether token k is the article "al" written apart as a
// person's or a firm's would be ("Al Gore"): not in one of its assimilated forms
// ("Ar Raqqah") nor behind a word of place ("in Al Hasakah").
func (t *text) bareArticle(k int) bool {
	if t.words[k].folded != "al" {
		return false
	}
	switch t.tokens[k].Lower {
	case "al", "el":
		return !t.has(k-1, k, lexicon.InCue|lexicon.FromCue|lexicon.OfCue)
	}
	return false
}

// withoutPossessive is a word without "'s", however its apostrophe is written.
func withoutPossessive(word string) string {
	for _, s := range []string{"'s", "’s"} {
		if stem, ok := strings.CutSuffix(word, s); ok {
			return stem
		}
	}
	return word
}
