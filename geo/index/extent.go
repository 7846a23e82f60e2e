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

// Extents gives at most look.Limit places that are at least look.WideM metres
// wide and meet a tile, the widest first. margin is as in Areas.
func (x *Index) Extents(ctx context.Context, f geo.Filter, t maptile.Tile, margin float64, look Look) (Extents, error) {
	out, d := Extents{}, newDrawing(t, look)
	found := map[spread]*cell{}
	err := x.shapes(ctx, f, t, margin, func(r *run) {
		r.from = max(r.from, r.layer.pinned)
		g, toll := d.legend(r.layer), r.layer.columns["killed_best"]
		r.each(r.from, r.to, func(row uint32) {
			if float64(r.layer.radius[row]) < look.WideM {
				return
			}
			out.Matched++
			key := spread{r.layer.x[row], r.layer.y[row], r.layer.radius[row]}
			c := found[key]
			if c == nil {
				c = &cell{}
				found[key] = c
			}
			c.take(nearest{near: Hit{r.layer, row}})
			c.add(g, row, toll)
		})
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
		one := d.cluster(c)
		out.Extents = append(out.Extents, Extent{Area: area, Count: one.Count, Mix: one.Mix, Toll: one.Toll, Unknown: one.Unknown})
	}
	return out, nil
}
