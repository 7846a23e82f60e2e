package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

// maxJSON bounds a JSON file, which is read whole.
const maxJSON = 1 << 30

// openJSON reads a FeatureCollection, or the events of a TimeMap (an array of
// objects, or an object of them under "events").
func openJSON(_ string, file *os.File) (*Table, error) {
	data, err := limited(file, maxJSON)
	if err != nil {
		return nil, err
	}
	var whole struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
		Events   []json.RawMessage `json:"events"`
	}
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '[' {
		err = json.Unmarshal(data, &whole.Events)
	} else {
		err = json.Unmarshal(data, &whole)
	}
	if err != nil {
		return nil, geo.Invalid("file", "no JSON: %v", err)
	}
	switch {
	case whole.Type == "FeatureCollection":
		return ofFeatures(whole.Features)
	case len(whole.Events) > 0:
		return ofObjects(whole.Events)
	}
	return nil, geo.Invalid("file", "neither a FeatureCollection nor an array of events")
}

// openLines reads a feature or an object a line.
func openLines(_ string, file *os.File) (*Table, error) {
	in := bufio.NewScanner(file)
	in.Buffer(nil, maxRowBytes)
	var lines []json.RawMessage
	for in.Scan() {
		if line := bytes.TrimSpace(bytes.TrimLeft(in.Bytes(), "\x1e")); len(line) > 0 {
			lines = append(lines, slices.Clone(line))
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		return nil, geo.Invalid("line", "line %d is over %d MiB", len(lines)+1, maxRowBytes>>20)
	}
	if in.Err() != nil {
		return nil, in.Err()
	}
	return ofFeatures(lines)
}

// ofFeatures makes rows of features; the header is every property, in the order
// in which they come first.
func ofFeatures(features []json.RawMessage) (*Table, error) {
	rows := make([]objectRow, len(features))
	for k, raw := range features {
		var f struct {
			ID         any             `json:"id"`
			Geometry   json.RawMessage `json:"geometry"`
			Properties json.RawMessage `json:"properties"`
		}
		rows[k].raw = raw
		if err := json.Unmarshal(raw, &f); err != nil {
			rows[k].err = geo.Invalid("feature", "%v", err)
			continue
		}
		if rows[k].err = rows[k].fill(f.Properties); rows[k].err != nil {
			continue
		}
		if f.ID != nil && rows[k].values["id"] == "" {
			rows[k].set("id", fmt.Sprint(f.ID))
		}
		if len(f.Geometry) > 0 && string(f.Geometry) != "null" {
			g, err := geojson.UnmarshalGeometry(f.Geometry)
			if err != nil {
				rows[k].err = geo.Invalid("geometry", "%v", err)
				continue
			}
			rows[k].point, rows[k].placed = pointOf(g.Geometry())
		}
	}
	return ofRows(rows), nil
}

// ofObjects makes rows of plain objects.
func ofObjects(objects []json.RawMessage) (*Table, error) {
	rows := make([]objectRow, len(objects))
	for k, raw := range objects {
		rows[k].raw = raw
		rows[k].err = rows[k].fill(raw)
	}
	return ofRows(rows), nil
}

// pointOf a geometry: a point itself, else the centroid.
func pointOf(g orb.Geometry) (orb.Point, bool) {
	switch g := g.(type) {
	case nil:
		return orb.Point{}, false
	case orb.Point:
		return g, true
	case orb.MultiPoint:
		return g[0], len(g) > 0
	}
	p, _ := planar.CentroidArea(g)
	return p, p.Lon() == p.Lon() && p.Lat() == p.Lat()
}

// objectRow is an object's members in their order.
type objectRow struct {
	names  []string
	values map[string]string
	point  orb.Point
	placed bool
	raw    []byte
	err    error
}

func (r *objectRow) set(name, value string) {
	if r.values == nil {
		r.values = map[string]string{}
	}
	if _, have := r.values[name]; !have {
		r.names = append(r.names, name)
	}
	r.values[name] = value
}

// fill reads the members of an object; numbers stay as written, what is nested
// is JSON.
func (r *objectRow) fill(object []byte) error {
	if len(object) == 0 || string(object) == "null" {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return geo.Invalid("properties", "no object")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return geo.Invalid("properties", "%v", err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return geo.Invalid("properties", "%v", err)
		}
		r.set(fmt.Sprint(name), plainJSON(value))
	}
	return nil
}

// plainJSON is a text without its quotes, null as nothing, all else as written.
func plainJSON(value json.RawMessage) string {
	var text string
	switch {
	case string(value) == "null":
		return ""
	case json.Unmarshal(value, &text) == nil:
		return text
	}
	return string(value)
}

func ofRows(rows []objectRow) *Table {
	var header []string
	at := map[string]int{}
	for _, r := range rows {
		for _, name := range r.names {
			if _, have := at[name]; !have {
				at[name] = len(header)
				header = append(header, name)
			}
		}
	}
	all := func(yield func(Row, error) bool) {
		for k, r := range rows {
			row := Row{Number: k + 1, Cells: make([]string, len(header)), Point: r.point, Placed: r.placed, Raw: string(r.raw)}
			for name, value := range r.values {
				row.Cells[at[name]] = value
			}
			if !yield(row, r.err) {
				return
			}
		}
	}
	return &Table{Header: header, Rows: all}
}
