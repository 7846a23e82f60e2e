package source

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// build is a default gazetteer in the making.
type build struct {
	meta      gazetteer.Meta
	basis     string // of the rows that are being read
	entries   []*entry
	byID      map[string]*entry
	countries map[string]*country // by ISO alpha-2
	admin1    map[string]*division
	admin2    map[string]*division
	towns     map[string][]*entry // by country and each folded name
}

// entry is a place in the making, with what only the build needs.
type entry struct {
	gazetteer.Entry
	admin2 string // code
	spare  bool   // dropped unless another source has it too
}

type country struct {
	entry    *entry
	numeric  string
	area     float64 // km²
	polygons orb.MultiPolygon
}

// division of the first or second level; its code is "CC.01" or "CC.01.234".
type division struct {
	code, name string
	geonameid  string
	names      []string // alternates
}

func newBuild() *build {
	return &build{
		meta: gazetteer.Meta{Title: "Dateline default gazetteer"}, byID: map[string]*entry{}, countries: map[string]*country{},
		admin1: map[string]*division{}, admin2: map[string]*division{}, towns: map[string][]*entry{},
	}
}

func (b *build) add(e *entry) *entry {
	if e.Basis == "" {
		e.Basis = b.basis
	}
	b.entries = append(b.entries, e)
	b.byID[e.ID] = e
	if e.Class == 'P' {
		b.know(e, e.Name)
		for _, n := range e.Names {
			b.know(e, n.Text)
		}
	}
	return e
}

func (b *build) know(town *entry, name string) {
	key := town.Country + " " + gazetteer.Fold(name)
	b.towns[key] = append(b.towns[key], town)
}

// addAlternates adds the alternate names of a source that are worth keeping.
func (e *entry) addAlternates(names ...string) {
	e.addNames(gazetteer.NameAlternate, slices.DeleteFunc(names, func(n string) bool { return !worthKeeping(strings.TrimSpace(n)) })...)
}

// addNames adds the names whose folding a place does not have yet.
func (e *entry) addNames(kind gazetteer.NameKind, names ...string) {
	have := map[string]bool{gazetteer.Fold(e.Name): true}
	for _, n := range e.Names {
		have[gazetteer.Fold(n.Text)] = true
	}
	for _, n := range names {
		n = strings.TrimSpace(n)
		key := gazetteer.Fold(n)
		if key == "" || have[key] {
			continue
		}
		have[key] = true
		e.Names = append(e.Names, gazetteer.Name{Text: n, Kind: kind})
	}
}

// worthKeeping leaves out of the alternate names what no report writes: codes
// of airports and the like, addresses of the web, texts with digits, single
// letters, and scripts that we do not read.
func worthKeeping(n string) bool {
	letters, upper := 0, true
	for _, r := range n {
		switch {
		case unicode.IsDigit(r) || r == '/' || r == ':' || r == ';' || r == '(' || r == '@':
			return false
		case unicode.IsLetter(r):
			letters++
			upper = upper && unicode.IsUpper(r)
			if !unicode.In(r, unicode.Latin, unicode.Arabic, unicode.Cyrillic, unicode.Hebrew) {
				return false
			}
		}
	}
	return letters >= 2 && letters <= 40 && utf8.RuneCountInString(n) <= 60 && !(upper && letters <= 4 && isASCII(n))
}

func isASCII(s string) bool {
	for k := 0; k < len(s); k++ {
		if s[k] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (b *build) encode() ([]byte, error) {
	all := make([]gazetteer.Entry, len(b.entries))
	for k, e := range b.entries {
		slices.SortFunc(e.Names, func(x, y gazetteer.Name) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Text, y.Text)) })
		e.Names = slices.Compact(e.Names)
		all[k] = e.Entry
	}
	return gazetteer.Encode(all, b.meta)
}
