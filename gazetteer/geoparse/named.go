package geoparse

import (
	"slices"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// named widens names by the word that says what sort of place they are, and
// adds those that only such a word makes a name ("Palestine Street", "Maghazi
// Camp"), of which the gazetteer need not know any.
func (p *Parser) named(t *text, names []name) []name {
	for k := range names {
		p.ownKind(t, &names[k])
		names[k].found = t.inOwnWords(&names[k])
	}
	var added []name
	for k := range t.tokens {
		size, kind, ok := t.kindWord(k, p.words)
		if !ok || !kind.After || kind.Capital && !t.words[k].capital {
			continue
		}
		end := k + size
		if i, at := slices.BinarySearchFunc(names, k, func(n name, k int) int { return n.end - k }); at && names[i].end == k {
			p.widen(t, &names[i], end, kind)
			for ; kind.Plural && i > 0 && t.listed(&names[i-1], &names[i]); i-- { // "Homs and Hama provinces"
				names[i-1].wanted = kind.Kind
			}
			continue
		}
		if covered(names, k) {
			continue
		}
		if n, ok := t.unknown(k, end, kind); ok {
			added = append(added, n)
		}
	}
	return merge(names, added)
}

// ownKind keeps, of a name that says itself that it is a water ("Red Sea",
// "Lake Chad"), the readings that are one, where there are any.
func (p *Parser) ownKind(t *text, n *name) {
	for _, k := range []int{n.end - 1, n.first} {
		if n.end-n.first < 2 {
			return
		}
		if _, kind, ok := t.kindWord(k, p.words); ok && kind.Kind == "water" {
			if waters := fitting(n.found, kind.Kind); len(waters) > 0 {
				n.found = waters
			}
			return
		}
	}
}

// inOwnWords leaves of the readings of a name that is made of everyday words
// those of which it is the own name, where there are any: "White House" is a
// house and some towns, and no translation of Casablanca.
func (t *text) inOwnWords(n *name) []gazetteer.Match {
	if n.end-n.first < 2 || !t.everyday(n) {
		return n.found
	}
	own := slices.DeleteFunc(slices.Clone(n.found), func(m gazetteer.Match) bool { return m.Matched == gazetteer.NameAlternate })
	if len(own) == 0 {
		return n.found
	}
	return own
}

// kindWord finds a word or two at k that say a sort of place.
func (t *text) kindWord(k int, w *lexicon.PlaceWords) (int, lexicon.PlaceKind, bool) {
	if t.tokens[k].Kind != lexicon.Word {
		return 0, lexicon.PlaceKind{}, false
	}
	if t.within(k+1, k) && t.tokens[k+1].Kind == lexicon.Word {
		if kind, ok := w.Kinds[t.tokens[k].Lower+" "+t.tokens[k+1].Lower]; ok {
			return 2, kind, true
		}
	}
	bare := t.tokens[k].Lower
	if t.words[k].possessive {
		bare = bare[:len(bare)-2]
	}
	kind, ok := w.Kinds[bare]
	return 1, kind, ok
}

func covered(names []name, k int) bool {
	i, _ := slices.BinarySearchFunc(names, k, func(n name, k int) int {
		if n.end <= k {
			return -1
		}
		return 1
	})
	return i < len(names) && names[i].first <= k
}

// widen notes the kind that the words at n.end say, and takes them into the
// name where they are written as part of it.
func (p *Parser) widen(t *text, n *name, end int, kind lexicon.PlaceKind) {
	if t.words[n.end-1].possessive || demonym(n.found) && kind.Kind != "street" {
		return
	}
	capital := t.words[n.end].capital && t.casingAt(n.end) != titleCase
	if capital && kind.Kind != "street" && t.has(n.end, n.first, heads) ||
		n.end-n.first == 1 && t.words[n.first].use&(lexicon.NeverPlace|lexicon.CommonWord) != 0 && kind.Kind != "street" {
		return
	}
	if kind.Kind == "camp" { // "the Jenin refugee camp", which is Jenin camp
		if found := p.places.LookupFolded(n.key + " " + t.words[end-1].folded); len(found) > 0 {
			n.found = found
		}
	}
	switch kind.Kind {
	case "street":
		if t.casingAt(n.end) == upperCase && !capital {
			return
		}
		first := t.runStart(n.first)
		n.first, n.found, n.missing, n.wanted = first, nil, "street", kind.Kind
		n.end = t.withPeriod(end)
		n.stop = t.nameStop(n.end)
		return
	case "site":
		return // an embedded name: its head says so
	case "water", "land":
		if capital && !kind.Plural {
			n.found = fitting(n.found, kind.Kind)
			n.missing = kind.Kind
			n.end, n.stop = end, t.stemEnd(end-1)
		}
	case "region", "district", "settlement", "quarter", "camp":
		if capital && !t.has(end, n.first, heads) {
			n.end, n.stop = end, t.stemEnd(end-1)
		}
	}
	n.wanted = kind.Kind
}

// runStart is the first of the capitalised words that stand before token k
// without a mark between.
func (t *text) runStart(k int) int {
	const longest = 6
	low := k - longest
	for k > low && t.within(k-1, k) && t.words[k-1].capital && !t.words[k-1].possessive && t.casingAt(k) == normalCase &&
		t.words[k-1].use&lexicon.NeverPlace == 0 {
		k--
	}
	return k
}

func (t *text) withPeriod(end int) int {
	if t.markAt(end, ".") && t.joined(end) && len(t.tokens[end-1].Text) <= 4 && t.within(end, end-1) {
		return end + 1
	}
	return end
}

func (t *text) nameStop(end int) int {
	if t.tokens[end-1].Kind == lexicon.Mark {
		return t.tokens[end-1].End
	}
	return t.stemEnd(end - 1)
}

// unknown makes a name of the capitalised words before a capitalised kind word.
func (t *text) unknown(k, end int, kind lexicon.PlaceKind) (name, bool) {
	switch kind.Kind {
	case "street", "camp", "quarter", "water", "land", "district":
	default:
		return name{}, false
	}
	if !t.words[k].capital || kind.Plural && kind.Kind != "land" || t.casingAt(k) != normalCase {
		return name{}, false
	}
	first := t.runStart(k)
	if first == t.sentenceAt(k).First && first < k && t.words[first].use&(lexicon.CommonWord|lexicon.InCue|lexicon.OfCue) != 0 {
		first++
	}
	if k-first < 1 || k-first > 4 || t.has(end, k, heads) {
		return name{}, false
	}
	if kind.Kind != "street" && k-first == 1 && t.words[first].use&lexicon.CommonWord != 0 {
		return name{}, false
	}
	n := name{first: first, end: end, missing: kind.Kind, wanted: kind.Kind}
	if kind.Kind == "street" {
		n.end = t.withPeriod(end)
	}
	n.stop = t.nameStop(n.end)
	return n, true
}

// merge puts new names among the old, dropping the old that they overlap.
func merge(names, added []name) []name {
	if len(added) == 0 {
		return names
	}
	all := append(slices.Clone(added), names...)
	slices.SortStableFunc(all, func(a, b name) int { return a.first - b.first })
	out := all[:0]
	for _, n := range all {
		if len(out) > 0 && n.first < out[len(out)-1].end {
			if n.missing != "" && out[len(out)-1].missing == "" {
				out[len(out)-1] = n
			}
			continue
		}
		out = append(out, n)
	}
	return out
}

// kindBefore notes the kind that words before a name say: "the city of X". It
// gives the token at which they begin.
func (p *Parser) kindBefore(t *text, n *name) (first int, ok bool) {
	if t.within(n.first-1, n.first) {
		if got, kind, found := t.kindWord(n.first-1, p.words); found && got == 1 && kind.Bare && !kind.Plural {
			return n.first - 1, p.noteKind(t, n, n.first-1, kind)
		}
	}
	if !t.is(n.first-1, lexicon.OfWord) || !t.within(n.first-2, n.first) {
		return 0, false
	}
	for size := 2; size > 0; size-- {
		k := n.first - 1 - size
		if !t.within(k, n.first) {
			continue
		}
		if got, kind, found := t.kindWord(k, p.words); found && got == size && kind.Of && !kind.Plural && !t.movement(k) {
			return k, p.noteKind(t, n, k, kind)
		}
	}
	return 0, false
}

// noteKind sets the wanted kind unless an indefinite article makes it "a suburb
// of X", which is a part of X.
func (p *Parser) noteKind(t *text, n *name, k int, kind lexicon.PlaceKind) bool {
	for back := k - 1; t.within(back, n.first) && back >= k-4; back-- {
		if t.is(back, lexicon.AnyWord) {
			return false
		}
		if t.is(back, lexicon.TheWord|lexicon.OfWord|lexicon.InsideWord) || t.tokens[back].Kind == lexicon.Mark && !t.hyphen(back) {
			break
		}
	}
	if n.wanted == "" && n.missing == "" {
		n.wanted = kind.Kind
	}
	return true
}

// movement reports whether the kind word at k is part of a movement's name: "the
// Islamic State of X".
func (t *text) movement(k int) bool {
	return t.has(k, k, lexicon.MovementHead) && t.capitalAt(k, k) && t.capitalAt(k-1, k) && t.casingAt(k) == normalCase
}
