package geoparse

import (
	"slices"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// coordinated finds names of which the text writes only the first word, since
// the second follows: "North and South Kivu".
func (p *Parser) coordinated(t *text, names []name) []name {
	var added []name
	for _, n := range names {
		if n.end-n.first < 2 || !t.is(n.first-1, lexicon.AndWord) || !t.capitalAt(n.first-2, n.first) {
			continue
		}
		k := n.first - 2
		if len(p.words.Directions[t.lower(k)]) == 0 || len(p.words.Directions[t.lower(n.first)]) == 0 || covered(names, k) {
			continue
		}
		key := gazetteer.Fold(t.tokens[k].Text + " " + t.doc.Text[t.tokens[n.first+1].Start:n.stop])
		if found := p.places.LookupFolded(key); len(found) > 0 {
			added = append(added, name{first: k, end: k + 1, stop: t.tokens[k].End, key: key, found: found, wanted: n.wanted})
		}
	}
	return added
}

func inOrder(names []name) []name {
	slices.SortStableFunc(names, func(a, b name) int { return a.first - b.first })
	return names
}
