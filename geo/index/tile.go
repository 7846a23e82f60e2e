package index

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// TileExtent is how many units a tile is wide and high.
const TileExtent = 4096

// gridBits: a tile that has too many points has 2^gridBits cells a side, each of
// which becomes a cluster.
const gridBits = 5

// maxLooked is how many incidents of a tile are looked at one by one where
// columns can't answer a filter.
const maxLooked = 5_000

// Mark is an incident in a tile, at its own point.
type Mark struct {
	ID, Type, Group, Precision string
	Toll                       *int64 // killed, the best figure; nil is not stated
	At                         orb.Point
	X, Y                       int32 // in the tile, from its north-west corner
}

// Cluster is the incidents of a cell of a tile. Its position is that of the
// member nearest to their mean: a place where something happened.
type Cluster struct {
	Member  string // id of the incident whose position it has
	At      orb.Point
	X, Y    int32
	Count   int
	Groups  []int  // members of each of geo.Groups, in its order
	Toll    *int64 // sum of the best figures of killed that are stated; nil where none is
	Unknown int    // members of which no figure is stated
}

// Tile is what the collection incidents has in a tile.
type Tile struct {
	Matched  int // incidents of the tile under the filter
	Marks    []Mark
	Clusters []Cluster
}

// Tile draws the points of the incidents that match. More than limit become
// clusters, but for those that are alone in their cell.
func (x *Index) Tile(ctx context.Context, f geo.Filter, t maptile.Tile, limit int) (Tile, error) {
	a, match, err := x.askLoosely(ctx, f)
	if err != nil {
		return Tile{}, err
	}
	d := drawing{tile: t, width: 32 - uint(t.Z), runs: make([]run, len(a.snap.layers))}
	for k := range a.snap.layers {
		r := &d.runs[k]
		r.layer = &a.snap.layers[k]
		r.find(pinned, a.nodes[k], t)
		defer giveBack(r.set)
		if match != nil {
			if err := r.refine(ctx, x.store, match); err != nil {
				return Tile{}, err
			}
		}
		d.out.Matched += r.count
	}
	if d.out.Matched <= limit {
		d.marks()
	} else {
		d.clusters()
	}
	return d.out, nil
}

// askLoosely compiles what columns can say of a filter; match is what is left to
// be asked of each incident, nil where nothing is.
func (x *Index) askLoosely(ctx context.Context, f geo.Filter) (a asked, match func(*geo.Incident) bool, err error) {
	if a, err = x.ask(ctx, f); !errors.Is(err, ErrInexact) {
		return a, nil, err
	}
	need, _ := geo.Lower(f.Expr)
	a, err = x.ask(ctx, geo.Filter{Expr: need})
	return a, f.Match, err
}

// run is the rows of a layer that stand in a tile and match.
type run struct {
	layer    *layer
	from, to int
	set      rowSet // of all rows of the layer
	count    int
}

func (r *run) find(p part, n node, t maptile.Tile) {
	width := 32 - uint(t.Z)
	r.from, r.to = r.layer.run(p, t.X<<width, t.Y<<width, width)
	if t.Z == 0 {
		r.from, r.to = r.layer.run(p, 0, 0, 32)
	}
	r.set = borrowSet(r.layer.rows)
	var counts [2]int
	halves(r.from, r.to, func(half, from, to int) {
		r.layer.scan(n, from, to, func(k int, rows *block) {
			for w, word := range rows {
				r.set[k*len(rows)+w] |= word
			}
			counts[half] += rows.count()
		})
	})
	r.count = counts[0] + counts[1]
}

// refine looks at each incident itself.
func (r *run) refine(ctx context.Context, store geo.Store, match func(*geo.Incident) bool) error {
	if r.count > maxLooked {
		return geo.Invalid("filter", "%d incidents here would have to be looked at one by one, at most %d can; narrow it by type, days, words or place",
			r.count, maxLooked)
	}
	var failed error
	r.each(r.from, r.to, func(row uint32) {
		i, err := store.Incident(ctx, r.layer.id(row))
		if err != nil && !errors.Is(err, geo.ErrNotFound) {
			failed = err
		}
		if err != nil || !match(&i) {
			r.set[row/64] &^= 1 << (row % 64)
			r.count--
		}
	})
	if failed != nil {
		return fmt.Errorf("look at the incidents of a tile: %w", failed)
	}
	return nil
}

