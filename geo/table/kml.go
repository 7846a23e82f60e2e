package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// maxKML bounds a KML document.
const maxKML = 1 << 29

// placemark is what is read of one.
type placemark struct {
	ID          string `xml:"id,attr"`
	Name        string `xml:"name"`
	Description string `xml:"description"`
	Begin       string `xml:"TimeSpan>begin"`
	End         string `xml:"TimeSpan>end"`
	When        string `xml:"TimeStamp>when"`
	Point       string `xml:"Point>coordinates"`
	Ring        string `xml:"Polygon>outerBoundaryIs>LinearRing>coordinates"`
	Line        string `xml:"LineString>coordinates"`
	Data        []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value"`
	} `xml:"ExtendedData>Data"`
	Simple []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:",chardata"`
	} `xml:"ExtendedData>SchemaData>SimpleData"`
}

// openKML reads the placemarks of a KML document, or of the first in a KMZ.
func openKML(name string, file *os.File) (*Table, error) {
	var data []byte
	var err error
	if strings.EqualFold(path.Ext(name), ".kmz") {
		data, err = firstKML(name)
	} else {
		data, err = limited(file, maxKML)
	}
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("want UTF-8") }
	var rows []objectRow
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, geo.Invalid("file", "no XML: %v", err)
		}
		start, ok := t.(xml.StartElement)
		if !ok || start.Name.Local != "Placemark" {
			continue
		}
		var p placemark
		if err := d.DecodeElement(&p, &start); err != nil {
			return nil, geo.Invalid("placemark", "%d: %v", len(rows)+1, err)
		}
		rows = append(rows, p.row())
	}
	return ofRows(rows), nil
}

func firstKML(name string) ([]byte, error) {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	for _, f := range archive.File {
		if !strings.EqualFold(path.Ext(f.Name), ".kml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(io.LimitReader(r, maxKML))
	}
	return nil, geo.Invalid("file", "the archive holds no .kml")
}

func (p *placemark) row() objectRow {
	var r objectRow
	for _, d := range p.Simple {
		r.set(d.Name, strings.TrimSpace(d.Value))
	}
	for _, d := range p.Data {
		r.set(d.Name, strings.TrimSpace(d.Value))
	}
	for _, d := range []struct{ name, value string }{{"id", p.ID}, {"title", p.Name}, {"description", p.Description}, {"start", firstOf(p.Begin, p.When)}, {"end", firstOf(p.End, p.When)}} {
		if d.value != "" && r.values[d.name] == "" {
			r.set(d.name, strings.TrimSpace(d.value))
		}
	}
	r.point, r.placed = coordinates(firstOf(p.Point, p.Ring, p.Line))
	r.raw = []byte(p.Name)
	return r
}

func firstOf(all ...string) string {
	for _, s := range all {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// coordinates is the middle of a list of lon,lat[,height].
func coordinates(list string) (orb.Point, bool) {
	bound, n := orb.Bound{}, 0
	for _, one := range strings.Fields(list) {
		part := strings.Split(one, ",")
		if len(part) < 2 {
			return orb.Point{}, false
		}
		lon, err := strconv.ParseFloat(part[0], 64)
		lat, err2 := strconv.ParseFloat(part[1], 64)
		if err != nil || err2 != nil {
			return orb.Point{}, false
		}
		p := orb.Point{lon, lat}
		if n == 0 {
			bound = p.Bound()
		}
		bound, n = bound.Extend(p), n+1
	}
	return bound.Center(), n > 0
}
