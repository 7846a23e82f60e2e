package source

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// supplement adds the rows that we write ourselves, once everything else is
// there. A row that stands for a place that a source has adds its names to it.
func (b *build) supplement(r io.Reader) error {
	rows, err := readRows(r)
	if err != nil {
		return err
	}
	s := &supplement{build: b, rows: map[string]row{}, added: map[string]*entry{}, named: map[string][]*entry{}}
	for _, e := range b.entries {
		s.know(e)
	}
	s.places = newNearest(b.entries)
	for _, one := range rows {
		s.rows[one.id] = one
	}
	var errs []error
	each := func(names bool, use func(row) error) {
		for _, one := range rows {
			if one.names() == names {
				if err := use(one); err != nil {
					errs = append(errs, fmt.Errorf("line %d, column parent: %w", one.line, err))
				}
			}
		}
	}
	each(false, func(one row) error { _, err := s.place(one, 0); return err })
	each(true, s.rename)
	return errors.Join(errs...)
}

type supplement struct {
	*build
	rows   map[string]row
	added  map[string]*entry   // by row id: what stands for it
	named  map[string][]*entry // by country and folded name without articles
	places *nearest
}

func bare(name string) string { return gazetteer.WithoutArticles(gazetteer.Fold(name)) }

func (s *supplement) know(e *entry) {
	seen := map[string]bool{}
	for _, n := range append([]gazetteer.Name{{Text: e.Name}}, e.Names...) {
		if key := e.Country + " " + bare(n.Text); !seen[key] {
			seen[key] = true
			s.named[key] = append(s.named[key], e)
		}
	}
}

// place adds a row, its parent first.
func (s *supplement) place(r row, depth int) (*entry, error) {
	if e := s.added[r.id]; e != nil {
		return e, nil
	}
	if depth > 8 {
		return nil, fmt.Errorf("%q is its own parent", r.parent)
	}
	parent, err := s.parent(r, depth)
	if err != nil {
		return nil, err
	}
	e := s.twin(r, parent)
	if e != nil {
		e.addNames(gazetteer.NameAlternate, r.name)
	} else {
		k := kinds[r.kind]
		e = &entry{}
		e.Place = gazetteer.Place{ID: r.placeID(), Name: r.name, Class: k.class, Code: k.code, Point: r.point, RadiusM: r.radiusM, Basis: r.basis}
		s.put(e, parent)
		s.build.add(e)
	}
	for _, n := range r.alternates {
		e.addNames(curated(n, r), n)
	}
	if e.ID == r.placeID() {
		e.AltNames = len(e.Names)
	}
	s.added[r.id] = e
	s.know(e)
	return e, nil
}

// curated is what a further name of a row is to its place: that of a sea or a
// region is as good as its own ("the Atlantic").
func curated(name string, r row) gazetteer.NameKind {
	k := kinds[r.kind]
	switch {
	case abbreviated(name):
		return gazetteer.NameAbbreviation
	case k.class == 'H' || k.class == 'L' && (k.code == "RGN" || k.code == "CONT"):
		return gazetteer.NamePrimary
	}
	return gazetteer.NameAlternate
}

// put says in which country, division and place an entry lies.
func (s *supplement) put(e, parent *entry) {
	if parent == nil {
		return
	}
	e.Parent, e.Country, e.Admin1 = parent.ID, parent.Country, parent.Admin1
	if e.Admin1 != "" || e.Class == 'H' || e.Code == "RGN" && e.RadiusM > divisionReachM {
		return
	}
	if town := s.places.town(e.Point, e.Country); town != nil && gazetteer.DistanceM(town.Point, e.Point) < divisionReachM {
		e.Admin1 = town.Admin1
	}
}

// divisionReachM is how far the nearest town may be that tells in which
// first-level division a row lies.
const divisionReachM = 60_000

// parent of a row: the place that it names.
func (s *supplement) parent(r row, depth int) (*entry, error) {
	id, sup := strings.CutPrefix(r.parent, "sup:")
	name, iso, chained := cutLast(r.parent, ", ")
	switch {
	case r.parent == "-":
		return nil, nil
	case sup:
		up, ok := s.rows[id]
		if !ok || up.names() {
			return nil, fmt.Errorf("there is no row %q", id)
		}
		return s.place(up, depth+1)
	case strings.HasPrefix(r.parent, "gn:") || strings.HasPrefix(r.parent, "cj:"):
		if e := s.byID[r.parent]; e != nil {
			return e, nil
		}
	case isoCode.MatchString(r.parent):
		if c := s.countries[r.parent]; c != nil {
			return c.entry, nil
		}
	case chained:
		if e := s.best(s.named[iso+" "+bare(name)], r); e != nil {
			return e, nil
		}
	}
	return nil, fmt.Errorf("%q is no place", r.parent)
}

// best of the places that have a parent's name: the smallest that holds the
// row's point, else the nearest; of a row of names, the largest town.
func (s *supplement) best(found []*entry, r row) *entry {
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(x, y *entry) int {
		if r.names() {
			return cmp.Or(cmp.Compare(y.Class, x.Class), cmp.Compare(y.Population, x.Population), cmp.Compare(x.ID, y.ID))
		}
		dx, dy := outside(x, r.point), outside(y, r.point)
		return cmp.Or(cmp.Compare(dx, dy), cmp.Compare(x.RadiusM, y.RadiusM), cmp.Compare(x.ID, y.ID))
	})
}

// outside is how far beyond the extent of a place a point lies, in metres.
func outside(e *entry, p orb.Point) float64 {
	return max(0, gazetteer.DistanceM(e.Point, p)-e.RadiusM)
}

// twin is the place of a source that a row stands for: of the same name and
// kind, in the same country, its point within the row's radius.
func (s *supplement) twin(r row, parent *entry) *entry {
	k := kinds[r.kind]
	if parent == nil || k.class != 'P' && k.code != "CMPRF" && k.code != "RGN" {
		return nil
	}
	var best *entry
	nearest := max(r.radiusM, twinM)
	for _, e := range s.named[parent.Country+" "+bare(r.name)] {
		alike := e.Class == 'P' && k.code != "RGN" || e.Class == 'A' && e.Code != "PCLI" && k.code == "RGN"
		if d := gazetteer.DistanceM(e.Point, r.point); alike && e != parent && !strings.HasPrefix(e.ID, "sup:") && d <= nearest {
			best, nearest = e, d
		}
	}
	return best
}

// twinM is how far apart a row and the place that it stands for may be at most
// where the row's radius is smaller.
const twinM = 4000

// rename adds the names of a row to its parent.
func (s *supplement) rename(r row) error {
	parent, err := s.parent(r, 0)
	if err != nil {
		return err
	}
	if parent == nil {
		return fmt.Errorf("names need a place")
	}
	for _, n := range append([]string{r.name}, r.alternates...) {
		kind := curated(n, r)
		if r.kind == "demonym" {
			kind = gazetteer.NameDemonym
		}
		parent.addNames(kind, n)
	}
	return nil
}

// abbreviated reports whether a name is one of capitals alone ("DRC") or of
// shortened words ("Calif.").
func abbreviated(n string) bool {
	if strings.HasSuffix(n, ".") {
		return true
	}
	letters := 0
	for _, r := range n {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.IsUpper(r) {
				return false
			}
		}
	}
	return letters <= 5 && isASCII(n)
}

// cutLast cuts a text at the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	at := strings.LastIndex(s, separator)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(separator):], true
}
