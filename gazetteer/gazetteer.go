// Package gazetteer knows places: it opens an index of names and features in
// place, finds a place by name or by position, and ranks what a name may mean
// in its context.
//
// Coordinates are longitude and latitude in degrees (WGS 84, orb's order: lon
// first); radii are metres. A place's radius holds the whole place, measured
// from its point, as the point-radius method has it (Wieczorek, Guo and
// Hijmans 2004, "The point-radius method for georeferencing locality
// descriptions").
package gazetteer

import (
	"strings"

	"github.com/paulmach/orb"
)

// Place is an entry of the gazetteer.
type Place struct {
	ID      string    // "gn:98182" (GeoNames), "osm:n123", "sup:palestine-street-baghdad", "cj:LB.05.name.cell"
	Name    string    // display name
	Class   byte      // GeoNames feature class: A P H T S L R U V
	Code    string    // GeoNames feature code, such as PPLC, ADM1, PCLI
	Country string    // ISO 3166-1 alpha-2 by GeoNames' code; empty for seas and the like
	Admin1  string    // name of the first-level division, empty where unknown
	Parent  string    // id of the place that the row lies in, empty where unknown
	Point   orb.Point // lon, lat
	RadiusM float64   // metres from Point that hold the place

	Population int64
	AltNames   int    // number of further names, a sign of how well known a place is
	Basis      string // "package:NAME@VERSION", "derived" or "recalled"
}

// Approximate reports whether the position was recalled rather than looked up;
// page and API then say "approximate" and confidence stays at or below
// MaxRecalledConfidence.
func (p Place) Approximate() bool { return p.Basis == "recalled" }

// MaxRecalledConfidence bounds the confidence of a place with basis "recalled".
const MaxRecalledConfidence = 0.7

// GeoNamesID returns the bare GeoNames id of a place that has one, else "".
func (p Place) GeoNamesID() string {
	id, ok := strings.CutPrefix(p.ID, "gn:")
	if !ok {
		return ""
	}
	return id
}

// Location is where something is: a place bent by a locative.
type Location struct {
	Place      Place
	Locative   string       // the words that bend the place, as written: "suburbs of", "10 km north of"
	Point      orb.Point    // lon, lat of the point that stands for the location
	RadiusM    float64      // metres from Point that hold the location
	Precision  Precision    // how finely the text places it
	Area       orb.Geometry // polygon that holds the location where a rule gives one, else nil
	Confidence float64      // 0 to 1, calibrated: of answers at 0.8 about 80% are right
	NotFound   string       // the part of the text that the gazetteer does not know; the answer is then its parent
}
