package format

import (
	"bufio"
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
	columns := o.columns()
	header := make([]string, len(columns))
	for k, f := range columns {
		header[k] = f.Name
	}
	withWKT := o.Only == nil || o.Shape == Areas
	if withWKT {
		header = append(header, wktColumn)
	}
	out := bufio.NewWriterSize(w, bufferBytes)
	var row csvRow
	row.texts(out, header)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if err := row.columns(o.Shape.shaped(i), columns); err != nil {
			return err
		}
		if withWKT {
			row.text(wktOf(geometryOf(i, o.Shape)))
		}
		if err := row.write(out); err != nil {
			return err
		}
	}
	return out.Flush()
}

// csvRow is a record of RFC 4180 that is being written.
type csvRow struct {
	b    []byte
	list []byte
	some bool
}

// write the record and begin the next.
func (r *csvRow) write(w io.Writer) error {
	_, err := w.Write(append(r.b, "\r\n"...))
	r.b, r.some = r.b[:0], false
	return err
}

// texts writes a record of texts; what it is written to keeps the error.
func (r *csvRow) texts(w *bufio.Writer, cells []string) {
	for _, cell := range cells {
		r.text(cell)
	}
	_ = r.write(w)
}

// columns adds the columns of an incident.
func (r *csvRow) columns(i geo.Incident, columns []geo.Field) error {
	for k := range columns {
		if err := r.value(columns[k].Value(&i)); err != nil {
			return fmt.Errorf("write incident %s: %s: %w", i.ID, columns[k].Name, err)
		}
	}
	return nil
}

func (r *csvRow) separate() {
	if r.some {
		r.b = append(r.b, ',')
	}
	r.some = true
}

// text adds a cell, in quotes where it needs them.
func (r *csvRow) text(cell string) {
	r.separate()
	r.b = appendCell(r.b, cell)
}

func appendCell[T string | []byte](b []byte, cell T) []byte {
	quoted := len(cell) > 0 && cell[0] == ' '
	for k := 0; k < len(cell) && !quoted; k++ {
		c := cell[k]
		quoted = c == '"' || c == ',' || c == '\r' || c == '\n' || c == ';' || c == '\t'
	}
	if !quoted {
		return append(b, cell...)
	}
	b = append(b, '"')
	for k := range len(cell) {
		if cell[k] == '"' {
			b = append(b, '"')
		}
		b = append(b, cell[k])
	}
	return append(b, '"')
}

// value adds the value of a column.
func (r *csvRow) value(v any) error {
	switch v := v.(type) {
	case nil:
		r.separate()
	case string:
		r.text(guardFormula(plainText(v)))
	case int64:
		r.separate()
		r.b = strconv.AppendInt(r.b, v, 10)
	case float64:
		r.separate()
		r.b = strconv.AppendFloat(r.b, v, 'f', -1, 64)
	case bool:
		r.separate()
		r.b = strconv.AppendBool(r.b, v)
	case time.Time:
		r.separate()
		r.b = v.AppendFormat(r.b, time.RFC3339Nano)
	default:
		var err error
		if r.list, err = geo.AppendJSON(r.list[:0], v); err != nil {
			return err
		}
		r.separate()
		r.b = appendCell(r.b, r.list)
	}
	return nil
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
