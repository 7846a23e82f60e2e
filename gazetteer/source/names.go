package source

import (
	"slices"
	"strings"

	"dateline/gazetteer"
)

// kindWords end the names of divisions, which reports write with them and
// without.
var kindWords = strings.Fields("Province province District Governorate Department Region County Parish Oblast State Division Municipality Prefecture Voivodeship Rayon Raion City Republic Territory Voblasc’")

// withoutKind is the name of a division without the word that says what it is.
func withoutKind(name string) string {
	bare, kind, found := cutLast(name, " ")
	if rest, ok := strings.CutPrefix(name, "Municipality of "); ok {
		return rest
	}
	if found && slices.Contains(kindWords, kind) && len(bare) > 2 {
		return bare
	}
	return name
}

// largeTown is the population from which a town's own name is rather meant than
// the same word as another language's name of a country.
const largeTown = 50_000

// dropForeignNames takes from countries the alternate names that are the own
// names of large towns elsewhere: Salvador is the Spanish short form of a country
// and a city of Brazil, Granada the Spanish name of Grenada.
func (b *build) dropForeignNames() {
	towns := map[string]*entry{}
	for _, e := range b.entries {
		if e.Class == 'P' && e.Population >= largeTown {
			towns[gazetteer.Fold(e.Name)] = e
		}
	}
	for _, c := range b.countries {
		c.entry.Names = slices.DeleteFunc(c.entry.Names, func(n gazetteer.Name) bool {
			town := towns[gazetteer.Fold(n.Text)]
			return town != nil && town.Country != c.entry.Country
		})
		c.entry.AltNames = len(c.entry.Names)
	}
}
