package gazetteer

import (
	"math"
)

// NameKind says what a name is to its place.
type NameKind uint8

// The kinds of names.
const (
	NamePrimary NameKind = iota
	NameAlternate
	NameAbbreviation
	NameDemonym
	NameNickname
	NameHistoric
)

// Name is a further name of a place.
type Name struct {
	Text string
	Kind NameKind
}

// Entry is a place as it goes into an index. Place.Admin1 is the code of the
// first-level division ("05"), Place.Parent an id.
type Entry struct {
	Place
	Names []Name // beside Place.Name
}

// Meta says what an index holds and where it comes from.
type Meta struct {
	Title   string         `json:"title"`
	Places  int            `json:"places"`
	Names   int            `json:"names"`
	Classes map[string]int `json:"classes"`
	Sources []SourceInfo   `json:"sources"`
	Bases   []string       `json:"bases"`
	// Countries gives the display name of each country of the index by its ISO code.
	Countries map[string]string `json:"countries,omitempty"`
	Checksum  string            `json:"checksum,omitempty"` // CRC-32C, hexadecimal; set on opening
}

// SourceInfo names one source of an index.
type SourceInfo struct {
	Name    string `json:"name"` // package and version
	What    string `json:"what"`
	Licence string `json:"licence"`
	SHA256  string `json:"sha256"`
}

// prior is how much a place is meant where nothing else is known, on a scale of
// the decimal logarithm of population: a country before a city, a well-known
// place (many alternate names) before an unknown one.
func prior(p Place) float64 {
	x := math.Log10(float64(p.Population)+10) + 0.8*math.Log10(float64(p.AltNames)+1)
	switch p.Precision() {
	case Country:
		return x + 6
	case Region:
		return max(x, 5) + 2
	case Water:
		return max(x, 5)
	}
	switch p.Code {
	case "PPLC":
		return x + 2
	case "PPLG":
		return x + 1
	case "PPLA":
		return x + 0.5
	case "ADM2":
		return max(x, 3) - 1
	case "PPLX":
		return x - 1
	}
	return x
}

// namePenalty is how much less a name of each kind speaks for its place than
// its own name, on the scale of prior; loosePenalty that of a dropped article.
var namePenalty = [...]float64{NamePrimary: 0, NameAlternate: 0.7, NameAbbreviation: 0, NameDemonym: 0, NameNickname: 1, NameHistoric: 1.5}

const loosePenalty = 1.5
