// Package crs is the table of coordinate reference systems that the API speaks
// beside CRS84, by the addresses that OGC gives them, with the order of their
// axes: WGS 84 with latitude first, the Mercator of web maps and the zones of
// UTM, all on the WGS 84 ellipsoid.
package crs

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
)

// System is a row of the table.
type System struct {
	URI   string
	Title string
	Axes  string // of a position, in order
	// from and to give x and y of lon and lat in degrees and back; ok is false
	// where a position is outside of the system.
	from, to func(orb.Point) (p orb.Point, ok bool)
}

// CRS84 is WGS 84 with longitude before latitude: what is stored, and what is
// answered where nothing else is asked for.
const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

const epsg = "http://www.opengis.net/def/crs/EPSG/0/"

// All is the table: CRS84, EPSG:4326, EPSG:3857, then the zones of UTM in the
// north (EPSG:32601 to 32660) and south (EPSG:32701 to 32760).
var All = table()

func table() []System {
	all := []System{
		{CRS84, "WGS 84, longitude first", "longitude, latitude in degrees", degrees, degrees},
		{epsg + "4326", "WGS 84, latitude first", "latitude, longitude in degrees", fromLonLat4326, toLonLat4326},
		{epsg + "3857", "WGS 84 / Pseudo-Mercator", "east, north in metres", mercator, fromMercator},
	}
	for _, half := range []struct {
		code        int
		letter      string
		falseNorthM float64
	}{{32600, "N", 0}, {32700, "S", 10_000_000}} {
		for zone := 1; zone <= 60; zone++ {
			utm := utmZone{meridian: float64(6*zone - 183), north: half.falseNorthM}
			all = append(all, System{
				URI: fmt.Sprintf("%s%d", epsg, half.code+zone), Title: fmt.Sprintf("WGS 84 / UTM zone %d%s", zone, half.letter),
				Axes: "east, north in metres", from: utm.forward, to: utm.inverse,
			})
		}
	}
	return all
}

// ByURI finds a row of All; https stands for http too.
func ByURI(uri string) (System, bool) {
	uri = strings.Replace(uri, "https://", "http://", 1)
	for _, s := range All {
		if s.URI == uri {
			return s, true
		}
	}
	return System{}, false
}

// IsDefault reports whether the system is CRS84.
func (s System) IsDefault() bool { return s.URI == CRS84 }

// FromLonLat gives a position in the system; ok is false where it has none.
func (s System) FromLonLat(p orb.Point) (orb.Point, bool) { return s.from(p) }

// ToLonLat gives longitude and latitude in degrees of a position in the system.
func (s System) ToLonLat(p orb.Point) (orb.Point, bool) { return s.to(p) }

func degrees(p orb.Point) (orb.Point, bool) {
	return p, math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90
}

func fromLonLat4326(p orb.Point) (orb.Point, bool) {
	_, ok := degrees(p)
	return orb.Point{p[1], p[0]}, ok
}

func toLonLat4326(p orb.Point) (orb.Point, bool) { return degrees(orb.Point{p[1], p[0]}) }

// majorM is the semi-major axis of WGS 84 in metres, flattening its flattening.
const (
	majorM     = 6378137
	flattening = 1 / 298.257223563
)

// maxMercator is the latitude where the map of EPSG:3857 is a square.
const maxMercator = 85.06

func mercator(p orb.Point) (orb.Point, bool) {
	if _, ok := degrees(p); !ok || math.Abs(p[1]) > maxMercator {
		return orb.Point{}, false
	}
	return orb.Point{majorM * p[0] * math.Pi / 180, majorM * math.Asinh(math.Tan(p[1]*math.Pi/180))}, true
}

func fromMercator(p orb.Point) (orb.Point, bool) {
	lon, lat := p[0]/majorM*180/math.Pi, math.Atan(math.Sinh(p[1]/majorM))*180/math.Pi
	if math.Abs(lon) > 180 && math.Abs(lon) < 180+1e-9 {
		lon = math.Copysign(180, lon)
	}
	return degrees(orb.Point{lon, lat})
}
