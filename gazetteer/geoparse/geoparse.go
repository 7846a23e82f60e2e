// Package geoparse finds the place names of a running text with the locatives
// that bend them, and resolves all of them together to locations of the
// gazetteer.
//
// The steps, a file each: cut the text (text.go), find the longest known names
// (find.go) and those that a word such as "Street" makes (named.go), note the
// locatives (bend.go), the sense (kind.go) and the containers (links.go), judge
// which are places (features.go), choose among their readings (resolve.go), and
// bend them (shape.go). All weights stand in weights.go.
package geoparse

import "dateline/gazetteer"

// Kind says in what sense a mention names a place.
type Kind string

// The kinds of mentions.
const (
	Literal  Kind = "literal"  // the place itself
	Metonym  Kind = "metonym"  // "Washington said"
	Demonym  Kind = "demonym"  // "Iraqi": a hint of a country, never a site
	Embedded Kind = "embedded" // inside a longer name: "Paris Police Department"
)

// Span is a part of a text in Unicode code points, End one past the last.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Document is a text with what is known about where it looks.
type Document struct {
	Text    string
	Country string // ISO 3166-1 alpha-2 hint, empty where unknown
	Home    string // name of the outlet's home place, empty where unknown
}

// Mention is a span of a text that names a place.
type Mention struct {
	Span                 // the name itself, as a gold standard marks it: "Baghdad", "Palestine Street"
	Text       string    // the span's text
	Name       string    // the place's own name where the text only says what it is: Kabul for "Afghan capital"
	Kind       Kind      //
	Locative   string    // the words that bend the place, as written, empty where there are none
	Extent     Span      // name and locative together
	Chain      []int     // indexes of the mentions that the text names as its containers: "X, Y", "Y's X", "X in Y"
	Dateline   bool      // part of the report's dateline
	Candidates int       // number of readings that the gazetteer offered
	Tokens     Span      // the name in tokens of lexicon.Tokenize
	Location   *Location // nil where it could not be placed
}

// Location is the gazetteer's, bent by the mention's locative.
type Location = gazetteer.Location
