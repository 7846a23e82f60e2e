package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// maxKML bounds the document that a KMZ unpacks to.
const maxKML = 1 << 31

// placemark is what is read of one.
type placemark struct {
	ID          string `xml:"id,attr"`
	Name        string `xml:"name"`
	Description string `xml:"description"`
	Begin       string `xml:"TimeSpan>begin"`
	End         string `xml:"TimeSpan>end"`
	When        string `xml:"TimeStamp>when"`
	Inner       string `xml:",innerxml"`
	kmlShapes
	Several *kmlShapes `xml:"MultiGeometry"`
	Data    []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value"`
	} `xml:"ExtendedData>Data"`
	Simple []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:",chardata"`
	} `xml:"ExtendedData>SchemaData>SimpleData"`
}

// kmlShapes are the geometries that an element holds.
type kmlShapes struct {
	Points   []string     `xml:"Point>coordinates"`
	Lines    []string     `xml:"LineString>coordinates"`
	Polygons []kmlPolygon `xml:"Polygon"`
}

type kmlPolygon struct {
	Outer string   `xml:"outerBoundaryIs>LinearRing>coordinates"`
	Inner []string `xml:"innerBoundaryIs>LinearRing>coordinates"`
}

// openKML reads the placemarks of a KML document, or of the largest in a KMZ.
func openKML(name string, file *os.File) (*Table, error) {
	if !strings.EqualFold(path.Ext(name), ".kmz") {
		return twice(file, eachPlacemark)
	}
	doc, err := unpackedKML(name)
	if err != nil {
		return nil, err
	}
	t, err := twice(doc, eachPlacemark)
	if err != nil {
		return nil, errors.Join(err, doc.Close())
	}
	t.close = doc.Close
	return t, nil
}

// eachPlacemark walks a document; one that is broken ends it, as XML has no way
// to go on.
func eachPlacemark(r io.Reader, each func(objectRow) bool) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("want UTF-8") }
	for n := 1; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return geo.Invalid("file", "no XML: %v", err)
		}
		start, ok := t.(xml.StartElement)
		if !ok || start.Name.Local != "Placemark" {
			continue
		}
		line, _ := d.InputPos()
		var p placemark
		if err := d.DecodeElement(&p, &start); err != nil {
			return geo.Invalid("placemark", "%d: %v", n, err)
		}
		n++
		row := p.row()
		row.number = line
		if !each(row) {
			return errEnough
		}
	}
}

// unpackedKML unpacks a KMZ's document to a file that is gone when it is closed:
// the largest, since GDAL's first one only names the others.
func unpackedKML(name string) (*os.File, error) {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var largest *zip.File
	for _, f := range archive.File {
		if strings.EqualFold(path.Ext(f.Name), ".kml") && (largest == nil || f.UncompressedSize64 > largest.UncompressedSize64) {
			largest = f
		}
	}
	if largest == nil {
		return nil, geo.Invalid("file", "the archive holds no .kml")
	}
	r, err := largest.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	doc, err := os.CreateTemp("", "dateline-kml-")
	if err != nil {
		return nil, err
	}
	os.Remove(doc.Name()) // it lives on as long as it is open
	n, err := io.Copy(doc, io.LimitReader(r, maxKML+1))
	if err == nil && n > maxKML {
		err = fmt.Errorf("%w: its document is over %d MiB", geo.ErrTooLarge, maxKML>>20)
	}
	if err == nil {
		_, err = doc.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, doc.Close())
	}
	return doc, nil
}

func (p *placemark) row() objectRow {
	var r objectRow
	for _, d := range p.Simple {
		r.set(d.Name, d.Value)
	}
	for _, d := range p.Data {
		r.set(d.Name, d.Value)
	}
	for _, d := range []struct{ name, value string }{{"id", p.ID}, {"title", p.Name}, {"description", p.Description}, {"start", firstOf(p.Begin, p.When)}, {"end", firstOf(p.End, p.When)}} {
		if isOwn(r.names) && d.name != "start" && d.name != "end" {
			continue // the title there is for people: a label where there is none
		}
		if d.value != "" && r.values[d.name] == "" {
			r.set(d.name, d.value)
		}
	}
	shapes := p.kmlShapes
	if p.Several != nil {
		shapes = *p.Several
	}
	r.shape, r.err = shapes.geometry()
	r.raw = []byte("<Placemark>" + p.Inner + "</Placemark>")
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

// geometry is the one shape, or the collection of several; nil for none.
func (s kmlShapes) geometry() (orb.Geometry, error) {
	var all orb.Collection
	for _, list := range s.Points {
		points, err := coordinates(list)
		if err != nil {
			return nil, err
		}
		all = append(all, points[0])
	}
	for _, list := range s.Lines {
		points, err := coordinates(list)
		if err != nil {
			return nil, err
		}
		all = append(all, orb.LineString(points))
	}
	for _, one := range s.Polygons {
		var polygon orb.Polygon
		for _, list := range append([]string{one.Outer}, one.Inner...) {
			points, err := coordinates(list)
			if err != nil {
				return nil, err
			}
			polygon = append(polygon, orb.Ring(points))
		}
		all = append(all, polygon)
	}
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
		return all[0], nil
	}
	return all, nil
}

// coordinates reads a list of lon,lat[,height] that is not empty.
func coordinates(list string) ([]orb.Point, error) {
	var points []orb.Point
	for _, one := range strings.Fields(list) {
		part := strings.Split(one, ",")
		if len(part) < 2 {
			return nil, geo.Invalid("coordinates", "%q is not lon,lat", one)
		}
		lon, errLon := strconv.ParseFloat(part[0], 64)
		lat, errLat := strconv.ParseFloat(part[1], 64)
		if errLon != nil || errLat != nil {
			return nil, geo.Invalid("coordinates", "%q is not lon,lat", one)
		}
		points = append(points, orb.Point{lon, lat})
	}
	if len(points) == 0 {
		return nil, geo.Invalid("coordinates", "there are none")
	}
	return points, nil
}
