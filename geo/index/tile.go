package index

import (
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

// maxLooked is how many incidents of a tile are looked at one by one where
// columns can't answer a filter.
const maxLooked = 5_000

// Mark is an incident in a tile, at its own point.
type Mark struct {
	ID, Type, Group, Precision string
	Status                     string
	Day                        geo.Day // its end, else its start; empty where it has none
	Class                      int     // of Look.By; -1 is none
	RadiusM                    float64
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
	Bounds  orb.Bound // of its members' positions
	Mix     []int     // members of each class of Look.By, in its order
	Toll    *int64    // sum of the best figures of killed that are stated; nil where none is
	Unknown int       // members of which no figure is stated
}

// Tile is what the collection incidents has in a tile.
type Tile struct {
	Matched  int // incidents of the tile under the filter
	Marks    []Mark
	Clusters []Cluster
}

// Look says how a tile is drawn.
type Look struct {
	Limit int          // incidents that are drawn one by one; more become clusters
	By    geo.Classing // what colours marks and clusters; the first of geo.Classings where it has no name
	Today geo.Day      // that ages are counted from
	// WideM is how wide, in metres, a place that is no point may be for its
	// incidents to be drawn by where its name stands: 0 draws points alone.
	WideM float64
}

// Tile draws the points of the incidents that match. More than limit become
// clusters, but for those that are alone in their cell.
func (x *Index) Tile(ctx context.Context, f geo.Filter, t maptile.Tile, limit int) (Tile, error) {
	return x.Draw(ctx, f, t, Look{Limit: limit})
}

// Draw is Tile with a look of its own.
func (x *Index) Draw(ctx context.Context, f geo.Filter, t maptile.Tile, look Look) (Tile, error) {
	a, match, err := x.askLoosely(ctx, f)
	if err != nil {
		return Tile{}, err
	}
	d := newDrawing(t, look)
	d.runs = make([]run, 0, 2*len(a.snap.layers))
	for k := range a.snap.layers {
		for _, p := range []part{pinned, shaped} {
			if p == shaped && look.WideM <= 0 {
				continue
			}
			r := run{layer: &a.snap.layers[k]}
			r.find(p, a.nodes[k], t)
			defer giveBack(r.set)
			if p == shaped {
				r.keep(func(row uint32) bool { return float64(r.layer.radius[row]) <= look.WideM })
			}
			if match != nil {
				if err := r.refine(ctx, x.store, match); err != nil {
					return Tile{}, err
				}
			}
			d.out.Matched += r.count
			d.runs = append(d.runs, r)
		}
	}
	if d.out.Matched <= look.Limit {
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
	need, _ := geo.LowerIndexed(f.Expr)
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

// keep takes out the rows of which ok is false.
func (r *run) keep(ok func(row uint32) bool) {
	r.each(r.from, r.to, func(row uint32) {
		if !ok(row) {
			r.set[row/64] &^= 1 << (row % 64)
			r.count--
		}
	})
}

// refine looks at each incident itself.
func (r *run) refine(ctx context.Context, store geo.Store, match func(*geo.Incident) bool) error {
	if r.count > maxLooked {
		return geo.Invalid("filter", "%d incidents here would have to be looked at one by one, at most %d can; narrow it by type, days, words or place",
			r.count, maxLooked)
	}
	var failed error
	r.keep(func(row uint32) bool {
		i, err := store.Incident(ctx, r.layer.id(row))
		if err != nil && !errors.Is(err, geo.ErrNotFound) {
			failed = err
		}
		return err == nil && match(&i)
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
	tile    maptile.Tile
	width   uint // of the tile, in bits of a unit of the world
	runs    []run
	look    Look
	legends map[*segment]legend
	out     Tile
}

func newDrawing(t maptile.Tile, look Look) drawing {
	if look.By.Name == "" {
		look.By = geo.Classings[0]
	}
	return drawing{tile: t, width: 32 - uint(t.Z), look: look, legends: map[*segment]legend{}}
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
		Status: l.columns["status"].text(row), Day: geo.Day(l.columns[dayColumn].key(row)), RadiusM: float64(l.radius[row]),
		At: orb.Point{l.lon[row], l.lat[row]}}
	g := d.legend(l)
	m.Class = int(g.class[g.by.code(row)])
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