// each row of the set from one up to before another.
func (r *run) each(from, to int, do func(row uint32)) {
	for k := from / blockRows; k*blockRows < to; k++ {
		rows := *(*block)(r.set.block(k))
		if k*blockRows < from || (k+1)*blockRows > to {
			var in block
			in.fill(max(from-k*blockRows, 0), min(to-k*blockRows, blockRows))
			for w := range rows {
				rows[w] &= in[w]
			}
		}
		rows.each(func(j int) { do(uint32(k*blockRows + j)) })
	}
}

// drawing is one tile under way.
type drawing struct {
	tile  maptile.Tile
	width uint // of the tile, in bits of a unit of the world
	runs  []run
	out   Tile
}

// spot of a row in the tile.
func (d *drawing) spot(l *layer, row uint32) (x, y int32) {
	unit := func(at, tile uint32) int32 {
		return int32((uint64(at) - uint64(tile)<<d.width) << 12 >> d.width)
	}
	return unit(l.x[row], d.tile.X), unit(l.y[row], d.tile.Y)
}

func (d *drawing) mark(l *layer, row uint32) Mark {
	m := Mark{ID: l.id(row), Type: l.columns["type"].text(row), Group: l.columns["group"].text(row), Precision: l.columns["precision"].text(row),
		At: orb.Point{l.lon[row], l.lat[row]}}
	if toll := l.columns["killed_best"]; toll.code(row) > 0 {
		m.Toll = new(intOfKey(toll.key(row)))
	}
	m.X, m.Y = d.spot(l, row)
	return m
}

// marks draws every incident, in the order of the curve.
func (d *drawing) marks() {
	d.out.Marks = make([]Mark, 0, d.out.Matched)
	layers := 0
	for k := range d.runs {
		r := &d.runs[k]
		if r.count > 0 {
			layers++
		}
		r.each(r.from, r.to, func(row uint32) { d.out.Marks = append(d.out.Marks, d.mark(r.layer, row)) })
	}
	d.sortMarks(layers)
}

// sortMarks so that the order does not show which layer has what.
func (d *drawing) sortMarks(layers int) {
	if layers < 2 {
		return
	}
	slices.SortFunc(d.out.Marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(hilbert(world(a.At)), hilbert(world(b.At))), cmp.Compare(a.ID, b.ID))
	})
}

const (
	cellsASide = 1 << gridBits
	maxGroups  = 16
)

// cell of the grid: what its members come to, and the one nearest to their mean.
type cell struct {
	sumX, sumY uint64 // in the tile, units of the world
	count      uint32
	stated     uint32 // members with a toll
	toll       int64
	groups     [maxGroups]uint32
	nearest
}

// legend is what drawing asks of a layer's codes.
type legend struct {
	group []uint8 // place in geo.Groups by code
	toll  []int64 // by code
}

func legendOf(l *layer) legend {
	var g legend
	if c := l.columns["group"]; c != nil {
		g.group = make([]uint8, c.keys.len()+1)
		for k := range c.keys.len() {
			g.group[k+1] = uint8(slices.IndexFunc(geo.Groups, func(group geo.Group) bool { return group.Code == string(c.keys.get(k)) }))
		}
	}
	if c := l.columns["killed_best"]; c != nil {
		g.toll = make([]int64, c.keys.len()+1)
		for k := range c.keys.len() {
			g.toll[k+1] = intOfKey(c.keys.get(k))
		}
	}
	return g
}

type grid [cellsASide * cellsASide]cell

// clusters draws a cell a cluster, and an incident where it is alone in its cell.
func (d *drawing) clusters() {
	var all grid
	for k := range d.runs {
		d.gather(&d.runs[k], &all)
	}
	for k := range d.runs {
		d.nearest(&d.runs[k], &all)
	}
	for k := range all {
		switch c := &all[k]; c.count {
		case 0:
		case 1:
			d.out.Marks = append(d.out.Marks, d.mark(c.near.layer, c.near.row))
		default:
			d.out.Clusters = append(d.out.Clusters, d.cluster(c))
		}
	}
}

