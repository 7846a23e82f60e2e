package format

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"time"

	"dateline/geo"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// FlatGeobuf 3 (flatgeobuf.org): a magic number, a header, an index and the
// features, the last three FlatBuffers or rows of them. The numbers below are
// those of its schema.
var fgbMagic = []byte{'f', 'g', 'b', 3, 'f', 'g', 'b', 0}

const (
	fgbNodeSize = 16
	fgbNodeLen  = 40 // four doubles and an offset

	fgbUnknown, fgbPoint, fgbPolygon, fgbMultiPolygon = 0, 1, 3, 6

	fgbBool, fgbLong, fgbDouble, fgbString, fgbJSON, fgbDateTime = 2, 7, 10, 11, 12, 13
)

// fgbItem is a feature of the spool with its box and its place on the curve.
type fgbItem struct {
	box    orb.Bound
	offset int64
	size   int32
	key    uint32
}

// WriteFlatGeobuf writes a FlatGeobuf with its packed Hilbert R-tree. The
// features wait in a temporary file until their order along the curve is known;
// in memory stay about 60 bytes of each. What has no geometry stands last, with
// an empty box.
func WriteFlatGeobuf(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	spool, err := os.CreateTemp("", "dateline-fgb-")
	if err != nil {
		return err
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	items, extent, err := spoolFeatures(spool, incidents, o.Shape)
	if err != nil {
		return err
	}
	for k := range items {
		items[k].key = hilbertKey(items[k].box, extent)
	}
	slices.SortStableFunc(items, func(a, b fgbItem) int { return cmp.Compare(b.key, a.key) })
	out := bufio.NewWriterSize(w, 1<<16)
	out.Write(fgbMagic)
	out.Write(fgbHeader(len(items), extent, o.Shape))
	if len(items) > 0 {
		if err := writeFGBIndex(out, items); err != nil {
			return err
		}
	}
	buffer := make([]byte, 1<<12)
	for _, item := range items {
		if int(item.size) > len(buffer) {
			buffer = make([]byte, item.size)
		}
		if _, err := spool.ReadAt(buffer[:item.size], item.offset); err != nil {
			return err
		}
		if _, err := out.Write(buffer[:item.size]); err != nil {
			return err
		}
	}
	return out.Flush()
}

func spoolFeatures(spool *os.File, incidents iter.Seq2[geo.Incident, error], s Shape) ([]fgbItem, orb.Bound, error) {
	out := bufio.NewWriterSize(spool, 1<<16)
	columns, extent := geo.Columns(), emptyBound()
	b := flatbuffers.NewBuilder(1 << 12)
	var items []fgbItem
	var offset int64
	for i, err := range incidents {
		if err != nil {
			return nil, extent, err
		}
		values, err := cells(i, s, columns)
		if err != nil {
			return nil, extent, fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		shape := orbOf(geometryOf(i, s))
		item := fgbItem{box: emptyBound(), offset: offset}
		if shape != nil {
			item.box = shape.Bound()
			extent = extent.Union(item.box)
		}
		data := fgbFeature(b, shape, fgbProperties(values, columns))
		item.size = int32(len(data))
		offset += int64(len(data))
		if _, err := out.Write(data); err != nil {
			return nil, extent, err
		}
		items = append(items, item)
	}
	return items, extent, out.Flush()
}

// hilbertKey is the place of a box's centre on the Hilbert curve of order 16
// over the extent; 0, that is last, for an empty box.
func hilbertKey(box, extent orb.Bound) uint32 {
	if box.Min.X() > box.Max.X() {
		return 0
	}
	const most = 1<<16 - 1
	place := func(lo, hi, x float64) uint32 {
		if hi <= lo {
			return 0
		}
		return uint32(math.Floor(most * (x - lo) / (hi - lo)))
	}
	c := box.Center()
	return hilbert(place(extent.Min.X(), extent.Max.X(), c.X()), place(extent.Min.Y(), extent.Max.Y(), c.Y()))
}

// hilbert is the distance along the curve of order 16 at a cell (the algorithm
// of Warren, Hacker's Delight, 2nd ed., 16-6, bit by bit).
func hilbert(x, y uint32) uint32 {
	var d uint32
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * (3*rx ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = (1<<16-1)-x, (1<<16-1)-y
			}
			x, y = y, x
		}
	}
	return d
}

