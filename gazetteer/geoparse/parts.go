package geoparse

import (
	"math"
	"slices"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// boxed is a gazetteer that lists the places of a box.
type boxed interface {
	InBox(boxes []orb.Bound, after, limit int) (places []gazetteer.Place, next, total int)
}

// partKey names a part of a country or division.
type partKey struct {
	id            string
	bearing, half float64
}

// wideShape is the part of a country or division in a direction. Such places
// are seldom round, so that a sector of their circle may lie beyond their
// border: the part is the half, for a diagonal the quarter, of where their
// settlements are. Its point is the middle of the part's settlements, its
// radius holds them all. Where the gazetteer has too few it is the sector.
func (p *Parser) wideShape(place gazetteer.Place, bearing, half float64) shape {
	g, ok := p.places.(boxed)
	if !ok {
		return part(place, bearing, half)
	}
	key := partKey{place.ID, bearing, half}
	if s, ok := p.parts.Load(key); ok {
		return s.(shape)
	}
	s := partOfTowns(place, townsOf(g, place), bearing, half)
	p.parts.Store(key, s)
	return s
}

const mostTowns = 40_000

// townsOf lists the settlements of a country or a division.
func townsOf(g boxed, place gazetteer.Place) []gazetteer.Place {
	dLat := place.RadiusM / 111_000
	dLon := dLat / math.Max(0.1, math.Cos(math.Min(80, math.Abs(place.Point.Lat()))*rad))
	box := orb.Bound{
		Min: orb.Point{math.Max(-180, place.Point.Lon()-dLon), math.Max(-90, place.Point.Lat()-dLat)},
		Max: orb.Point{math.Min(180, place.Point.Lon()+dLon), math.Min(90, place.Point.Lat()+dLat)},
	}
	all, _, _ := g.InBox([]orb.Bound{box}, 0, mostTowns)
	return slices.DeleteFunc(all, func(t gazetteer.Place) bool {
		return t.Class != 'P' || t.Country != place.Country || place.Code == "ADM1" && t.Admin1 != place.Admin1
	})
}

// partOfTowns is the part of a place by its towns.
func partOfTowns(place gazetteer.Place, towns []gazetteer.Place, bearing, half float64) shape {
	const fewest = 12
	if len(towns) < fewest {
		return part(place, bearing, half)
	}
	axes := []float64{bearing}
	if half < 45 { // "north-eastern": of the northern half the eastern
		axes = []float64{bearing - 45, bearing + 45}
	}
	middles := make([]float64, len(axes))
	for k, axis := range axes {
		middles[k] = middleAlong(place, towns, axis)
	}
	var box orb.Bound
	var chosen []gazetteer.Place
	for _, t := range towns {
		inside := true
		for k, axis := range axes {
			inside = inside && along(place.Point, t.Point, axis) >= middles[k]
		}
		if !inside {
			continue
		}
		if chosen = append(chosen, t); len(chosen) == 1 {
			box = orb.Bound{Min: t.Point, Max: t.Point}
		}
		box = box.Extend(t.Point)
	}
	if len(chosen) < 3 {
		return part(place, bearing, half)
	}
	s := shape{point: box.Center()}
	for _, t := range chosen {
		s.radiusM = math.Max(s.radiusM, gazetteer.DistanceM(s.point, t.Point)+t.RadiusM)
	}
	return s
}

// middleAlong is the middle of the towns' range along an axis, without the
// hundredth at each end.
func middleAlong(place gazetteer.Place, towns []gazetteer.Place, axis float64) float64 {
	at := make([]float64, len(towns))
	for k, t := range towns {
		at[k] = along(place.Point, t.Point, axis)
	}
	slices.Sort(at)
	end := len(at) / 100
	return (at[end] + at[len(at)-1-end]) / 2
}

// along is how far p lies from c towards a bearing, in metres on a locally flat
// Earth.
func along(c, p orb.Point, bearing float64) float64 {
	const perDegree = 111_195.0
	x := (p.Lon() - c.Lon()) * perDegree * math.Cos(c.Lat()*rad)
	y := (p.Lat() - c.Lat()) * perDegree
	return x*math.Sin(bearing*rad) + y*math.Cos(bearing*rad)
}