func (d *drawing) cluster(c *cell) Cluster {
	l, row := c.near.layer, c.near.row
	out := Cluster{Member: l.id(row), At: orb.Point{l.lon[row], l.lat[row]}, Count: int(c.count), Unknown: int(c.count - c.stated)}
	out.X, out.Y = d.spot(l, row)
	for k := range geo.Groups {
		out.Groups = append(out.Groups, int(c.groups[k]))
	}
	if c.stated > 0 {
		out.Toll = &c.toll
	}
	return out
}

// place of a row in the grid, and its offset in the tile.
func (d *drawing) place(l *layer, row uint32) (k int, x, y uint64) {
	x, y = uint64(l.x[row])-uint64(d.tile.X)<<d.width, uint64(l.y[row])-uint64(d.tile.Y)<<d.width
	return int(y>>(d.width-gridBits))<<gridBits | int(x>>(d.width-gridBits)), x, y
}

// gather what the cells' members come to, on two processors where they are many.
func (d *drawing) gather(r *run, all *grid) {
	g := legendOf(r.layer)
	group, toll := r.layer.columns["group"], r.layer.columns["killed_best"]
	var second grid
	halves(r.from, r.to, func(half, from, to int) {
		cells := all
		if half == 1 {
			cells = &second
		}
		r.each(from, to, func(row uint32) {
			k, x, y := d.place(r.layer, row)
			c := &cells[k]
			c.count++
			c.sumX += x
			c.sumY += y
			if code := group.code(row); code > 0 {
				c.groups[g.group[code]&(maxGroups-1)]++
			}
			if code := toll.code(row); code > 0 {
				c.stated++
				c.toll += g.toll[code]
			}
		})
	})
	for k := range second {
		if from := &second[k]; from.count > 0 {
			into := &all[k]
			into.count += from.count
			into.stated += from.stated
			into.sumX += from.sumX
			into.sumY += from.sumY
			into.toll += from.toll
			for n := range from.groups {
				into.groups[n] += from.groups[n]
			}
		}
	}
}

// nearest finds the member nearest to each cell's mean. Of several the one with
// the lowest x, y and id, so that it is the same whatever layer has it.
func (d *drawing) nearest(r *run, all *grid) {
	type mean struct{ x, y float64 }
	var means [cellsASide * cellsASide]mean
	for k := range all {
		if n := float64(all[k].count); n > 0 {
			means[k] = mean{float64(all[k].sumX) / n, float64(all[k].sumY) / n}
		}
	}
	var second [cellsASide * cellsASide]nearest
	halves(r.from, r.to, func(half, from, to int) {
		r.each(from, to, func(row uint32) {
			k, x, y := d.place(r.layer, row)
			best, m := &all[k].nearest, &means[k]
			if half == 1 {
				best = &second[k]
			}
			dx, dy := float64(x)-m.x, float64(y)-m.y
			if far := dx*dx + dy*dy; best.near.layer == nil || far <= best.distance {
				best.take(nearest{Hit{r.layer, row}, far})
			}
		})
	})
	for k := range second {
		if second[k].near.layer != nil {
			all[k].take(second[k])
		}
	}
}

// nearest is the member of a cell that is nearest to its mean, so far.
type nearest struct {
	near     Hit
	distance float64
}

func (n *nearest) take(o nearest) {
	if n.near.layer == nil || o.distance < n.distance || o.distance == n.distance && comesBefore(o.near, n.near) {
		*n = o
	}
}

func comesBefore(a, b Hit) bool {
	ax, ay, bx, by := a.layer.x[a.row], a.layer.y[a.row], b.layer.x[b.row], b.layer.y[b.row]
	switch {
	case ax != bx:
		return ax < bx
	case ay != by:
		return ay < by
	case a.layer == b.layer: // rows at one spot stand by id
		return a.row < b.row
	}
	return bytes.Compare(a.layer.ids.get(int(a.row)), b.layer.ids.get(int(b.row))) < 0
}