// writeFGBIndex writes the nodes of the packed tree, the root first.
func writeFGBIndex(out io.Writer, items []fgbItem) error {
	levels := [][]fgbNode{make([]fgbNode, len(items))}
	offset := uint64(0)
	for k, item := range items {
		levels[0][k] = fgbNode{item.box, offset}
		offset += uint64(item.size)
	}
	for len(levels) == 1 || len(levels[len(levels)-1]) > 1 { // a root stands over a single leaf too
		below := levels[len(levels)-1]
		var level []fgbNode
		for k := 0; k < len(below); k += fgbNodeSize {
			box := emptyBound()
			for _, n := range below[k:min(k+fgbNodeSize, len(below))] {
				box = box.Union(n.box)
			}
			level = append(level, fgbNode{box, uint64(k)})
		}
		levels = append(levels, level)
	}
	first := 0 // of the level below, among all nodes
	for k := len(levels) - 1; k >= 0; k-- {
		first += len(levels[k])
		for _, n := range levels[k] {
			if k > 0 {
				n.offset += uint64(first)
			}
			if err := n.write(out); err != nil {
				return err
			}
		}
	}
	return nil
}

// fgbNode is a node of the tree: of a leaf the offset is that of its feature in
// bytes, of others the number of its first child.
type fgbNode struct {
	box    orb.Bound
	offset uint64
}

func (n fgbNode) write(out io.Writer) error {
	var b [fgbNodeLen]byte
	for k, x := range []float64{n.box.Min.X(), n.box.Min.Y(), n.box.Max.X(), n.box.Max.Y()} {
		binary.LittleEndian.PutUint64(b[8*k:], math.Float64bits(x))
	}
	binary.LittleEndian.PutUint64(b[32:], n.offset)
	_, err := out.Write(b[:])
	return err
}

func fgbType(k geo.Kind) byte {
	switch k {
	case geo.KindInt:
		return fgbLong
	case geo.KindNumber:
		return fgbDouble
	case geo.KindBool:
		return fgbBool
	case geo.KindTime:
		return fgbDateTime
	case geo.KindList:
		return fgbJSON
	}
	return fgbString
}

// fgbHeader is the header table: name 0, envelope 1, geometry type 2, columns 7,
// count 8, node size 9, CRS 10.
func fgbHeader(count int, extent orb.Bound, s Shape) []byte {
	b := flatbuffers.NewBuilder(1 << 12)
	var columns []flatbuffers.UOffsetT
	for _, f := range geo.Columns() {
		name, doc := b.CreateString(f.Name), b.CreateString(f.Doc)
		b.StartObject(11)
		b.PrependUOffsetTSlot(0, name, 0)
		b.PrependByteSlot(1, fgbType(f.Kind), 0)
		b.PrependUOffsetTSlot(3, doc, 0)
		columns = append(columns, b.EndObject())
	}
	b.StartVector(4, len(columns), 4)
	for _, c := range slices.Backward(columns) {
		b.PrependUOffsetT(c)
	}
	list := b.EndVector(len(columns))
	org := b.CreateString("EPSG")
	b.StartObject(6)
	b.PrependUOffsetTSlot(0, org, 0)
	b.PrependInt32Slot(1, wgs84, 0)
	crs := b.EndObject()
	var envelope flatbuffers.UOffsetT
	if extent.Min.X() <= extent.Max.X() {
		b.StartVector(8, 4, 8)
		for _, x := range []float64{extent.Max.Y(), extent.Max.X(), extent.Min.Y(), extent.Min.X()} {
			b.PrependFloat64(x)
		}
		envelope = b.EndVector(4)
	}
	name := b.CreateString(gpkgLayer)
	b.StartObject(14)
	b.PrependUOffsetTSlot(0, name, 0)
	if envelope != 0 {
		b.PrependUOffsetTSlot(1, envelope, 0)
	}
	kind := byte(fgbPoint)
	if s == Areas {
		kind = fgbUnknown
	}
	b.PrependByteSlot(2, kind, 0)
	b.PrependUOffsetTSlot(7, list, 0)
	b.PrependUint64Slot(8, uint64(count), 0)
	node := uint16(fgbNodeSize)
	if count == 0 {
		node = 0 // no index
	}
	b.PrependUint16Slot(9, node, fgbNodeSize)
	b.PrependUOffsetTSlot(10, crs, 0)
	b.FinishSizePrefixed(b.EndObject())
	return b.FinishedBytes()
}

