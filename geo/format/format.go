// Package format reads and writes incidents, one file a format and one table of
// them.
package format

import (
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// Format is a row of Formats.
type Format struct {
	Name      string // as ?f= and the page name it
	Label     string
	MediaType string
	Extension string // without the dot
	Write     func(io.Writer, iter.Seq2[geo.Incident, error], Options) error
	Read      func(io.Reader) iter.Seq2[geo.Incident, error] // nil where it is written only
}

// Formats is the table: command line, API, page and the round-trip test follow it.
var Formats = []Format{
	{"geojson", "GeoJSON", GeoJSONMediaType, "geojson", WriteGeoJSON, ReadGeoJSON},
	{"csv", "CSV", "text/csv; charset=utf-8", "csv", WriteCSV, ReadCSV},
	{"geojsonseq", "GeoJSON text sequence", GeoJSONSeqMediaType, "geojsons", WriteGeoJSONSeq, ReadGeoJSONSeq},
	{"gpkg", "GeoPackage", "application/geopackage+sqlite3", "gpkg", WriteGeoPackage, nil},
	{"fgb", "FlatGeobuf", "application/flatgeobuf", "fgb", WriteFlatGeobuf, nil},
	{"parquet", "GeoParquet", "application/vnd.apache.parquet", "parquet", WriteGeoParquet, nil},
	{"shp", "Shapefile (ZIP)", "application/zip", "zip", WriteShapefile, nil},
	{"kml", "KML", "application/vnd.google-earth.kml+xml", "kml", WriteKML, nil},
	{"kmz", "KMZ", "application/vnd.google-earth.kmz", "kmz", WriteKMZ, nil},
	{"gpx", "GPX waypoints", "application/gpx+xml", "gpx", WriteGPX, nil},
	{"georss", "GeoRSS (Atom)", AtomMediaType, "atom", WriteGeoRSS, nil},
	{"hxl", "CSV with HXL hashtags", "text/csv; charset=utf-8; header=present", "hxl.csv", WriteHXL, nil},
}

// Options of a writer.
type Options struct {
	Shape   Shape
	Members []Member // further members of a GeoJSON collection or feature, in order
	Only    []string // names of the columns to write, all where nil; of the formats that Selects names
	// Project moves a geometry of GeoJSON to another coordinate system; ok is
	// false where it has no place there. CRS84 where nil.
	Project func(orb.Geometry) (g orb.Geometry, ok bool)
}

// Selects reports whether a format writes the columns of Options.Only alone.
func Selects(name string) bool { return name == "geojson" || name == "csv" }

// Sorts reports whether a format has an order of its own, so that it is all the
// same in which incidents come.
func Sorts(name string) bool { return name == "fgb" }

// Unordered reports whether a format's readers expect no order of the rows, so
// that they may come as they are kept where none is asked, which is faster.
func Unordered(name string) bool { return name == "parquet" }

// columns to write.
func (o Options) columns() []geo.Field {
	if o.Only == nil {
		return allColumns
	}
	return slices.DeleteFunc(slices.Clone(allColumns), func(f geo.Field) bool { return !slices.Contains(o.Only, f.Name) })
}

// allColumns are geo.Columns, made once.
var allColumns = geo.Columns()

// Member is a named value.
type Member struct {
	Name  string
	Value any
}

// Shape says what stands for an incident on the map.
type Shape int

// The shapes. In Incidents and Areas the coordinates of a district, region,
// country or water are left out: they are never a point.
const (
	Incidents Shape = iota // the point of a pinned place, else nothing
	Areas                  // the polygon that holds the place
	Full                   // as Incidents, with lat and lon of every located place among the properties
)

// ByName finds a row of Formats.
func ByName(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// ByExtension finds a row of Formats by the ending of a file, without the dot.
func ByExtension(ext string) (Format, bool) {
	for _, f := range Formats {
		if strings.EqualFold(f.Extension, ext) || ext == "json" && f.Name == "geojson" || strings.EqualFold(ext, "geojsonl") && f.Name == "geojsonseq" {
			return f, true
		}
	}
	return Format{}, false
}

// ByFile finds a row of Formats by the name of a file, of which the longest
// ending counts: "a.hxl.csv" is HXL, "a.csv" plain CSV.
func ByFile(name string) (Format, bool) {
	name = filepath.Base(name)
	for {
		_, ext, ok := strings.Cut(name, ".")
		if !ok {
			return Format{}, false
		}
		if f, ok := ByExtension(ext); ok {
			return f, true
		}
		name = ext
	}
}

// WriterNames lists the formats that can be written.
func WriterNames() []string {
	var names []string
	for _, f := range Formats {
		if f.Write != nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// shaped is the incident as a shape shows it: without the coordinates of what
// is no point, unless the shape is Full.
func (s Shape) shaped(i geo.Incident) geo.Incident {
	if s == Full || !slices.ContainsFunc(i.Places, func(p geo.Site) bool { return p.Lon != nil && !p.Pinned() || p.Lon == nil && p.Lat != nil }) {
		return i
	}
	places := make([]geo.Site, len(i.Places))
	for k, p := range i.Places {
		if !p.Pinned() {
			p.Lon, p.Lat = nil, nil
		}
		places[k] = p
	}
	i.Places = places
	return i
}
