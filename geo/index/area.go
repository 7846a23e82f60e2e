package index

import (
	"cmp"
	"container/heap"
	"context"
	"encoding/json"
	"slices"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// Area is an incident with what holds it: a polygon, or the circle of RadiusM
// metres around At.
type Area struct {
	Mark
	RadiusM float64
	Polygon orb.Polygon // nil for a circle
}

// Areas are the widest of the incidents that match whose shapes meet a tile.
type Areas struct {
	Matched int // shapes that meet the tile; those that are too many are left out
	Areas   []Area
}

// Areas gives at most limit shapes of a tile, the widest first. margin is how
// far around the tile they are wanted, in shares of its width.
func (x *Index) Areas(ctx context.Context, f geo.Filter, t maptile.Tile, margin float64, limit int) (Areas, error) {
	w := widest{limit: limit}
	out := Areas{}
	err := x.shapes(ctx, f, t, margin, func(r *run) {
		out.Matched += r.count
		r.each(r.from, r.to, func(row uint32) { w.take(Hit{r.layer, row}) })
	})
	if err != nil {
		return Areas{}, err
	}
	slices.SortFunc(w.hits, func(a, b Hit) int { return -compareWidth(a, b) })
	d := newDrawing(t, Look{})
	for _, h := range w.hits {
		area, err := d.area(h)
		if err != nil {
			return out, err
		}
		out.Areas = append(out.Areas, area)
	}
	return out, nil
}

// shapes gives the runs of located rows that match and whose shapes meet a tile
// with a margin around it.
func (x *Index) shapes(ctx context.Context, f geo.Filter, t maptile.Tile, margin float64, do func(r *run)) error {
	b := t.Bound(margin)
	around := geo.BBox{West: max(b.Min.Lon(), -180), South: max(b.Min.Lat(), -90), East: min(b.Max.Lon(), 180), North: min(b.Max.Lat(), 90), Shape: true}
	if t.Y == 0 {
		around.North = 90
	}
	if t.Y == 1<<t.Z-1 {
		around.South = -90
	}
	a, match, err := x.askLoosely(ctx, f.And(around))
	if err != nil {
		return err
	}
	for k := range a.snap.layers {
		r := run{layer: &a.snap.layers[k]}
		r.to = r.layer.located
		r.set, r.count = r.layer.matching(a.nodes[k])
		defer giveBack(r.set)
		if match != nil {
			if err := r.refine(ctx, x.store, match); err != nil {
				return err
			}
		}
		do(&r)
	}
	return nil
}

func (d *drawing) area(h Hit) (Area, error) {
	a := Area{Mark: d.mark(h.layer, h.row), RadiusM: float64(h.layer.radius[h.row])}
	if k, ok := slices.BinarySearch(h.layer.polygonRow, h.row); ok {
		return a, json.Unmarshal(h.layer.polygons.get(k), &a.Polygon)
	}
	return a, nil
}

// compareWidth orders by radius, then the other way round by id.
func compareWidth(a, b Hit) int {
	if c := cmp.Compare(a.layer.radius[a.row], b.layer.radius[b.row]); c != 0 {
		return c
	}
	return -cmp.Compare(a.ID(), b.ID())
}

// widest is a heap of the widest areas so far, whose root is the least of them.
type widest struct {
	limit int
	hits  []Hit
}

func (w *widest) take(h Hit) {
	switch {
	case len(w.hits) < w.limit:
		heap.Push(w, h)
	case h.layer.radius[h.row] >= w.hits[0].layer.radius[w.hits[0].row] && compareWidth(h, w.hits[0]) > 0:
		w.hits[0] = h
		heap.Fix(w, 0)
	}
}

func (w *widest) Len() int           { return len(w.hits) }
func (w *widest) Less(a, b int) bool { return compareWidth(w.hits[a], w.hits[b]) < 0 }
func (w *widest) Swap(a, b int)      { w.hits[a], w.hits[b] = w.hits[b], w.hits[a] }
func (w *widest) Push(h any)         { w.hits = append(w.hits, h.(Hit)) }
func (w *widest) Pop() any {
	last := w.hits[len(w.hits)-1]
	w.hits = w.hits[:len(w.hits)-1]
	return last
}
