package format

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// WriteCSV writes the columns of the flat incident (RFC 4180, UTF-8). Lists are
// JSON; what is not stated is empty. A text that a spreadsheet would take for a
// formula begins with an apostrophe, which ReadCSV takes away.
func WriteCSV(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	out := csv.NewWriter(w)
	columns := geo.Columns()
	row := make([]string, len(columns))
	for k, f := range columns {
		row[k] = f.Name
	}
	if o.Shape == Areas {
		row = append(row, "area_wkt")
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for i, err := range incidents {
		if err != nil {
			return err
		}
		cells, err := csvRow(o.Shape.shaped(i), columns)
		if err != nil {
			return fmt.Errorf("incident %s: %w", i.ID, err)
		}
		if o.Shape == Areas {
			cells = append(cells, areaWKT(i))
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(i geo.Incident, columns []geo.Field) ([]string, error) {
	cells := make([]string, len(columns))
	for k, f := range columns {
		cell, err := csvCell(f.Value(&i))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		cells[k] = cell
	}
	return cells, nil
}

func csvCell(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return guardFormula(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(v), nil
	case time.Time:
		return v.Format(time.RFC3339Nano), nil
	}
	list, err := json.Marshal(v)
	return string(list), err
}

// formulaStarts begin what spreadsheets run (OWASP, CSV injection); an
// apostrophe of the text's own is doubled so that reading back is exact.
const formulaStarts = "=+-@\t\r'"

func guardFormula(s string) string {
	if s != "" && strings.ContainsRune(formulaStarts, rune(s[0])) {
		return "'" + s
	}
	return s
}

func areaWKT(i geo.Incident) string {
	g := geometryOf(i, Areas)
	if g == nil {
		return ""
	}
	return wktOf(g)
}

// ReadCSV reads what WriteCSV wrote. The error of a row names its line and
// column; the rows after it go on.
func ReadCSV(r io.Reader) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		in := csv.NewReader(r)
		header, err := in.Read()
		if err != nil {
			yield(geo.Incident{}, fmt.Errorf("CSV header: %w: %w", geo.ErrInvalid, err))
			return
		}
		for {
			row, err := in.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			var i geo.Incident
			if err == nil {
				line, _ := in.FieldPos(0)
				if i, err = incidentOf(header, row); err != nil {
					err = fmt.Errorf("line %d: %w", line, err)
				}
			} else {
				err = fmt.Errorf("CSV: %w: %w", geo.ErrInvalid, err)
			}
			var broken *csv.ParseError
			if !yield(i, err) || errors.As(err, &broken) && !errors.Is(err, csv.ErrFieldCount) {
				return
			}
		}
	}
}

// incidentOf a row: its cells become the flat incident's JSON.
func incidentOf(header, row []string) (geo.Incident, error) {
	flat := map[string]json.RawMessage{}
	for k, name := range header {
		f, ok := geo.FieldByName(name)
		if !ok || f.Value == nil || row[k] == "" {
			continue
		}
		cell, err := jsonCell(f, row[k])
		if err != nil {
			return geo.Incident{}, geo.Invalid(name, "%q is no %s", row[k], f.Kind)
		}
		flat[name] = cell
	}
	data, err := json.Marshal(flat)
	if err != nil {
		return geo.Incident{}, err
	}
	var i geo.Incident
	if err := json.Unmarshal(data, &i); err != nil {
		return i, err
	}
	return i, i.Check()
}

func jsonCell(f geo.Field, cell string) (json.RawMessage, error) {
	switch f.Kind {
	case geo.KindInt, geo.KindNumber, geo.KindBool, geo.KindList:
		if !json.Valid([]byte(cell)) {
			return nil, geo.ErrInvalid
		}
		return json.RawMessage(cell), nil
	}
	return json.Marshal(strings.TrimPrefix(cell, "'"))
}
