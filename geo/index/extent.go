package index

import (
	"cmp"
	"context"
	"slices"

	"dateline/geo"

	"github.com/paulmach/orb/maptile"
)

// Extent is a place that is no point, with the incidents that are somewhere in it.
type Extent struct {
	Area          // of one of them
	Count   int   // incidents that have this very place
	Mix     []int // of them by class of Look.By
	Toll    *int64
	Unknown int // of which no figure is stated
}

// Extents are the widest of the places of a tile that are no points.
type Extents struct {
	Matched int // incidents of all places that are wide enough, also of those left out
	Extents []Extent
}

// spread names a place by where it stands and how wide it is.
type spread struct {
	x, y   uint32
	radius float32
}

// placed is what the incidents of a place come to.
type placed struct {
	cell
	run *run // that it was last met in
}

// Extents gives at most look.Limit places that are at least look.WideM metres
// wide and meet a tile, the widest first. margin is as in Areas.
func (x *Index) Extents(ctx context.Context, f geo.Filter, t maptile.Tile, margin float64, look Look) (Extents, error) {
	out, d := Extents{}, newDrawing(t, look)
	found := map[spread]*placed{}
	err := x.shapes(ctx, f, t, margin, func(r *run) {
		r.from = max(r.from, r.layer.pinned)
		r.each(r.from, r.to, func(row uint32) {
			if float64(r.layer.radius[row]) >= look.WideM {
				out.Matched++
			}
		})
		d.spreads(r, found)
	})
	if err != nil {
		return out, err
	}
	keys := make([]spread, 0, len(found))
	for key := range found {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b spread) int {
		return cmp.Or(-cmp.Compare(a.radius, b.radius), cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y))
	})
	for _, key := range keys[:min(len(keys), look.Limit)] {
		c := found[key]
		area, err := d.area(c.near)
		if err != nil {
			return out, err
		}
		one := d.cluster(&c.cell)
		out.Extents = append(out.Extents, Extent{Area: area, Count: one.Count, Mix: one.Mix, Toll: one.Toll, Unknown: one.Unknown})
	}
	return out, nil
}

// spreads finds the widest places of a run, at least as many as the look draws and
// all that are as wide as the last of them: what is narrower in one layer is not
// drawn, whatever others have.
func (d *drawing) spreads(r *run, found map[spread]*placed) {
	g, toll := d.legend(r.layer), r.layer.columns["killed_best"]
	here, last := 0, float32(0)
	for _, row := range r.layer.byWidth {
		radius := r.layer.radius[row]
		if float64(radius) < d.look.WideM || here >= d.look.Limit && radius < last {
			return
		}
		if int(row) < r.from || !r.set.has(row) {
			continue
		}
		key := spread{r.layer.x[row], r.layer.y[row], radius}
		c := found[key]
		if c == nil {
			c = &placed{}
			found[key] = c
		}
		if c.run != r {
			c.run, last = r, radius
			here++
		}
		c.take(nearest{near: Hit{r.layer, row}})
		c.add(g, row, toll)
	}
}
