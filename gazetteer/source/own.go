package source

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

// ownColumns are the columns of a table of one's own places.
var ownColumns = []string{"id", "name", "alternates", "lon", "lat", "radius_m", "kind", "parent", "country", "population"}

// readOwnCSV reads places of one's own from a table with a line of column names.
func readOwnCSV(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		table, at, err := openTable(r)
		if err != nil {
			return err
		}
		for _, need := range []string{"name", "lon", "lat"} {
			if _, ok := at[need]; !ok {
				return fmt.Errorf("line 1: there is no column %s", need)
			}
		}
		for name := range at {
			if !slices.Contains(ownColumns, name) {
				return fmt.Errorf("line 1: the column %q is none of %s", name, strings.Join(ownColumns, ", "))
			}
		}
		return eachRow(table, func(col []string) error {
			value := func(name string) string {
				if k, ok := at[name]; ok {
					return strings.TrimSpace(col[k])
				}
				return ""
			}
			p, err := point(value("lon"), value("lat"))
			if err != nil {
				return err
			}
			return addOwn(in, to, value, p, 0)
		})
	})
}

// openTable reads the line of column names of a CSV or, where it has tabs, TSV.
func openTable(r io.Reader) (*csv.Reader, map[string]int, error) {
	table := csv.NewReader(r)
	table.ReuseRecord, table.FieldsPerRecord = true, 0
	head, err := table.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("line 1: %w", err)
	}
	if len(head) == 1 && strings.Contains(head[0], "\t") {
		return nil, nil, errors.New("line 1: the columns must be set apart by commas, not tabs")
	}
	at := map[string]int{}
	for k, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if _, twice := at[name]; twice {
			return nil, nil, fmt.Errorf("line 1: the column %s is there twice", name)
		}
		at[name] = k
	}
	return table, at, nil
}

func eachRow(table *csv.Reader, use func(col []string) error) error {
	for {
		col, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err // it names the line
		}
		line, _ := table.FieldPos(0)
		if slices.ContainsFunc(col, func(s string) bool { return strings.IndexByte(s, 0) >= 0 }) {
			return fmt.Errorf("line %d: a NUL byte", line)
		}
		if err := use(col); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// addOwn makes a place of the values of a row; radiusM is that of its outline, 0
// where it has none.
func addOwn(in *inputFile, to receiver, value func(string) string, p orb.Point, radiusM float64) error {
	name := value("name")
	if gazetteer.Fold(name) == "" {
		return fmt.Errorf("column name: %q is no name", name)
	}
	k, ok := kinds[value("kind")]
	switch {
	case value("kind") == "":
		k = kinds["town"]
	case !ok || k.class == 0:
		return fmt.Errorf("column kind: there is no kind %q", value("kind"))
	}
	row := placeRow{extent: radiusM > 0}
	row.Place = gazetteer.Place{ID: value("id"), Name: name, Class: k.class, Code: k.code, Point: p, RadiusM: radiusM, Country: to.countryNamed(value("country"))}
	if row.ID == "" {
		row.ID = fmt.Sprintf("own:%s.%d.%d", strings.ReplaceAll(gazetteer.Fold(name), " ", "-"), int(math.Floor(p.Lon()*100)), int(math.Floor(p.Lat()*100)))
	} else if !strings.Contains(row.ID, ":") {
		row.ID = "own:" + row.ID
	}
	if text := value("radius_m"); text != "" {
		r, err := strconv.ParseFloat(text, 64)
		if err != nil || !(r > 0 && r < 2.1e7) {
			return fmt.Errorf("column radius_m: %q is no radius on the Earth in metres", text)
		}
		row.RadiusM, row.extent = r, true
	}
	if text := value("population"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("column population: %q is no number of people", text)
		}
		row.Population = n
	}
	for n := range strings.SplitSeq(value("alternates"), "|") {
		row.addName(gazetteer.Name{Text: strings.TrimSpace(n), Kind: gazetteer.NameAlternate})
	}
	if parent := value("parent"); strings.Contains(parent, ":") {
		row.Parent = parent
	} else if holder, ok := to.holder(parent, &row); parent != "" && ok {
		row.Country, row.Admin1, row.Parent = holder.Country, holder.Admin1, holder.ID
		if holder.Admin1 != "" {
			if err := to.division(holder.Country+"."+holder.Admin1, holder.Admin1); err != nil {
				return err
			}
		}
	} else if parent != "" {
		return fmt.Errorf("column parent: no place %q is known within %d km", parent, maxHolderM/1000)
	}
	row.Basis = "package:" + filepath.Base(in.path) + "@own"
	return to.place(row)
}

// readOwnGeoJSON reads places of one's own from features: points, or outlines
// that give centre and radius.
func readOwnGeoJSON(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		d := json.NewDecoder(r)
		if err := seek(d, "features"); err != nil {
			return err
		}
		for n := 1; d.More(); n++ {
			var f geojson.Feature
			if err := d.Decode(&f); err != nil {
				return fmt.Errorf("feature %d: %w", n, err)
			}
			if err := addFeature(in, to, &f); err != nil {
				return fmt.Errorf("feature %d: %w", n, err)
			}
		}
		return nil
	})
}

// seek reads a document up to the array of a member of its outer object.
func seek(d *json.Decoder, member string) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errors.New("it is no GeoJSON object"), err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if key == member {
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return errors.Join(fmt.Errorf("%s is no array", member), err)
			}
			return nil
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return err
		}
	}
	return fmt.Errorf("it has no %s", member)
}

func addFeature(in *inputFile, to receiver, f *geojson.Feature) error {
	if f.Geometry == nil {
		return errors.New("it has no geometry")
	}
	value := func(name string) string {
		switch v := f.Properties[name].(type) {
		case string:
			return strings.TrimSpace(v)
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		if name == "id" && f.ID != nil {
			return fmt.Sprint(f.ID)
		}
		return ""
	}
	p, ok := f.Geometry.(orb.Point)
	radiusM := 0.0
	if !ok {
		p, _ = planar.CentroidArea(f.Geometry)
		for _, corner := range corners(f.Geometry) {
			radiusM = max(radiusM, gazetteer.DistanceM(p, corner))
		}
	}
	if !(math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90) {
		return fmt.Errorf("lon %v, lat %v is no place on the Earth", p.Lon(), p.Lat())
	}
	return addOwn(in, to, value, p, radiusM)
}

// corners are the points of a geometry.
func corners(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case orb.MultiPoint:
		return g
	case orb.LineString:
		return g
	case orb.Polygon:
		if len(g) > 0 {
			return g[0]
		}
	case orb.MultiLineString:
		return slices.Concat(asPoints(g)...)
	case orb.MultiPolygon:
		var all []orb.Point
		for _, p := range g {
			all = append(all, corners(p)...)
		}
		return all
	}
	b := g.Bound()
	return []orb.Point{b.Min, b.Max}
}

func asPoints(lines orb.MultiLineString) [][]orb.Point {
	out := make([][]orb.Point, len(lines))
	for k, l := range lines {
		out[k] = l
	}
	return out
}
