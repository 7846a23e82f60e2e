package geoparse

import (
	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// capitals makes of a people's name with the word for a capital beside it ("the
// Afghan capital") a name of the city that it means, where no name of the city
// stands with it.
func (p *Parser) capitals(t *text, names []name) []name {
	for k := range names {
		n := &names[k]
		if !demonym(n.found) {
			continue
		}
		word := n.end
		if p.language.Event.VerbFirst { // nouns stand before their adjectives
			word = n.first - 1
		}
		if !t.has(word, n.first, lexicon.CapitalWord) || t.named(names, k, max(word+1, n.end)) || t.has(word+1, n.first, lexicon.MoneyWord) {
			continue
		}
		city, ok := p.places.Capital(n.found[0].Country)
		if !ok {
			continue
		}
		n.first, n.end = min(n.first, word), max(n.end, word+1)
		n.stop = t.stemEnd(n.end - 1)
		n.own, n.key, n.framed = city.Name, gazetteer.Fold(city.Name), true
		n.found = p.only(n.key, city)
	}
	return names
}

// only is a place as the match of its name.
func (p *Parser) only(key string, place gazetteer.Place) []gazetteer.Match {
	for _, m := range p.places.LookupFolded(key) {
		if m.ID == place.ID {
			return []gazetteer.Match{m}
		}
	}
	return []gazetteer.Match{{Place: place, Matched: gazetteer.NamePrimary}}
}

// named reports whether the name of a place stands in apposition to the words of
// name k that end at a token: "the Afghan capital, Kabul", "Kabul, the Afghan capital".
func (t *text) named(names []name, k, end int) bool {
	for t.markAt(end, ",") || t.markAt(end, "(") {
		end++
	}
	if k+1 < len(names) && names[k+1].first == end && !demonym(names[k+1].found) && t.within(end, names[k].first) {
		return true
	}
	first := names[k].first
	for t.has(first-1, first, lexicon.TheWord) || t.markAt(first-1, ",") {
		first--
	}
	return k > 0 && first < names[k].first && names[k-1].end == first && !demonym(names[k-1].found)
}
