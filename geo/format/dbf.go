package format

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/geo"
)

// dbfField is a column of the table.
type dbfField struct {
	geo.Field
	short    string
	kind     byte // C, N, L or D
	width    int
	decimals int
}

// ShapefileName is the name of a column in a Shapefile, of ten letters at most;
// empty for a list, which has no place there: cut at 254 bytes it would be no
// JSON.
func ShapefileName(column string) string {
	for _, f := range dbfFields() {
		if f.Name == column {
			return f.short
		}
	}
	return ""
}

// cutName shortens the last word of a name to four letters and the rest to what
// is left of ten: displaced_high is displ_high.
func cutName(name string) string {
	at := strings.LastIndexByte(name, '_')
	if len(name) <= dbfName || at < 0 {
		return name[:min(len(name), dbfName)]
	}
	last := name[at+1:]
	last = last[:min(len(last), 4)]
	return name[:min(at, dbfName-1-len(last))] + "_" + last
}

// dbfFields are the columns but for lists, with names cut to ten bytes, each its
// own.
func dbfFields() []dbfField {
	taken := map[string]bool{}
	var out []dbfField
	for _, f := range geo.Columns() {
		if f.Kind == geo.KindList {
			continue
		}
		d := dbfField{Field: f, kind: 'C', width: 1}
		switch f.Kind {
		case geo.KindInt:
			d.kind = 'N'
		case geo.KindNumber:
			d.kind, d.width, d.decimals = 'N', dbfDecimal+2, dbfDecimal
		case geo.KindBool:
			d.kind = 'L'
		case geo.KindDay:
			d.kind, d.width = 'D', 8
		}
		d.short = cutName(f.Name)
		for n := 1; taken[d.short]; n++ {
			d.short = d.short[:min(len(d.short), dbfName-1)] + strconv.Itoa(n)
		}
		taken[d.short] = true
		out = append(out, d)
	}
	return out
}

// names says which column each cut name stands for.
func (s *shapefile) names() string {
	var b strings.Builder
	b.WriteString("The names of a Shapefile's columns have at most ten letters, its texts 254 bytes; times are texts.\r\n")
	b.WriteString("Lists (places, claims, actors, quotes and others) do not fit: take them from GeoPackage or GeoJSON.\r\n")
	b.WriteString("Empty is not stated, never zero.\r\n")
	b.WriteString("What is no point is a null shape: export the areas for its polygon.\r\n\r\n")
	for _, f := range s.fields {
		fmt.Fprintf(&b, "%-10s  %-18s %s\r\n", f.short, f.Name, f.Doc)
	}
	return b.String()
}

func (s *shapefile) tableHeader() []byte {
	h := make([]byte, 32*(len(s.fields)+1)+1)
	h[0], h[1], h[2], h[3] = 3, 124, 1, 1 // a fixed day: the same incidents give the same bytes
	width := 1
	for k, f := range s.fields {
		d := h[32*(k+1):]
		copy(d, f.short)
		d[11], d[16], d[17] = f.kind, byte(f.width), byte(f.decimals)
		width += f.width
	}
	binary.LittleEndian.PutUint32(h[4:], uint32(s.records))
	binary.LittleEndian.PutUint16(h[8:], uint16(len(h)))
	binary.LittleEndian.PutUint16(h[10:], uint16(width))
	h[len(h)-1] = 0x0D
	return h
}

func (s *shapefile) record(i geo.Incident) error {
	s.records++
	body := s.body(orbOf(geometryOf(i, s.shape)))
	var head [8]byte
	binary.BigEndian.PutUint32(head[:], uint32(s.shp.n/2))
	binary.BigEndian.PutUint32(head[4:], uint32(len(body)/2))
	s.shx.Write(head[:])
	binary.BigEndian.PutUint32(head[:], uint32(s.records))
	s.shp.Write(head[:])
	s.shp.Write(body)
	i = s.shape.shaped(i)
	for k := range s.fields {
		f := &s.fields[k]
		cell := f.cell(f.Value(&i))
		f.width = max(f.width, len(cell))
		s.cells.Write([]byte{byte(len(cell))})
		s.cells.WriteString(cell)
	}
	if s.shp.n > maxShapefile {
		return fmt.Errorf("%w: the shapes of a Shapefile end at 2 GiB; narrow the filter or take another format", geo.ErrTooLarge)
	}
	return nil
}

// cell is a value as the table writes it, empty where it is not stated.
func (f *dbfField) cell(v any) string {
	switch v := v.(type) {
	case bool:
		return map[bool]string{true: "T", false: "F"}[v]
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', f.decimals, 64)
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case string:
		if f.kind == 'D' {
			return strings.ReplaceAll(v, "-", "")
		}
		for len(v) > dbfText {
			_, size := utf8.DecodeLastRuneInString(v)
			v = v[:len(v)-size]
		}
		return v
	}
	return ""
}
