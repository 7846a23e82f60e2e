package table

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// openJSON reads a FeatureCollection, or the events of a TimeMap (an array of
// objects, or an object of them under "events").
func openJSON(_ string, file *os.File) (*Table, error) {
	return twice(file, func(r io.Reader, each func(objectRow) bool) error {
		d := json.NewDecoder(r)
		start, err := d.Token()
		if err != nil {
			return geo.Invalid("file", "no JSON: %v", err)
		}
		if start == json.Delim('[') {
			return eachElement(d, objectOf, each)
		}
		if start != json.Delim('{') {
			return geo.Invalid("file", "neither a FeatureCollection nor an array of events")
		}
		return eachMember(d, each)
	})
}

// eachMember walks an object whose member "features" or "events" holds the rows.
func eachMember(d *json.Decoder, each func(objectRow) bool) error {
	found := false
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return geo.Invalid("file", "no JSON: %v", err)
		}
		of, holds := map[json.Token]func(json.RawMessage) objectRow{"features": featureOf, "events": objectOf}[name]
		if !holds {
			if err := d.Decode(new(json.RawMessage)); err != nil {
				return geo.Invalid("file", "no JSON: %v", err)
			}
			continue
		}
		found = true
		if start, err := d.Token(); err != nil || start != json.Delim('[') {
			return geo.Invalid("file", "%v is no array", name)
		}
		if err := eachElement(d, of, each); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return geo.Invalid("file", "no JSON: %v", err)
	}
	if !found {
		return geo.Invalid("file", "neither a FeatureCollection nor an array of events")
	}
	return nil
}

// errEnough ends a walk whose reader had enough.
var errEnough = errors.New("enough")

// eachElement walks the elements of an array and the bracket behind them.
func eachElement(d *json.Decoder, of func(json.RawMessage) objectRow, each func(objectRow) bool) error {
	for n := 1; d.More(); n++ {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return geo.Invalid("file", "element %d: no JSON: %v", n, err)
		}
		if !each(of(raw)) {
			return errEnough
		}
	}
	if _, err := d.Token(); err != nil {
		return geo.Invalid("file", "no JSON: %v", err)
	}
	return nil
}

// openLines reads a feature or an object a line.
func openLines(_ string, file *os.File) (*Table, error) {
	return twice(file, func(r io.Reader, each func(objectRow) bool) error {
		in := bufio.NewScanner(r)
		in.Buffer(nil, maxRowBytes)
		n := 0
		for in.Scan() {
			n++
			line := bytes.TrimSpace(bytes.TrimLeft(in.Bytes(), "\x1e"))
			if len(line) == 0 {
				continue
			}
			row := featureOf(slices.Clone(line))
			row.number = n
			if !each(row) {
				return errEnough
			}
		}
		if errors.Is(in.Err(), bufio.ErrTooLong) {
			return geo.Invalid("line", "line %d is over %d MiB", n+1, maxRowBytes>>20)
		}
		return in.Err()
	})
}

// featureOf reads a feature, or an object without properties as its own.
func featureOf(raw json.RawMessage) objectRow {
	var f struct {
		Type       string          `json:"type"`
		ID         any             `json:"id"`
		Geometry   json.RawMessage `json:"geometry"`
		Properties json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return objectRow{raw: raw, err: geo.Invalid("feature", "%v", err)}
	}
	if f.Type != "Feature" && f.Properties == nil {
		return objectOf(raw)
	}
	row := objectOf(f.Properties)
	row.raw = raw
	if row.err != nil {
		return row
	}
	if f.ID != nil && row.values["id"] == "" {
		row.set("id", fmt.Sprint(f.ID))
	}
	if len(f.Geometry) > 0 && string(f.Geometry) != "null" {
		g, err := geojson.UnmarshalGeometry(f.Geometry)
		if err != nil {
			row.err = geo.Invalid("geometry", "%v", err)
			return row
		}
		row.shape = g.Geometry()
	}
	return row
}

// objectOf reads a plain object.
func objectOf(raw json.RawMessage) objectRow {
	row := objectRow{raw: raw}
	row.err = row.fill(raw)
	if day, ok := dayIn(row.values["date"], MonthFirst); ok { // as TimeMap writes it
		row.values["date"] = string(day)
	}
	return row
}

// objectRow is an object's members in their order.
type objectRow struct {
	number int // 0: its place among the rows
	names  []string
	values map[string]string
	shape  orb.Geometry
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

// twice makes a table of a file without columns: it is read once for the names
// of all members, in the order in which they come first, and once for the rows,
// so that no more than a row is in memory.
func twice(file *os.File, walk func(io.Reader, func(objectRow) bool) error) (*Table, error) {
	t := &Table{}
	at := map[string]int{}
	err := walk(bufio.NewReaderSize(file, 1<<16), func(r objectRow) bool {
		t.Total++
		for _, name := range r.names {
			if _, have := at[name]; !have {
				at[name] = len(t.Header)
				t.Header = append(t.Header, name)
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	own := isOwn(t.Header)
	t.Rows = func(yield func(Row, error) bool) {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			yield(Row{}, err)
			return
		}
		n := 0
		err := walk(bufio.NewReaderSize(file, 1<<16), func(r objectRow) bool {
			n++
			row := Row{Number: cmp.Or(r.number, n), Cells: make([]string, len(t.Header)), Shape: r.shape, Raw: string(r.raw)}
			for name, value := range r.values {
				if !own {
					value = strings.TrimSpace(value)
				}
				row.Cells[at[name]] = value
			}
			return yield(row, r.err)
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(Row{Number: n + 1}, err)
		}
	}
	return t, nil
}
