package geoparse

import "dateline/gazetteer"

// Gazetteer is what the parser asks of a gazetteer; *gazetteer.Gazetteer is
// one. Words and keys are folded by gazetteer.FoldWord.
type Gazetteer interface {
	// Scan tells how many of the words, of which there is at least one, form
	// the longest known name from the first on.
	Scan(words []string) int
	// LookupFolded finds the places of a name, the best prior first.
	LookupFolded(key string) []gazetteer.Match
	// Get finds a place by its id.
	Get(id string) (gazetteer.Place, bool)
	// Country finds a country by its ISO code.
	Country(iso string) (gazetteer.Place, bool)
	// Capital finds the capital of a country by its ISO code.
	Capital(iso string) (gazetteer.Place, bool)
	// Contains reports whether parent holds child.
	Contains(parent, child gazetteer.Place) bool
}
