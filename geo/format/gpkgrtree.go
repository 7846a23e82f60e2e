package format

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// A node of SQLite's R*Tree (sqlite.org/rtree.html and the head of its source):
// the tree's depth (of the root only) and the number of cells, each two bytes,
// then cells of a number and four 32-bit floats, all big-endian.
const (
	rtreeHead = 4
	rtreeCell = 24
	rtreeRoot = 1 // number of the root
)

// rtreeItem is a box of the tree: minx, maxx, miny, maxy, rounded outwards.
type rtreeItem struct {
	number int64 // of a feature, or of a node
	box    [4]float32
	key    uint32
}

func rtreeItemOf(fid int64, b orb.Bound) rtreeItem {
	return rtreeItem{number: fid, box: [4]float32{roundDown(b.Min.X()), roundUp(b.Max.X()), roundDown(b.Min.Y()), roundUp(b.Max.Y())}}
}

func roundDown(x float64) float32 {
	f := float32(x)
	if float64(f) > x {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func roundUp(x float64) float32 { return -roundDown(-x) }

// rtreeWriter packs the boxes of a layer, full nodes along the Hilbert curve, in
// place of inserting them one by one, which moves about in the whole tree for
// each.
type rtreeWriter struct {
	ctx      context.Context
	tx       *sql.Tx
	table    string
	capacity int
	next     int64 // number of the next node
	node     *sql.Stmt
	parent   *sql.Stmt
}

func (r *rtreeWriter) write(items []rtreeItem, extent orb.Bound) (err error) {
	if len(items) == 0 {
		return nil
	}
	var size int
	if err := r.tx.QueryRowContext(r.ctx, fmt.Sprintf("SELECT length(data) FROM %s_node WHERE nodeno = %d", r.table, rtreeRoot)).Scan(&size); err != nil {
		return err
	}
	r.capacity, r.next = (size-rtreeHead)/rtreeCell, rtreeRoot+1
	for k := range items {
		b := items[k].box
		items[k].key = hilbertKey(orb.Bound{Min: orb.Point{float64(b[0]), float64(b[2])}, Max: orb.Point{float64(b[1]), float64(b[3])}}, extent)
	}
	slices.SortFunc(items, func(a, b rtreeItem) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.number, b.number)) })
	if r.node, err = r.tx.PrepareContext(r.ctx, fmt.Sprintf("INSERT OR REPLACE INTO %s_node (nodeno, data) VALUES (?, ?)", r.table)); err != nil {
		return err
	}
	defer r.node.Close()
	if r.parent, err = r.tx.PrepareContext(r.ctx, fmt.Sprintf("INSERT INTO %s_parent (nodeno, parentnode) VALUES (?, ?)", r.table)); err != nil {
		return err
	}
	defer r.parent.Close()
	leaves := make([]leafOf, 0, len(items))
	level, depth := items, 0
	for ; len(level) > r.capacity; depth++ {
		if level, err = r.level(level, depth, &leaves, size); err != nil {
			return err
		}
	}
	if err := r.put(rtreeRoot, level, depth, size); err != nil {
		return err
	}
	if err := r.children(level, rtreeRoot, depth, &leaves); err != nil {
		return err
	}
	return r.rowids(leaves)
}

// leafOf says in which node a feature is.
type leafOf struct{ fid, node int64 }

// level writes the nodes of a level, and gives their boxes.
func (r *rtreeWriter) level(items []rtreeItem, height int, leaves *[]leafOf, size int) ([]rtreeItem, error) {
	var above []rtreeItem
	for cells := range slices.Chunk(items, r.capacity) {
		number := r.next
		r.next++
		if err := r.put(number, cells, 0, size); err != nil {
			return nil, err
		}
		if err := r.children(cells, number, height, leaves); err != nil {
			return nil, err
		}
		box := cells[0].box
		for _, c := range cells[1:] {
			box = [4]float32{min(box[0], c.box[0]), max(box[1], c.box[1]), min(box[2], c.box[2]), max(box[3], c.box[3])}
		}
		above = append(above, rtreeItem{number: number, box: box})
	}
	return above, nil
}

// children notes of which node the cells are.
func (r *rtreeWriter) children(cells []rtreeItem, number int64, height int, leaves *[]leafOf) error {
	for _, c := range cells {
		if height == 0 {
			*leaves = append(*leaves, leafOf{c.number, number})
			continue
		}
		if _, err := r.parent.ExecContext(r.ctx, c.number, number); err != nil {
			return err
		}
	}
	return nil
}

func (r *rtreeWriter) put(number int64, cells []rtreeItem, depth, size int) error {
	data := make([]byte, 0, size)
	data = binary.BigEndian.AppendUint16(data, uint16(depth))
	data = binary.BigEndian.AppendUint16(data, uint16(len(cells)))
	for _, c := range cells {
		data = binary.BigEndian.AppendUint64(data, uint64(c.number))
		for _, x := range c.box {
			data = binary.BigEndian.AppendUint32(data, math.Float32bits(x))
		}
	}
	_, err := r.node.ExecContext(r.ctx, number, data[:size])
	return err
}

// rowsAtOnce is how many rows a statement writes.
const rowsAtOnce = 128

// rowids writes which leaf each feature is in.
func (r *rtreeWriter) rowids(leaves []leafOf) error {
	slices.SortFunc(leaves, func(a, b leafOf) int { return cmp.Compare(a.fid, b.fid) })
	into := insertRows{ctx: r.ctx, tx: r.tx, head: fmt.Sprintf("INSERT INTO %s_rowid (rowid, nodeno) VALUES ", r.table), columns: 2, most: rowsAtOnce}
	for _, l := range leaves {
		if err := into.add(l.fid, l.node); err != nil {
			return err
		}
	}
	return into.close()
}
