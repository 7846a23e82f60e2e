package format

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/geo"
)

// wktColumn is the further column of a CSV: the geometry as well-known text.
const wktColumn = "wkt"

// WriteCSV writes the columns of the flat incident and, where no columns are
// chosen, its geometry as well-known text (RFC 4180, UTF-8). Lists are JSON; what is not stated is empty. A text that a spreadsheet would take for a
// formula begins with an apostrophe, which ReadCSV takes away. Of a text's own
// line breaks CR LF is read back as LF.
func WriteCSV(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	out := bufio.NewWriter(w)
	columns := o.columns()
	header := make([]string, len(columns))
	for k, f := range columns {
		header[k] = f.Name
	}
	withWKT := o.Only == nil || o.Shape == Areas
	if withWKT {
		header = append(header, wktColumn)
	}
	writeRow(out, header)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		cells, err := csvRow(o.Shape.shaped(i), columns)
		if err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		if withWKT {
			cells = append(cells, wktOf(geometryOf(i, o.Shape)))
		}
		writeRow(out, cells)
	}
	return out.Flush()
}

// writeRow writes a record of RFC 4180; Flush gives the error.
func writeRow(w *bufio.Writer, cells []string) {
	for k, cell := range cells {
		if k > 0 {
			w.WriteByte(',')
		}
		if !strings.ContainsAny(cell, "\",\r\n;\t") && !strings.HasPrefix(cell, " ") {
			w.WriteString(cell)
			continue
		}
		w.WriteByte('"')
		w.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		w.WriteByte('"')
	}
	w.WriteString("\r\n")
}

func csvRow(i geo.Incident, columns []geo.Field) ([]string, error) {
	cells := make([]string, len(columns), len(columns)+1)
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
		return guardFormula(plainText(v)), nil
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

// formulaStarts begin what spreadsheets run (OWASP, "CSV injection": also in
// their full width); an apostrophe of the text's own is doubled so that reading
// back is exact.
const formulaStarts = "=+-@\t\r\n'＝＋－＠"

func guardFormula(s string) string {
	if first, size := utf8.DecodeRuneInString(s); size > 0 && strings.ContainsRune(formulaStarts, first) {
		return "'" + s
	}
	return s
}
