package source

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// derive makes what follows from the rows that were read: the points and radii
// of countries, and the divisions of both levels.
func (b *build) derive() {
	towns := newNearest(b.entries)
	b.ownPolygons()
	members := b.members()
	for _, iso := range slices.Sorted(maps.Keys(b.countries)) {
		b.deriveCountry(b.countries[iso], members[iso])
	}
	sameAdmin1 := func(x, y *entry) bool { return x.Admin1 == y.Admin1 }
	sameAdmin2 := func(x, y *entry) bool { return x.Admin1 == y.Admin1 && x.admin2 == y.admin2 }
	for _, iso := range slices.Sorted(maps.Keys(b.countries)) {
		regions := newRegions(b.countries[iso], members[iso])
		for _, code := range slices.Sorted(maps.Keys(b.admin1)) {
			if own := members[code]; code[:2] == iso && len(own) > 0 {
				b.deriveAdmin1(b.admin1[code], regions, towns.withoutStrays(own, sameAdmin1))
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(b.admin2)) {
		if own := members[code]; len(own) > 0 {
			b.deriveAdmin2(b.admin2[code], towns.withoutStrays(own, sameAdmin2))
		}
	}
	b.entries = slices.DeleteFunc(b.entries, func(e *entry) bool { return e.RadiusM == 0 })
	b.dropForeignNames()
}

// members lists the settlements of each country ("CC") and division ("CC.01",
// "CC.01.234").
func (b *build) members() map[string][]*entry {
	members := map[string][]*entry{}
	for _, e := range b.entries {
		if e.Class != 'P' {
			continue
		}
		key := e.Country
		members[key] = append(members[key], e)
		if e.Admin1 == "" {
			continue
		}
		key += "." + e.Admin1
		members[key] = append(members[key], e)
		if e.admin2 != "" {
			key += "." + e.admin2
			members[key] = append(members[key], e)
		}
	}
	return members
}

// deriveCountry puts a country's point inside its largest polygon and holds its
// places and polygons; without a polygon (small islands), amid its places.
// Polygons without a place that lie far off (Bouvet Island of Norway) are none
// of what a report means by the country.
func (b *build) deriveCountry(c *country, members []*entry) {
	e := c.entry
	if len(c.polygons) > 0 {
		e.Point = interiorPoint(largest(c.polygons))
	} else if len(members) > 0 {
		e.Point = medoid(members)
	} else {
		return // no place is known there
	}
	reach := max(1000*math.Sqrt(c.area/math.Pi), farthest(e.Point, members))
	if len(c.polygons) > 0 {
		reach = max(reach, farthestVertex(e.Point, largest(c.polygons)))
	}
	near := reach + farPolygonM
	for _, polygon := range c.polygons {
		if far := farthestVertex(e.Point, polygon); far <= near {
			reach = max(reach, far)
		}
	}
	e.RadiusM, e.Basis = math.Ceil(reach), "derived"
	e.AltNames = len(e.Names)
}

// farPolygonM is how far beyond a country's places a polygon may reach.
const farPolygonM = 300_000

func farthestVertex(p orb.Point, polygon orb.Polygon) float64 {
	reach := 0.0
	for _, pt := range polygon[0] {
		reach = max(reach, gazetteer.DistanceM(p, pt))
	}
	return reach
}

// deriveAdmin1 adds a first-level division. A grid over the country gives each
// cell to the division of the nearest place; a division's point is the cell that
// is farthest from the cells of others, and its radius holds its places, and its
// cells as far as those are near its places.
func (b *build) deriveAdmin1(d *division, regions *regions, own []*entry) {
	e := &entry{}
	e.Place = gazetteer.Place{ID: "gn:" + d.geonameid, Name: d.name, Class: 'A', Code: "ADM1", Country: d.code[:2], Admin1: d.code[3:], Basis: "derived"}
	if d.geonameid == "" {
		e.ID = "cj:" + d.code
	}
	if b.byID[e.ID] != nil {
		return
	}
	point, reach, ok := regions.interior(e.Admin1, own)
	if !ok {
		point = medoid(own)
	}
	e.Point, e.RadiusM = point, math.Ceil(max(reach, farthest(point, own)+divisionMarginM))
	for _, m := range own {
		e.Population += m.Population
	}
	e.addNames(gazetteer.NameAlternate, d.names...)
	for _, n := range append([]string{d.name}, d.names...) {
		e.addNames(gazetteer.NameAlternate, withoutKind(n))
	}
	e.AltNames = len(e.Names)
	b.add(e)
}

// deriveAdmin2 adds a second-level division amid its places, unless the only
// place that is known there bears its name.
func (b *build) deriveAdmin2(d *division, own []*entry) {
	e := &entry{}
	first := own[0]
	e.Place = gazetteer.Place{ID: "cj:" + d.code, Name: d.name, Class: 'A', Code: "ADM2", Country: first.Country, Admin1: first.Admin1, Basis: "derived"}
	name := gazetteer.Fold(d.name)
	if name == "" || b.byID[e.ID] != nil || len(own) == 1 && gazetteer.Fold(first.Name) == name {
		return
	}
	e.Point = middle(own)
	for _, m := range own {
		e.Population += m.Population
	}
	e.RadiusM = math.Ceil(farthest(e.Point, own) + divisionMarginM)
	b.add(e)
}

// farthest is the distance in metres from a point to the far edge of the
// farthest place.
func farthest(p orb.Point, places []*entry) float64 {
	reach := 0.0
	for _, e := range places {
		reach = max(reach, gazetteer.DistanceM(p, e.Point)+e.RadiusM)
	}
	return reach
}

// middle of the box that holds some places; of places on both sides of 180°,
// the place that is nearest to their median.
func middle(places []*entry) orb.Point {
	box := orb.Bound{Min: places[0].Point, Max: places[0].Point}
	for _, e := range places {
		box = box.Extend(e.Point)
	}
	if box.Max.Lon()-box.Min.Lon() > 180 {
		return medoid(places)
	}
	return box.Center()
}

// medoid is the point of the place that is nearest to the median of all.
func medoid(places []*entry) orb.Point {
	at := median(places)
	return slices.MinFunc(places, func(x, y *entry) int {
		return cmp.Or(cmp.Compare(gazetteer.DistanceM(at, x.Point), gazetteer.DistanceM(at, y.Point)), cmp.Compare(x.ID, y.ID))
	}).Point
}
