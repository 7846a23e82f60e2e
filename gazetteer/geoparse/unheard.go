package geoparse

import (
	"sort"
	"strings"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// longestUnheard bounds the words of a name that the gazetteer does not have.
const longestUnheard = 4

// unheard adds names that the gazetteer does not have and that the words beside
// them call places: "the village of X", "X village", and "near X" or "in X" where
// a place that is known stands behind: "in X, a town in southern Somalia".
func (p *Parser) unheard(t *text, names []name) []name {
	var added []name
	longest := 0
	for k := range names {
		longest = max(longest, names[k].end-names[k].first)
	}
	taken := func(first, end int) bool { // by a known name, unless that is a part of this one
		for k := nameFrom(names, first-longest); k < len(names) && names[k].first < end; k++ {
			if n := &names[k]; first < n.end && (n.first <= first || n.end > end) {
				return true
			}
		}
		return false
	}
	add := func(first, end int, kind string) {
		if len(added) > 0 && added[len(added)-1].end > first || taken(first, end) || t.has(end, first, heads) {
			return
		}
		n := name{first: first, end: end, missing: kind, wanted: kind, framed: true, stop: t.stemEnd(end - 1)}
		n.key = t.foldedRun(first, end)
		if n.found = p.respelled(n.key); n.found != nil {
			n.missing = ""
		}
		added = append(added, n)
	}
	for k := 0; k < len(t.tokens); k++ {
		upper := t.casingAt(k) == upperCase
		if t.casingAt(k) != normalCase && !upper {
			continue
		}
		if size, kind, ok := t.kindWord(k, p.words); ok && settled(kind.Kind) {
			if kind.Of && t.is(k+size, lexicon.OfWord) && t.within(k+size+1, k) && !t.movement(k) {
				p.unheardList(t, k+size+1, kind, add)
			}
			if first := t.unheardBefore(k); kind.After && !kind.Plural && first < k && (!t.words[k].capital && kind.Kind != "region" || t.words[k].use&heads == 0) && (!t.words[k].capital || t.placed(first)) {
				add(first, k, kind.Kind)
				continue
			}
		}
		if !upper && t.words[k].use&lexicon.InCue != 0 && (!t.words[k].capital || k == t.sentenceAt(k).First) && t.within(k+1, k) {
			if end := t.unheardFrom(k + 1); end > k+1 && (t.beforeKnown(names, end, p.words) || t.strange(k+1, end)) {
				add(k+1, end, "settlement")
			}
		}
	}
	return merge(names, added)
}

// placed reports whether a word of place stands before token k: "in the X
// District".
func (t *text) placed(k int) bool {
	for k > 0 && t.is(k-1, lexicon.TheWord) {
		k--
	}
	return k > 0 && t.within(k-1, k) && t.words[k-1].use&(lexicon.InCue|lexicon.FromCue|lexicon.OfCue) != 0 && !t.words[k-1].capital
}

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

// unheardList adds the names behind "the village of" or "the villages of".
func (p *Parser) unheardList(t *text, k int, kind lexicon.PlaceKind, add func(int, int, string)) {
	for {
		end := t.unheardFrom(k)
		if end > k {
			add(k, end, kind.Kind)
		} else if !kind.Plural {
			return
		}
		if !kind.Plural {
			return
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

// unheardWord reports whether token k may be a word of an unknown place's name.
func (t *text) unheardWord(k, of int) bool {
	if k >= len(t.tokens) {
		return false
	}
	no := lexicon.NeverPlace | lexicon.TitleWord | heads
	if t.casingAt(k) == upperCase { // where a capital says nothing the word must be none that is known
		no |= lexicon.CommonWord | lexicon.InCue | lexicon.FromCue | lexicon.SayCue | lexicon.PersonCue
	} else if t.casingAt(k) != normalCase {
		return false
	}
	return t.capitalAt(k, of) && t.tokens[k].Kind == lexicon.Word && len(t.words[k].folded) > 1 && t.words[k].use&no == 0
}

// unheardFrom is the end of an unknown name that begins at token k, k itself
// where none does.
func (t *text) unheardFrom(k int) int {
	end, words := k, 0
	for words < longestUnheard && t.unheardWord(end, k) {
		words++
		end++
		if t.words[end-1].possessive {
			break
		}
		if t.hyphen(end) && t.unheardWord(end+1, k) {
			end++
		}
	}
	return end
}

// unheardBefore is the first token of an unknown name that ends before token k,
// k itself where none does.
func (t *text) unheardBefore(k int) int {
	first, words := k, 0
	for words < longestUnheard && first > 0 && t.within(first-1, k) && t.unheardWord(first-1, k) && !t.words[first-1].possessive {
		words++
		first--
		if t.hyphen(first-1) && first > 1 && t.unheardWord(first-2, k) {
			first--
		}
	}
	if first < k && first == t.sentenceAt(k).First && t.words[first].use != 0 {
		return k
	}
	return first
}

// beforeKnown reports whether a known place stands behind token end as what
// holds the name that ends there.
func (t *text) beforeKnown(names []name, end int, w *lexicon.PlaceWords) bool {
	k := nameFrom(names, end)
	if k == len(names) {
		return false
	}
	n := &names[k]
	if !t.within(n.first, end-1) || n.first-end > 8 || len(n.found) == 0 || demonym(n.found) {
		return false
	}
	if n.first == end+1 && (t.markAt(end, ",") || t.markAt(end, "(")) {
		return true
	}
	g, ok := t.gapBetween(end, n.first, w)
	return ok && (g.in || g.comma && g.kind)
}

// strange reports whether a run of tokens is made of words of which none is an
// everyday word or part of a person's name.
func (t *text) strange(first, end int) bool {
	for k := first; k < end; k++ {
		if t.words[k].use&(lexicon.CommonWord|lexicon.GivenName|lexicon.FamilyName|lexicon.NameParticle|lexicon.PersonCue) != 0 {
			return false
		}
	}
	return !t.capitalAt(end, first) && !t.words[end-1].possessive
}

// foldedRun is the folded words of a run of tokens.
func (t *text) foldedRun(first, end int) string {
	var words []string
	for k := first; k < end; k++ {
		if f := t.words[k].folded; f != "" {
			words = append(words, f)
		}
	}
	return gazetteer.Fold(strings.Join(words, " "))
}
