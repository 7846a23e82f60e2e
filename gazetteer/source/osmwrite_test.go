package source

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"testing"
)

// pbf writes a small OpenStreetMap extract for tests, a block a kind of feature.
type pbf struct {
	strings []string
	nodes   []pbfNode
	ways    []pbfWay
	rels    []pbfRelation
}

type pbfNode struct {
	id       int64
	lon, lat float64
	tags     []string // key, value, ...
}

type pbfWay struct {
	id    int64
	nodes []int64
	tags  []string
}

type pbfRelation struct {
	id      int64
	members []pbfMember
	tags    []string
}

type pbfMember struct {
	kind uint64 // 0 node, 1 way
	id   int64
	role string
}

func zigzag(x int64) uint64 { return uint64(x<<1) ^ uint64(x>>63) }

func varintField(b []byte, field int, x uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(field<<3)), x)
}

func bytesField(b []byte, field int, data []byte) []byte {
	b = binary.AppendUvarint(b, uint64(field<<3|2))
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
}

func packed(xs []uint64) (b []byte) {
	for _, x := range xs {
		b = binary.AppendUvarint(b, x)
	}
	return b
}

func deltas(xs []int64) (out []uint64) {
	last := int64(0)
	for _, x := range xs {
		out = append(out, zigzag(x-last))
		last = x
	}
	return out
}

func (f *pbf) text(s string) uint64 {
	for k, have := range f.strings {
		if have == s {
			return uint64(k)
		}
	}
	f.strings = append(f.strings, s)
	return uint64(len(f.strings) - 1)
}

func (f *pbf) tags(b []byte, tags []string) []byte {
	var keys, values []uint64
	for k := 0; k+1 < len(tags); k += 2 {
		keys, values = append(keys, f.text(tags[k])), append(values, f.text(tags[k+1]))
	}
	return bytesField(bytesField(b, 2, packed(keys)), 3, packed(values))
}

// bytes are the file's; field is that of the blocks' data: 3 zlib, 6 lz4.
func (f *pbf) bytes(t testing.TB, field int) []byte {
	t.Helper()
	var out []byte
	header := bytesField(bytesField(nil, 4, []byte("OsmSchema-V0.6")), 4, []byte("DenseNodes"))
	out = append(out, block(t, "OSMHeader", header, 3)...)
	for _, group := range []func() []byte{f.denseNodes, f.wayGroup, f.relationGroup} {
		f.strings = []string{""}
		g := group()
		var table []byte
		for _, s := range f.strings {
			table = bytesField(table, 1, []byte(s))
		}
		out = append(out, block(t, "OSMData", bytesField(bytesField(nil, 1, table), 2, g), field)...)
	}
	return out
}

func (f *pbf) denseNodes() []byte {
	var ids, lats, lons []int64
	var keys []uint64
	for _, n := range f.nodes {
		ids, lats, lons = append(ids, n.id), append(lats, int64(n.lat*1e7)), append(lons, int64(n.lon*1e7))
		for _, s := range n.tags {
			keys = append(keys, f.text(s))
		}
		keys = append(keys, 0)
	}
	dense := bytesField(nil, 1, packed(deltas(ids)))
	dense = bytesField(bytesField(dense, 8, packed(deltas(lats))), 9, packed(deltas(lons)))
	return bytesField(nil, 2, bytesField(dense, 10, packed(keys)))
}

func (f *pbf) wayGroup() (g []byte) {
	for _, w := range f.ways {
		b := f.tags(varintField(nil, 1, uint64(w.id)), w.tags)
		g = bytesField(g, 3, bytesField(b, 8, packed(deltas(w.nodes))))
	}
	return g
}

func (f *pbf) relationGroup() (g []byte) {
	for _, r := range f.rels {
		b := f.tags(varintField(nil, 1, uint64(r.id)), r.tags)
		var roles, kinds []uint64
		var ids []int64
		for _, m := range r.members {
			roles, ids, kinds = append(roles, f.text(m.role)), append(ids, m.id), append(kinds, m.kind)
		}
		b = bytesField(bytesField(b, 8, packed(roles)), 9, packed(deltas(ids)))
		g = bytesField(g, 4, bytesField(b, 10, packed(kinds)))
	}
	return g
}

func block(t testing.TB, kind string, data []byte, field int) []byte {
	t.Helper()
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	blob := bytesField(varintField(nil, 2, uint64(len(data))), field, z.Bytes())
	head := varintField(bytesField(nil, 1, []byte(kind)), 3, uint64(len(blob)))
	out := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	return append(append(out, head...), blob...)
}
