package table

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"dateline/geo"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// The numbers of FlatGeobuf 3's schema (flatgeobuf.org).
const (
	fgbNodeLen = 40
	fgbMost    = 1 << 28 // bytes of a header or feature
)

// fgbColumn is a column of a FlatGeobuf.
type fgbColumn struct {
	name string
	kind byte
}

// openFlatGeobuf reads the features of a FlatGeobuf in the order of the file;
// its index is passed over.
func openFlatGeobuf(_ string, file *os.File) (*Table, error) {
	in := bufio.NewReaderSize(file, 1<<16)
	var magic [8]byte
	if _, err := io.ReadFull(in, magic[:]); err != nil || !bytes.Equal(magic[:4], []byte("fgb\x03")) {
		return nil, geo.Invalid("file", "no FlatGeobuf of version 3")
	}
	header, err := fgbTable(in)
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	columns, skip, err := fgbColumns(header)
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, in, skip); err != nil {
		return nil, geo.Invalid("file", "its index is cut: %v", err)
	}
	names := make([]string, len(columns))
	for k, c := range columns {
		names[k] = c.name
	}
	all := func(yield func(Row, error) bool) {
		for n := 1; ; n++ {
			f, err := fgbTable(in)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{Number: n}, err)
				return
			}
			row, err := fgbRow(f, columns)
			row.Number = n
			if !yield(row, err) {
				return
			}
		}
	}
	return &Table{Header: names, Rows: all}, nil
}

// fgbTable reads a size and the table behind it. FlatBuffers are read by
// offsets that a damaged file may point anywhere: that is an error.
func fgbTable(in io.Reader) (*flatbuffers.Table, error) {
	var size [4]byte
	if _, err := io.ReadFull(in, size[:]); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint32(size[:])
	if n < 8 || n > fgbMost {
		return nil, geo.Invalid("file", "a part of %d bytes", n)
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, geo.Invalid("file", "it is cut: %v", err)
	}
	root := flatbuffers.GetUOffsetT(data)
	if uint32(root) >= n-4 {
		return nil, geo.Invalid("file", "it is damaged")
	}
	return &flatbuffers.Table{Bytes: data, Pos: root}, nil
}

// field is the place of a field of a table, 0 where it is not stated.
func field(t *flatbuffers.Table, n int) flatbuffers.UOffsetT {
	o := t.Offset(flatbuffers.VOffsetT(4 + 2*n))
	if o == 0 {
		return 0
	}
	return flatbuffers.UOffsetT(o) + t.Pos
}

func damaged(err *error) {
	if fault := recover(); fault != nil {
		*err = geo.Invalid("file", "it is damaged: %v", fault)
	}
}

func fgbColumns(h *flatbuffers.Table) (columns []fgbColumn, skip int64, err error) {
	defer damaged(&err)
	if at := field(h, 7); at != 0 {
		list, length := h.Vector(at-h.Pos), h.VectorLen(at-h.Pos)
		for k := range length {
			c := flatbuffers.Table{Bytes: h.Bytes, Pos: h.Indirect(list + flatbuffers.UOffsetT(4*k))}
			column := fgbColumn{}
			if name := field(&c, 0); name != 0 {
				column.name = string(c.ByteVector(name))
			}
			if kind := field(&c, 1); kind != 0 {
				column.kind = c.GetByte(kind)
			}
			columns = append(columns, column)
		}
	}
	count, node := uint64(0), uint16(16)
	if at := field(h, 8); at != 0 {
		count = h.GetUint64(at)
	}
	if at := field(h, 9); at != 0 {
		node = h.GetUint16(at)
	}
	if at := field(h, 10); at != 0 {
		crs := flatbuffers.Table{Bytes: h.Bytes, Pos: h.Indirect(at)}
		if code := field(&crs, 1); code != 0 && crs.GetInt32(code) != 4326 {
			return nil, 0, geo.Invalid("crs", "EPSG:%d; convert it to 4326", crs.GetInt32(code))
		}
	}
	if node > 1 && count > 0 {
		nodes, level := count, count
		for level > 1 {
			level = (level + uint64(node) - 1) / uint64(node)
			nodes += level
		}
		skip = int64(nodes) * fgbNodeLen
	}
	return columns, skip, nil
}

func fgbRow(f *flatbuffers.Table, columns []fgbColumn) (row Row, err error) {
	defer damaged(&err)
	row.Cells = make([]string, len(columns))
	if at := field(f, 0); at != 0 {
		g := flatbuffers.Table{Bytes: f.Bytes, Pos: f.Indirect(at)}
		row.Point, row.Placed = fgbMiddle(&g)
	}
	if at := field(f, 1); at != 0 {
		data := f.ByteVector(at)
		for len(data) > 2 {
			k := int(binary.LittleEndian.Uint16(data))
			if k >= len(columns) {
				return row, geo.Invalid("properties", "column %d of %d", k, len(columns))
			}
			text, n := fgbValue(data[2:], columns[k].kind)
			row.Cells[k], data = text, data[2+n:]
		}
	}
	row.Raw = joined(row.Cells, ',')
	return row, nil
}

// fgbMiddle is a point, or the middle of the box of all others.
func fgbMiddle(g *flatbuffers.Table) (orb.Point, bool) {
	var bound orb.Bound
	found := false
	add := func(p orb.Point) {
		if !found {
			bound, found = p.Bound(), true
		}
		bound = bound.Extend(p)
	}
	if at := field(g, 1); at != 0 {
		list, n := g.Vector(at-g.Pos), g.VectorLen(at-g.Pos)
		for k := 0; k+1 < n; k += 2 {
			add(orb.Point{g.GetFloat64(list + flatbuffers.UOffsetT(8*k)), g.GetFloat64(list + flatbuffers.UOffsetT(8*k+8))})
		}
	}
	if at := field(g, 7); at != 0 {
		list, n := g.Vector(at-g.Pos), g.VectorLen(at-g.Pos)
		for k := range n {
			part := flatbuffers.Table{Bytes: g.Bytes, Pos: g.Indirect(list + flatbuffers.UOffsetT(4*k))}
			if p, ok := fgbMiddle(&part); ok {
				add(p)
			}
		}
	}
	return bound.Center(), found
}

// fgbValue is a value as text, with its length in bytes.
func fgbValue(b []byte, kind byte) (string, int) {
	u := binary.LittleEndian
	switch kind {
	case 0:
		return fmt.Sprint(int8(b[0])), 1
	case 1:
		return fmt.Sprint(b[0]), 1
	case 2:
		return fmt.Sprint(b[0] != 0), 1
	case 3:
		return fmt.Sprint(int16(u.Uint16(b))), 2
	case 4:
		return fmt.Sprint(u.Uint16(b)), 2
	case 5:
		return fmt.Sprint(int32(u.Uint32(b))), 4
	case 6:
		return fmt.Sprint(u.Uint32(b)), 4
	case 7:
		return fmt.Sprint(int64(u.Uint64(b))), 8
	case 8:
		return fmt.Sprint(u.Uint64(b)), 8
	case 9:
		return fmt.Sprint(math.Float32frombits(u.Uint32(b))), 4
	case 10:
		return fmt.Sprint(math.Float64frombits(u.Uint64(b))), 8
	}
	n := int(u.Uint32(b))
	return string(b[4 : 4+n]), 4 + n
}
