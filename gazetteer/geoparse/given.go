package geoparse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// given makes the names of marked spans; at says for each span which name it
// is, -1 for none.
func (p *Parser) given(t *text, spans []Span) (names []name, at []int) {
	type marked struct{ span, first, end int }
	var all []marked
	at = make([]int, len(spans))
	for k, s := range spans {
		at[k] = -1
		first, _ := slices.BinarySearchFunc(t.tokens, s.Start, func(token lexicon.Token, start int) int {
			if token.Rune+utf8.RuneCountInString(token.Text) <= start {
				return -1
			}
			return 1
		})
		end := first
		for end < len(t.tokens) && t.tokens[end].Rune < s.End {
			end++
		}
		if end > first {
			all = append(all, marked{k, first, end})
		}
	}
	slices.SortStableFunc(all, func(a, b marked) int { return a.first - b.first })
	for _, m := range all {
		at[m.span] = len(names)
		names = append(names, p.nameAt(t, m.first, m.end))
	}
	return names, at
}

// nameAt makes a name of marked tokens: looked up whole, else without the word
// that says its kind, else by the longest name inside it.
func (p *Parser) nameAt(t *text, first, end int) name {
	for first+1 < end && t.is(first, lexicon.TheWord) {
		first++
	}
	n := name{first: first, end: end, stop: t.nameStop(end)}
	n.key = gazetteer.Fold(t.doc.Text[t.tokens[first].Start:n.stop])
	if n.found = p.places.LookupFolded(n.key); len(n.found) == 0 && t.words[end-1].possessive {
		n.found = p.places.LookupFolded(gazetteer.Fold(t.doc.Text[t.tokens[first].Start:t.tokens[end-1].End]))
	}
	if len(n.found) > 0 || end-first < 2 {
		return n
	}
	if _, kind, ok := t.kindWord(end-1, p.words); ok && kind.After {
		n.wanted = kind.Kind
		if kind.Kind == "street" || kind.Kind == "site" || kind.Kind == "water" {
			n.missing = kind.Kind
			return n
		}
		n.key = gazetteer.Fold(t.doc.Text[t.tokens[first].Start:t.tokens[end-2].End])
		if n.found = p.places.LookupFolded(n.key); len(n.found) > 0 {
			return n
		}
	}
	var r run
	for k := first; k < end; k++ {
		t.runFrom(k, false, &r)
		for len(r.ends) > 0 && r.ends[len(r.ends)-1] > end {
			r.words, r.ends = r.words[:len(r.words)-1], r.ends[:len(r.ends)-1]
		}
		if len(r.words) == 0 {
			continue
		}
		if size := p.places.Scan(r.words); size > 0 && t.words[k].use&lexicon.NeverPlace == 0 {
			n.key = strings.Join(r.words[:size], " ")
			n.found = p.places.LookupFolded(n.key)
			return n
		}
	}
	n.missing = "place"
	return n
}
