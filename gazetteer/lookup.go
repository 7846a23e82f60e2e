package gazetteer

import (
	"cmp"
	"slices"
	"sync"

	"github.com/blevesearch/vellum/levenshtein"
)

// Gazetteer is a stack of layers that answer together.
type Gazetteer struct {
	layers    []*Layer
	countries func() map[string]string
	states    func() states
}

// Match is a place that a name may mean.
type Match struct {
	Place
	Matched NameKind // what the name is to the place
	Loose   bool     // the name matched only with its article dropped
	Prior   float64  // how much the place is meant where nothing else is known; see prior
	Edits   int      // letters that differ, where the search allowed it
}

// Stack makes a gazetteer of layers; of a place that several have under one id
// the first layer's counts.
func Stack(layers ...*Layer) *Gazetteer {
	g := &Gazetteer{layers: layers}
	g.countries = sync.OnceValue(g.countryNames)
	g.states = sync.OnceValue(g.readStates)
	return g
}

// Layers of the gazetteer, first precedence first.
func (g *Gazetteer) Layers() []*Layer { return g.layers }

// Info says what each layer holds and where it comes from.
func (g *Gazetteer) Info() []Meta {
	info := make([]Meta, len(g.layers))
	for k, l := range g.layers {
		info[k] = l.meta
	}
	return info
}

// Get finds a place by its id.
func (g *Gazetteer) Get(id string) (Place, bool) {
	for _, l := range g.layers {
		if n, ok := l.find(id); ok {
			return l.place(n)
		}
	}
	return Place{}, false
}

// Lookup finds the places of a name, exact after folding, the best prior first.
// Where none has it, articles are dropped.
func (g *Gazetteer) Lookup(name string) []Match {
	key := Fold(name)
	found := g.exact(key)
	if len(found) > 0 {
		return found
	}
	if bare := WithoutArticles(key); bare != key {
		found = slices.DeleteFunc(g.exact(bare), func(m Match) bool { return !articleCountries[m.Country] })
		for k := range found {
			found[k].Loose = true
		}
	}
	return found
}

// LookupFolded is Lookup for a key that is folded already, without the second try.
func (g *Gazetteer) LookupFolded(key string) []Match { return g.exact(key) }

func (g *Gazetteer) exact(key string) []Match {
	if key == "" {
		return nil
	}
	var found []Match
	for _, l := range g.layers {
		if v, ok := l.value(bytesOf(key)); ok {
			found = l.matches(found, v)
		}
	}
	return g.merged(found)
}

func bytesOf(s string) []byte { return []byte(s) }

func (l *Layer) matches(found []Match, v uint64) []Match {
	l.postings(v, func(posting uint32) {
		n := posting >> postingShift
		p, ok := l.place(n)
		if !ok {
			return
		}
		m := Match{Place: p, Matched: NameKind(posting & (1<<postingKindBits - 1)), Loose: posting&postingLoose != 0}
		m.Prior = l.priorOf(n)
		if int(m.Matched) < len(namePenalty) {
			m.Prior -= namePenalty[m.Matched]
		}
		if m.Loose {
			m.Prior -= loosePenalty
		}
		found = append(found, m)
	})
	return found
}

// merged drops what a former layer has under the same id, and sorts by prior
// where several layers answered.
func (g *Gazetteer) merged(found []Match) []Match {
	if len(g.layers) < 2 || len(found) < 2 {
		return found
	}
	return byPrior(distinct(found))
}

func distinct(found []Match) []Match {
	seen := make(map[string]bool, len(found))
	return slices.DeleteFunc(found, func(m Match) bool {
		twice := seen[m.ID]
		seen[m.ID] = true
		return twice
	})
}

func byPrior(found []Match) []Match {
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Edits, b.Edits), cmp.Compare(b.Prior, a.Prior), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// maxPrefixNames bounds the names that a search by prefix looks at, in their
// order; two letters and more have fewer.
const maxPrefixNames = 20_000

// Prefix finds the places that have a name beginning so, the best prior first.
func (g *Gazetteer) Prefix(name string, limit int) []Match {
	key := Fold(name)
	if key == "" || limit <= 0 {
		return nil
	}
	var found []Match
	for _, l := range g.layers {
		guard(func() {
			it, err := l.fst.Iterator([]byte(key), append([]byte(key), 0xff))
			for n := 0; err == nil && n < maxPrefixNames; n++ {
				_, v := it.Current()
				found = l.matches(found, v)
				err = it.Next()
			}
		})
	}
	return head(byPrior(distinct(found)), limit)
}

func head(found []Match, limit int) []Match {
	if len(found) > limit {
		return found[:limit]
	}
	return found
}

// Within bounds a search that allows for misspelling.
type Within struct {
	Country string // ISO 3166-1 alpha-2
	Admin1  string // name of the first-level division
	Parent  string // id of a place
}

var fuzzy = sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
	return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
})

// Fuzzy finds places with a name of at least five letters that differs by one
// edit, only inside a country, division or place: without such a bound it finds
// nothing, since what it would find is mostly wrong.
func (g *Gazetteer) Fuzzy(name string, w Within, limit int) []Match {
	key := Fold(name)
	if w == (Within{}) || len(key) < 5 || len(key) > 60 || limit <= 0 {
		return nil
	}
	builder, err := fuzzy()
	if err != nil {
		return nil
	}
	dfa, err := builder.BuildDfa(key, 1)
	if err != nil {
		return nil
	}
	var found []Match
	for _, l := range g.layers {
		guard(func() {
			it, err := l.fst.Search(dfa, nil, nil)
			for ; err == nil; err = it.Next() {
				have, v := it.Current()
				from := len(found)
				found = l.matches(found, v)
				if string(have) != key {
					for k := from; k < len(found); k++ {
						found[k].Edits = 1
					}
				}
			}
		})
	}
	found = slices.DeleteFunc(found, func(m Match) bool { return !g.within(m.Place, w) })
	return head(byPrior(distinct(found)), limit)
}

func (g *Gazetteer) within(p Place, w Within) bool {
	if w.Country != "" && p.Country != w.Country || w.Admin1 != "" && p.Admin1 != w.Admin1 {
		return false
	}
	if w.Parent == "" {
		return true
	}
	parent, ok := g.Get(w.Parent)
	return ok && g.Contains(parent, p)
}

// Scan tells how many of the folded words, from the first, form the longest
// name that is known; 0 where none does. It is the geoparser's hot path.
func (g *Gazetteer) Scan(words []string) int {
	longest := 0
	if len(words) == 0 {
		return 0
	}
	for _, l := range g.layers {
		most := min(l.mostWords(words[0]), len(words))
		for n := most; n > longest; n-- {
			var buffer [96]byte
			key := appendKey(buffer[:0], words[:n])
			if _, ok := l.value(key); ok {
				longest = n
				break
			}
		}
	}
	return longest
}

// MayBegin reports whether a name may begin with a folded word.
func (g *Gazetteer) MayBegin(word string) bool {
	for _, l := range g.layers {
		if l.mostWords(word) > 0 {
			return true
		}
	}
	return false
}

func appendKey(b []byte, words []string) []byte {
	for k, w := range words {
		if k > 0 {
			b = append(b, ' ')
		}
		b = append(b, w...)
	}
	return b
}

// CountryNames gives the display name of each country by its ISO code.
func (g *Gazetteer) CountryNames() map[string]string { return g.countries() }

func (g *Gazetteer) countryNames() map[string]string {
	names := map[string]string{}
	for _, l := range g.layers {
		for iso, name := range l.meta.Countries {
			if names[iso] == "" {
				names[iso] = name
			}
		}
	}
	return names
}
