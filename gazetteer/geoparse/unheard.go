package geoparse

import (
	"sort"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// longestUnheard bounds the words of a name that the gazetteer does not have.
const longestUnheard = 4

// unheard looks in a text for names that the gazetteer does not have and that the
// words beside them call places.
type unheard struct {
	*Parser
	t       *text
	names   []name // those that it has, in the text's order
	longest int    // tokens of the longest of them
	added   []name
}

// unheard adds names that the gazetteer does not have and that the words beside
// them call places: "the village of X", "X village", "X, a village", "near X" or
// "in X" where a place that is known stands behind ("in X, a town in southern
// Somalia"), and what is fought over: "the battle for X", "troops stormed X".
func (p *Parser) unheard(t *text, names []name) []name {
	u := unheard{Parser: p, t: t, names: names}
	for k := range names {
		u.longest = max(u.longest, names[k].end-names[k].first)
	}
	for k := 0; k < len(t.tokens); k++ {
		upper := t.casingAt(k) == upperCase
		if t.casingAt(k) != normalCase && !upper || u.kindAt(k) || upper {
			continue
		}
		switch first := k == t.sentenceAt(k).First; {
		case t.words[k].use&lexicon.InCue != 0 && (!t.words[k].capital || first) && t.within(k+1, k):
			if end := t.unheardFrom(k + 1); end > k+1 && (u.beforeKnown(end) || u.apposed(end) || t.strange(t.untitled(k+1, end), end) && !u.partKnown(k+1)) {
				u.add(k+1, end, "settlement")
			}
		case t.words[k].use&lexicon.FoughtCue != 0 && !t.words[k].capital:
			u.foughtOver(k)
		case t.words[k].capital && t.words[k].use&lexicon.OpensPlace != 0 && !upper:
			at := t.article(k + 1)
			if t.words[k].abbreviated && t.markAt(k+1, ".") { // "Mt. X"
				at = k + 2
			}
			if end := t.unheardFrom(at); end > at && t.within(at, k) {
				u.add(k, end, "settlement")
			}
		case t.words[k].capital && (first || !t.unheardWord(k-1, k)):
			if end := t.unheardFrom(k); end > k && t.strange(k, end) && u.apposed(end) {
				u.add(k, end, "settlement")
			}
		}
	}
	return merge(names, u.added)
}

// kindAt adds the names that a kind of place at token k is said of: those behind
// "the village of", or that before "village", of which it tells whether there is one.
func (u *unheard) kindAt(k int) bool {
	t := u.t
	size, kind, ok := t.kindWord(k, u.words)
	if !ok || !settled(kind.Kind) && kind.Kind != "land" {
		return false
	}
	first, capital := t.unheardBefore(k), t.words[k].capital
	if kind.Kind == "settlement" && t.is(k+size, lexicon.OfWord) && t.capitalAt(k+size+1, k) { // "the Yazidi village of X"
		return u.behindKind(k, size, kind)
	}
	if !kind.After || kind.Plural || first == k || (capital || kind.Kind == "region") && t.words[k].use&heads != 0 || (capital || kind.Kind == "land") && !t.placed(first) {
		return u.behindKind(k, size, kind)
	}
	end := k
	if capital && t.casingAt(k) == normalCase {
		end = k + size
	}
	u.add(first, end, kind.Kind)
	u.behindKind(k, size, kind)
	return true
}

// behindKind adds the names behind "the village of" or "a village called", and reports
// that there is none before it.
func (u *unheard) behindKind(k, size int, kind lexicon.PlaceKind) bool {
	t := u.t
	if kind.Of && t.is(k+size, lexicon.OfWord) && t.within(k+size+1, k) && !t.movement(k) {
		u.list(k+size+1, kind)
	} else if at := t.called(k + size); at > 0 && t.within(at, k) && !kind.Plural {
		u.list(at, kind)
	}
	return false
}

// called is the token behind "called", "named" or "known as" at token k, 0 where
// none of them stands there.
func (t *text) called(k int) int {
	switch {
	case !t.is(k, lexicon.CalledWord):
		return 0
	case t.is(k+1, lexicon.CalledWord): // "known as"
		return k + 2
	}
	return k + 1
}

// taken reports whether a known name stands at some of the tokens, unless it is a
// part of the name there that is little known itself: the "Abu" of "Abu Dashir".
func (u *unheard) taken(first, end int) bool {
	for k := nameFrom(u.names, first-u.longest); k < len(u.names) && u.names[k].first < end; k++ {
		n := &u.names[k]
		if first < n.end && (n.first < first || n.end >= end && (n.first == first || n.end > end) || n.first == first && !u.t.fragment(n)) {
			return true
		}
	}
	return false
}

// fragmentTown is the population from which on a town's name is no mere part of an
// unknown one that begins with it.
const fragmentTown = 50_000

// fragment reports whether a name may be a part of a longer one that nobody has
// heard of: a little place's, or one that persons have as well.
func (t *text) fragment(n *name) bool {
	if t.words[n.first].use&lexicon.OpensPlace != 0 && (n.end-n.first == 1 || abbreviation(n.found)) { // "Mt."
		return true
	}
	if n.end-n.first > 1 || len(n.found) == 0 {
		return false
	}
	best := n.found[0]
	return t.words[n.first].use&(lexicon.GivenName|lexicon.FamilyName|lexicon.NameParticle) != 0 && best.Precision() == gazetteer.Settlement ||
		best.Precision() == gazetteer.Settlement && best.Population < fragmentTown
}

func (u *unheard) add(first, end int, kind string) {
	t := u.t
	if len(u.added) > 0 && u.added[len(u.added)-1].end > first || u.taken(first, end) || !t.words[end-1].possessive && t.has(end, first, heads) || t.inGroup(first) {
		return
	}
	n := name{first: first, end: end, missing: kind, wanted: kind, framed: true, stop: t.stemEnd(end - 1)}
	n.key = t.foldedRun(first, end)
	if n.found = u.respelled(n.key); n.found != nil {
		n.missing = ""
	}
	u.added = append(u.added, n)
}

// foughtOver adds the name that a word of fighting at token k has for its object:
// "stormed X", "the battle for the strategic X".
func (u *unheard) foughtOver(k int) {
	t := u.t
	at := k + 1
	for at < k+3 && t.within(at, k) && !t.words[at].capital && t.words[at].use&(lexicon.InCue|lexicon.OfWord|lexicon.ToWord|lexicon.WayWord|lexicon.TheWord) != 0 &&
		(!t.is(at, lexicon.FromCue) || t.is(at, lexicon.ToWord)) {
		at++
	}
	if t.is(at-1, lexicon.TheWord) { // "the strategic X"
		for low := at; at < low+adjectives && t.within(at, k) && t.tokens[at].Kind == lexicon.Word && !t.words[at].capital; {
			at++
		}
	}
	end := t.unheardFrom(at)
	if at >= len(t.tokens) || end == at || !t.within(at, k) || !t.strange(t.untitled(at, end), end) || end == at+1 && isUpper(t.tokens[at].Text) {
		return
	}
	if u.partKnown(at) {
		if n := &u.names[nameFrom(u.names, at)]; n.end == end && !demonym(n.found) { // known, and fought over
			n.framed = true
		}
		return
	}
	if t.noun(end) && t.tokens[end-1].Line == t.tokens[end].Line && t.within(end, k) { // "bombed the X flagship"
		return
	}
	u.add(at, end, "settlement")
}

// apposed reports whether the words behind token end say that the name that ends
// there is a settlement: "X, a small village", "X, about 20 km north of".
func (u *unheard) apposed(end int) bool {
	t := u.t
	if !t.markAt(end, ",") || !t.within(end+2, end-1) || t.is(end+1, lexicon.OfWord) {
		return false
	}
	number := false
	for k := end + 1; k < end+6 && t.within(k, end-1); k++ {
		number = number || t.tokens[k].Kind == lexicon.Number
		if _, unit := u.words.Units[t.lower(k)]; unit && number {
			return true
		}
		if _, kind, ok := t.kindWord(k, u.words); ok {
			return t.is(end+1, lexicon.AnyWord) && kind.Kind == "settlement" && !t.words[k].capital && !t.words[k].possessive && !t.noun(k+1)
		}
		if t.tokens[k].Kind == lexicon.Mark && !t.hyphen(k) || t.words[k].capital {
			return false
		}
	}
	return false
}

// noun reports whether the word at token k may go on a noun: it is none of the small
// words that stand behind one.
func (t *text) noun(k int) bool {
	return k < len(t.tokens) && t.tokens[k].Kind == lexicon.Word && t.words[k].use&(lexicon.NeverPlace|lexicon.InCue|lexicon.OfWord|lexicon.WayWord|lexicon.AuxWord) == 0
}

// partKnown reports whether a known name begins at token k.
func (u *unheard) partKnown(k int) bool {
	at := nameFrom(u.names, k)
	return at < len(u.names) && u.names[at].first == k
}

// adjectives bounds those between "the" and an unknown name.
const adjectives = 2

// placed reports whether a word of place stands before token k: "in the X
// District", "on the strategic X Hill".
func (t *text) placed(k int) bool {
	for back := 0; back <= adjectives && t.within(k-1-back, k) && !t.words[k-1-back].capital; back++ {
		if t.is(k-1-back, lexicon.TheWord) {
			k -= back + 1
			break
		}
		if back > 0 && t.words[k-1-back].use&placeCue != 0 { // "part of strategic X Hill"
			k -= back
			break
		}
	}
	return k > 0 && t.within(k-1, k) && t.words[k-1].use&placeCue != 0 && t.words[k-1].use&lexicon.AndWord == 0 && !t.words[k-1].capital
}

// placeCue are the words behind which places stand.
const placeCue = lexicon.InCue | lexicon.FromCue | lexicon.OfCue | lexicon.FoughtCue

// nameFrom is the first of the names, which stand in the text's order, that
// begins at a token or behind it.
func nameFrom(names []name, token int) int {
	return sort.Search(len(names), func(k int) bool { return names[k].first >= token })
}

// settled are the kinds of which a name that nobody has heard of may be one.
func settled(kind string) bool {
	switch kind {
	case "settlement", "quarter", "camp", "district", "region":
		return true
	}
	return false
}

// list adds the names behind "the village of" or "the villages of", and takes those
// that are known for places of this kind.
func (u *unheard) list(k int, kind lexicon.PlaceKind) {
	t := u.t
	for {
		end := t.unheardFrom(k)
		if end > k {
			u.add(k, end, kind.Kind)
		} else if !kind.Plural {
			return
		}
		if !kind.Plural {
			return
		}
		if at := nameFrom(u.names, k); at < len(u.names) && u.names[at].first == k && len(u.names[at].found) > 0 && !demonym(u.names[at].found) {
			u.names[at].framed = true
			end = max(end, u.names[at].end)
		}
		for end < len(t.tokens) && t.within(end, k) && (t.capitalAt(end, k) || t.hyphen(end)) { // a known one
			end++
		}
		next := end
		for t.markAt(next, ",") || t.is(next, lexicon.AndWord) {
			next++
		}
		if next == end || !t.within(next, k) {
			return
		}
		k = next
	}
}

// beforeKnown reports whether a known place stands behind token end as what
// holds the name that ends there.
func (u *unheard) beforeKnown(end int) bool {
	t := u.t
	k := nameFrom(u.names, end)
	if k == len(u.names) {
		return false
	}
	n := &u.names[k]
	if !t.within(n.first, end-1) || n.first-end > 8 || len(n.found) == 0 || demonym(n.found) {
		return false
	}
	if n.first == end+1 && (t.markAt(end, ",") || t.markAt(end, "(")) {
		return true
	}
	g, ok := t.gapBetween(end, n.first, u.words)
	return ok && (g.in || g.comma && g.kind)
}
