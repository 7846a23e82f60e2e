package format

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"dateline/geo"
)

// ReadCSV reads what WriteCSV wrote, with or without a byte order mark. The
// error of a row names its line and column, and the rows after it go on; a file
// that is no CSV ends the sequence. Errors are ErrInvalid. Columns that are not
// of the flat incident are passed over.
func ReadCSV(r io.Reader) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		in := csv.NewReader(withoutMark(r))
		header, err := in.Read()
		if err != nil {
			yield(geo.Incident{}, fmt.Errorf("CSV header: %w: %w", geo.ErrInvalid, err))
			return
		}
		if !slices.Contains(header, "id") || !slices.Contains(header, "type") {
			yield(geo.Incident{}, geo.Invalid("header", "the first line names no columns id and type"))
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
				if i, err = incidentOfRow(header, row); err != nil {
					err = fmt.Errorf("line %d: %w", line, err)
				}
			} else {
				err = fmt.Errorf("CSV: %w: %w", geo.ErrInvalid, err)
			}
			if !yield(i, err) || row == nil {
				return
			}
		}
	}
}

// withoutMark passes over the byte order mark that some programs write.
func withoutMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if start, _ := b.Peek(3); string(start) == "\ufeff" {
		b.Discard(3)
	}
	return b
}

// incidentOfRow makes of a row's cells the flat incident's JSON and reads that.
func incidentOfRow(header, row []string) (geo.Incident, error) {
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
		return geo.Incident{}, fmt.Errorf("%w: %w", geo.ErrInvalid, err)
	}
	return incidentOfFlat(data)
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