// fgbFeature is a feature table: geometry 0, properties 1.
func fgbFeature(b *flatbuffers.Builder, g orb.Geometry, properties []byte) []byte {
	b.Reset()
	var shape flatbuffers.UOffsetT
	if g != nil {
		shape = fgbGeometry(b, g)
	}
	values := b.CreateByteVector(properties)
	b.StartObject(3)
	if g != nil {
		b.PrependUOffsetTSlot(0, shape, 0)
	}
	b.PrependUOffsetTSlot(1, values, 0)
	b.FinishSizePrefixed(b.EndObject())
	return b.FinishedBytes()
}

// fgbGeometry is a geometry table: ends 0, xy 1, type 6, parts 7.
func fgbGeometry(b *flatbuffers.Builder, g orb.Geometry) flatbuffers.UOffsetT {
	var rings []orb.Ring
	kind := byte(fgbPoint)
	switch g := g.(type) {
	case orb.MultiPolygon:
		parts := make([]flatbuffers.UOffsetT, len(g))
		for k, p := range g {
			parts[k] = fgbGeometry(b, p)
		}
		b.StartVector(4, len(parts), 4)
		for _, p := range slices.Backward(parts) {
			b.PrependUOffsetT(p)
		}
		list := b.EndVector(len(parts))
		b.StartObject(8)
		b.PrependByteSlot(6, fgbMultiPolygon, 0)
		b.PrependUOffsetTSlot(7, list, 0)
		return b.EndObject()
	case orb.Polygon:
		kind, rings = fgbPolygon, g
	case orb.Point:
		rings = []orb.Ring{{g}}
	}
	points := 0
	var ends []uint32
	for _, r := range rings {
		points += len(r)
		ends = append(ends, uint32(points))
	}
	b.StartVector(8, 2*points, 8)
	for _, r := range slices.Backward(rings) {
		for _, p := range slices.Backward(r) {
			b.PrependFloat64(p.Y())
			b.PrependFloat64(p.X())
		}
	}
	xy := b.EndVector(2 * points)
	var list flatbuffers.UOffsetT
	if kind == fgbPolygon && len(ends) > 1 {
		b.StartVector(4, len(ends), 4)
		for _, e := range slices.Backward(ends) {
			b.PrependUint32(e)
		}
		list = b.EndVector(len(ends))
	}
	b.StartObject(8)
	if list != 0 {
		b.PrependUOffsetTSlot(0, list, 0)
	}
	b.PrependUOffsetTSlot(1, xy, 0)
	b.PrependByteSlot(6, kind, 0)
	return b.EndObject()
}

// fgbProperties are the stated values, each behind the number of its column.
func fgbProperties(values []any, columns []geo.Field) []byte {
	var b []byte
	for k, v := range values {
		if v == nil {
			continue
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(k))
		switch v := v.(type) {
		case bool:
			b = append(b, map[bool]byte{true: 1, false: 0}[v])
		case int64:
			b = binary.LittleEndian.AppendUint64(b, uint64(v))
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		case time.Time:
			text := v.UTC().Format("2006-01-02T15:04:05.999Z")
			b = append(binary.LittleEndian.AppendUint32(b, uint32(len(text))), text...)
		case string:
			b = append(binary.LittleEndian.AppendUint32(b, uint32(len(v))), v...)
		}
	}
	return b
}
