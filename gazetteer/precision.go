package gazetteer

// Precision says how finely a location is known, from an exact spot to a whole
// country. The values are the design's; UCDP's where_prec and ACLED's
// geo_precision map onto them.
type Precision string

// The precisions, finest first.
const (
	Exact         Precision = "exact"         // coordinates given for the very spot
	Site          Precision = "site"          // a building, base, hospital
	Street        Precision = "street"        // a street or square
	Neighbourhood Precision = "neighbourhood" // a quarter or camp
	Settlement    Precision = "settlement"    // a village, town or city
	Area          Precision = "area"          // near or part of a settlement: suburbs, outskirts, vicinity
	District      Precision = "district"      // second-level division
	Region        Precision = "region"        // first-level division or a named region
	Country       Precision = "country"
	Water         Precision = "water" // sea, strait, river, off a coast
)

// Precisions lists every precision, finest first.
var Precisions = []Precision{Exact, Site, Street, Neighbourhood, Settlement, Area, District, Region, Country, Water}

// Pinned reports whether a location of this precision may be drawn as a point.
// A district, region, country or water never is.
func (p Precision) Pinned() bool {
	switch p {
	case Exact, Site, Street, Neighbourhood, Settlement, Area:
		return true
	}
	return false
}

// Precision of the place itself, from its GeoNames feature class and code
// (https://www.geonames.org/export/codes.html lists the codes).
func (p Place) Precision() Precision {
	switch p.Class {
	case 'A':
		switch p.Code {
		case "PCLI", "PCLS", "PCLD", "PCLF", "PCLIX", "PCL", "PCLH", "TERR":
			return Country
		case "ADM1", "ADM1H", "RGN":
			return Region
		}
		return District
	case 'P':
		switch p.Code {
		case "PPLX", "PPLXC", "STLMT":
			return Neighbourhood
		}
		return Settlement
	case 'H':
		switch p.Code {
		case "DAM", "HBR":
			return Site
		}
		return Water
	case 'L':
		switch p.Code {
		case "CMPRF", "CMP":
			return Neighbourhood
		case "MILB", "INDS", "PRT", "OILF":
			return Site
		}
		return Region
	case 'R':
		return Street
	case 'S':
		if p.Code == "SQR" {
			return Street
		}
		return Site
	case 'T', 'U', 'V':
		if p.Code == "ISL" || p.Code == "ISLS" {
			return District
		}
		return Region
	}
	return Region
}
