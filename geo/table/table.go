// Package table reads the files that other programs write (CSV and TSV with any
// columns, XLSX, GeoJSON and its sequences, KML, GeoPackage, TimeMap, the exports
// of UCDP, ACLED and GDELT) as rows, and makes incidents of them by a mapping of
// columns to fields.
package table

import (
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// Row is one row or feature of a file.
type Row struct {
	Number int          // line or feature, counted from 1
	Cells  []string     // beside the table's Header; trimmed, but in an export of ours
	Shape  orb.Geometry // the row's own geometry in degrees, lon first; nil where it has none
	Raw    string       // as it stands in the file, for the rejects; of a binary file its cells
}

// Table is a file of rows with one header.
type Table struct {
	Header []string
	Rows   iter.Seq2[Row, error] // may be walked once; an error is of one row, and the rest go on
	Name   string                // of the file, without its folder and ending
	Total  int64                 // number of rows, 0 where only their reading tells
	file   *os.File
	close  func() error
}

// Share of the file that is read when so many rows are, from 0 to 1; 0 where it
// is not known.
func (t *Table) Share(rows int) float64 {
	if t.Total > 0 {
		return min(1, float64(rows)/float64(t.Total))
	}
	info, err := t.file.Stat()
	if err != nil || info.Size() == 0 {
		return 0
	}
	at, err := t.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0
	}
	return min(1, float64(at)/float64(info.Size()))
}

// Close closes the file.
func (t *Table) Close() error {
	if t.close == nil {
		return nil
	}
	return t.close()
}

// reader opens a kind of file.
type reader struct {
	name       string
	extensions []string
	media      []string // media types of a body without a name
	open       func(path string, file *os.File) (*Table, error)
}

// readers is the table of the kinds of files, by their endings.
var readers = []reader{
	{"CSV or TSV", []string{"csv", "tsv", "tab", "txt"}, []string{"text/csv", "text/tab-separated-values"}, openCSV},
	{"XLSX", []string{"xlsx", "xlsm"}, []string{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, openXLSX},
	{"GeoJSON or TimeMap JSON", []string{"geojson", "json"}, []string{"application/geo+json", "application/json"}, openJSON},
	{"GeoJSON text sequence", []string{"geojsons", "geojsonl", "ndjson", "jsonl"}, []string{"application/geo+json-seq", "application/x-ndjson"}, openLines},
	{"KML", []string{"kml"}, []string{"application/vnd.google-earth.kml+xml"}, openKML},
	{"KMZ", []string{"kmz"}, []string{"application/vnd.google-earth.kmz"}, openKML},
	{"GeoPackage", []string{"gpkg"}, []string{"application/geopackage+sqlite3"}, openGeoPackage},
	{"FlatGeobuf", []string{"fgb"}, []string{"application/flatgeobuf"}, openFlatGeobuf},
}

// EndingOf is the ending of a file of a media type.
func EndingOf(mediaType string) (ending string, ok bool) {
	for _, r := range readers {
		if slices.Contains(r.media, mediaType) {
			return r.extensions[0], true
		}
	}
	return "", false
}

// MediaTypes lists those of the files that can be read.
func MediaTypes() []string {
	var all []string
	for _, r := range readers {
		all = append(all, r.media...)
	}
	return all
}

// Extensions lists the endings that can be read.
func Extensions() []string {
	var all []string
	for _, r := range readers {
		all = append(all, r.extensions...)
	}
	return all
}

// Open opens a file by its ending. GDELT's event files end in .export.CSV.
func Open(path string) (*Table, error) {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	for _, r := range readers {
		for _, e := range r.extensions {
			if e != ext {
				continue
			}
			file, err := os.Open(path)
			if err != nil {
				return nil, err
			}
			t, err := r.open(path, file)
			if err != nil {
				file.Close()
				return nil, fmt.Errorf("read as %s: %w", r.name, err)
			}
			t.file = file
			t.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
			before := t.close
			t.close = func() error {
				if before != nil {
					before()
				}
				return file.Close()
			}
			return t, nil
		}
	}
	return nil, geo.Invalid("file", "%s: no format to read has this ending; there are %s", filepath.Base(path), strings.Join(Extensions(), ", "))
}

// at is the cell of a column; empty where the row is short.
func (r Row) at(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}
