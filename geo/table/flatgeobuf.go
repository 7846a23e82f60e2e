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
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/geo"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// The slots and numbers of FlatGeobuf 3's schema (flatgeobuf.org, header.fbs and
// feature.fbs) that are read.
const (
	headerGeometryType, headerColumns, headerCount, headerNodeSize, headerCRS = 2, 7, 8, 9, 10
	columnName, columnType, crsCode                                           = 0, 1, 1
	featureGeometry, featureProperties, featureColumns                        = 0, 1, 2
	geometryEnds, geometryXY, geometryType, geometryParts                     = 0, 1, 6, 7

	fgbPoint, fgbLineString, fgbPolygon, fgbMultiPoint         = 1, 2, 3, 4
	fgbMultiLineString, fgbMultiPolygon, fgbCollection         = 5, 6, 7
	fgbBool, fgbLong, fgbDouble, fgbString, fgbJSON, fgbMoment = 2, 7, 10, 11, 12, 13

	fgbNodeLen = 40
	maxFGBPart = 64 << 20 // bytes of a header or feature
)

// openFlatGeobuf reads the features of a FlatGeobuf in the order of the file;
// its index is passed over. A broken feature ends it.
func openFlatGeobuf(_ string, file *os.File) (*Table, error) {
	f := &fgbReader{in: bufio.NewReaderSize(file, 1<<16)}
	if err := f.open(); err != nil {
		return nil, geo.Invalid("file", "%v", err)
	}
	own := isOwn(f.names)
	all := func(yield func(Row, error) bool) {
		for n := 1; ; n++ {
			data, err := f.part()
			if errors.Is(err, io.EOF) {
				return
			}
			row := Row{Number: n}
			if err == nil {
				err = f.read(data, &row)
			}
			if err != nil {
				yield(row, geo.Invalid("feature", "%v", err))
				return
			}
			for k := range row.Cells {
				if !own {
					row.Cells[k] = strings.TrimSpace(row.Cells[k])
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return &Table{Header: f.names, Rows: all, Total: f.count}, nil
}

type fgbReader struct {
	in    *bufio.Reader
	names []string
	kinds []byte
	shape byte // geometry type of every feature; 0 where each says its own
	count int64
}

// open reads the header and passes over the index.
func (f *fgbReader) open() (err error) {
	defer broken(&err)
	magic := make([]byte, 8)
	if _, err := io.ReadFull(f.in, magic); err != nil || string(magic[:4]) != "fgb\x03" {
		return errors.New("no FlatGeobuf of version 3")
	}
	data, err := f.part()
	if err != nil {
		return fmt.Errorf("header: %w", err)
	}
	header := rootOf(data)
	f.shape = header.GetByteSlot(slot(headerGeometryType), 0)
	if crs, ok := tableAt(header, headerCRS); ok {
		if code := crs.GetInt32Slot(slot(crsCode), 0); code != 0 && code != 4326 {
			return fmt.Errorf("it is in EPSG:%d; bring it to WGS 84 first: ogr2ogr -t_srs EPSG:4326", code)
		}
	}
	for _, column := range tablesAt(header, headerColumns) {
		f.names = append(f.names, textAt(column, columnName))
		f.kinds = append(f.kinds, column.GetByteSlot(slot(columnType), 0))
	}
	count, nodeSize := header.GetUint64Slot(slot(headerCount), 0), header.GetUint16Slot(slot(headerNodeSize), 16)
	if count > math.MaxInt64/(2*fgbNodeLen) {
		return fmt.Errorf("it claims %d features", count)
	}
	f.count = int64(count)
	if count == 0 || nodeSize < 2 {
		return nil
	}
	if _, err = io.CopyN(io.Discard, f.in, fgbNodeLen*treeNodes(count, uint64(nodeSize))); err != nil {
		return errors.New("its index is cut")
	}
	return nil
}

// treeNodes is how many nodes the packed tree over leaves has: levels up to one
// root, which stands over a single leaf too.
func treeNodes(leaves, nodeSize uint64) int64 {
	nodes := leaves
	for n := leaves; ; {
		n = (n + nodeSize - 1) / nodeSize
		nodes += n
		if n <= 1 {
			return int64(nodes)
		}
	}
}

// part reads a size-prefixed part; io.EOF where there is none.
func (f *fgbReader) part() ([]byte, error) {
	var size uint32
	if err := binary.Read(f.in, binary.LittleEndian, &size); err != nil {
		return nil, err
	}
	if size < 4 || size > maxFGBPart {
		return nil, fmt.Errorf("a part of %d bytes", size)
	}
	var b bytes.Buffer
	if _, err := io.CopyN(&b, f.in, int64(size)); err != nil {
		return nil, fmt.Errorf("the file is cut short")
	}
	return b.Bytes(), nil
}

// broken turns the panic of a flatbuffer that points outside itself into an error.
func broken(err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("it is broken: %v", fault)
	}
}

func (f *fgbReader) read(data []byte, row *Row) (err error) {
	defer broken(&err)
	feature := rootOf(data)
	if len(tablesAt(feature, featureColumns)) > 0 {
		return errors.New("it has columns of its own; columns are read of the whole file alone")
	}
	names, kinds := f.names, f.kinds
	row.Cells = make([]string, len(names))
	var properties []byte
	if o := feature.Offset(slot(featureProperties)); o != 0 {
		properties = feature.ByteVector(flatbuffers.UOffsetT(o) + feature.Pos)
	}
	if err := setCells(row.Cells, properties, kinds); err != nil {
		return err
	}
	row.Raw = joined(row.Cells, ',')
	if g, ok := tableAt(feature, featureGeometry); ok {
		row.Shape, err = geometryFrom(g, f.shape, 0)
	}
	return err
}

// setCells reads the properties: fgbWriter.setProperties says how they are.
func setCells(cells []string, p []byte, kinds []byte) error {
	le := binary.LittleEndian
	for len(p) >= 2 {
		column := int(le.Uint16(p))
		if p = p[2:]; column >= len(cells) {
			return fmt.Errorf("there is no column %d", column)
		}
		size := 0
		switch kind := kinds[column]; kind {
		case 0:
			cells[column], size = strconv.Itoa(int(int8(p[0]))), 1
		case 1:
			cells[column], size = strconv.Itoa(int(p[0])), 1
		case fgbBool:
			cells[column], size = strconv.FormatBool(p[0] != 0), 1
		case 3:
			cells[column], size = strconv.Itoa(int(int16(le.Uint16(p)))), 2
		case 4:
			cells[column], size = strconv.Itoa(int(le.Uint16(p))), 2
		case 5:
			cells[column], size = strconv.Itoa(int(int32(le.Uint32(p)))), 4
		case 6:
			cells[column], size = strconv.FormatUint(uint64(le.Uint32(p)), 10), 4
		case fgbLong:
			cells[column], size = strconv.FormatInt(int64(le.Uint64(p)), 10), 8
		case 8:
			cells[column], size = strconv.FormatUint(le.Uint64(p), 10), 8
		case 9:
			cells[column], size = strconv.FormatFloat(float64(math.Float32frombits(le.Uint32(p))), 'f', -1, 32), 4
		case fgbDouble:
			cells[column], size = strconv.FormatFloat(math.Float64frombits(le.Uint64(p)), 'f', -1, 64), 8
		case fgbString, fgbJSON, fgbMoment, 14:
			length := int(le.Uint32(p))
			if size = 4 + length; length > len(p)-4 {
				return fmt.Errorf("column %d is cut short", column)
			}
			if kind != 14 {
				cells[column] = string(p[4:size])
			}
			if !utf8.ValidString(cells[column]) {
				return fmt.Errorf("column %d is not UTF-8", column)
			}
		default:
			return fmt.Errorf("column %d is of the unknown type %d", column, kind)
		}
		p = p[size:]
	}
	return nil
}

// maxDepth bounds collections within collections.
const maxDepth = 8

func geometryFrom(g flatbuffers.Table, kind byte, depth int) (orb.Geometry, error) {
	if own := g.GetByteSlot(slot(geometryType), 0); own != 0 {
		kind = own
	}
	points := pointsAt(g)
	switch kind {
	case fgbPoint:
		if len(points) != 1 || points[0] != points[0] {
			return nil, nil
		}
		return points[0], nil
	case fgbLineString:
		return orb.LineString(points), nil
	case fgbMultiPoint:
		return orb.MultiPoint(points), nil
	case fgbPolygon, fgbMultiLineString:
		rings := cutAt(points, endsAt(g))
		if kind == fgbPolygon {
			return orb.Polygon(rings), nil
		}
		var lines orb.MultiLineString
		for _, r := range rings {
			lines = append(lines, orb.LineString(r))
		}
		return lines, nil
	case fgbMultiPolygon, fgbCollection:
		if depth > maxDepth {
			return nil, errors.New("its geometry is too deep")
		}
		var all orb.Collection
		for _, part := range tablesAt(g, geometryParts) {
			inner := byte(0)
			if kind == fgbMultiPolygon {
				inner = fgbPolygon
			}
			one, err := geometryFrom(part, inner, depth+1)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
		return several(all), nil
	}
	return nil, fmt.Errorf("geometry type %d is not read", kind)
}

func cutAt(points []orb.Point, ends []uint32) []orb.Ring {
	if len(ends) == 0 {
		return []orb.Ring{points}
	}
	var rings []orb.Ring
	from := uint32(0)
	for _, end := range ends {
		rings = append(rings, orb.Ring(slices.Clone(points[from:end])))
		from = end
	}
	return rings
}

// slot is the place of a field in a table's list of fields.
func slot(field int) flatbuffers.VOffsetT { return flatbuffers.VOffsetT(4 + 2*field) }

func rootOf(data []byte) flatbuffers.Table {
	return flatbuffers.Table{Bytes: data, Pos: flatbuffers.GetUOffsetT(data)}
}

func tableAt(t flatbuffers.Table, field int) (flatbuffers.Table, bool) {
	o := flatbuffers.UOffsetT(t.Offset(slot(field)))
	if o == 0 {
		return t, false
	}
	return flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(o + t.Pos)}, true
}

func tablesAt(t flatbuffers.Table, field int) []flatbuffers.Table {
	o := flatbuffers.UOffsetT(t.Offset(slot(field)))
	if o == 0 {
		return nil
	}
	first, n := t.Vector(o), bounded(t, o, 4)
	all := make([]flatbuffers.Table, n)
	for k := range all {
		all[k] = flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(first + flatbuffers.UOffsetT(4*k))}
	}
	return all
}

// bounded is the length of a vector whose elements have size bytes; it panics
// where they don't fit into the buffer, before anything is allocated for them.
func bounded(t flatbuffers.Table, o flatbuffers.UOffsetT, size int) int {
	n, first := t.VectorLen(o), int(t.Vector(o))
	if n < 0 || n*size > len(t.Bytes)-first {
		panic("a list runs past the end")
	}
	return n
}

func textAt(t flatbuffers.Table, field int) string {
	o := flatbuffers.UOffsetT(t.Offset(slot(field)))
	if o == 0 {
		return ""
	}
	return string(t.ByteVector(o + t.Pos))
}

func pointsAt(t flatbuffers.Table) []orb.Point {
	o := flatbuffers.UOffsetT(t.Offset(slot(geometryXY)))
	if o == 0 {
		return nil
	}
	first, n := t.Vector(o), bounded(t, o, 8)/2
	points := make([]orb.Point, n)
	for k := range points {
		at := first + flatbuffers.UOffsetT(16*k)
		points[k] = orb.Point{t.GetFloat64(at), t.GetFloat64(at + 8)}
	}
	return points
}

func endsAt(t flatbuffers.Table) []uint32 {
	o := flatbuffers.UOffsetT(t.Offset(slot(geometryEnds)))
	if o == 0 {
		return nil
	}
	first, n := t.Vector(o), bounded(t, o, 4)
	ends := make([]uint32, n)
	for k := range ends {
		ends[k] = t.GetUint32(first + flatbuffers.UOffsetT(4*k))
	}
	return ends
}

// several makes of a collection of polygons alone a MultiPolygon.
func several(all orb.Collection) orb.Geometry {
	var polygons orb.MultiPolygon
	for _, g := range all {
		if p, ok := g.(orb.Polygon); ok {
			polygons = append(polygons, p)
		}
	}
	if len(polygons) == len(all) {
		return polygons
	}
	return all
}
