package index

import (
	"bytes"
	"cmp"
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
	out, hits := Areas{}, []Hit{}
	err := x.shapes(ctx, f, t, margin, func(r *run) {
		out.Matched += r.count
		hits = append(hits, r.widest(limit)...)
	})
	if err != nil {
		return Areas{}, err
	}
	slices.SortFunc(hits, widestFirst)
	d := newDrawing(t, Look{})
	out.Areas = make([]Area, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
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

// widestFirst orders by radius, the widest first, then by id.
func widestFirst(a, b Hit) int {
	if c := cmp.Compare(b.layer.radius[b.row], a.layer.radius[a.row]); c != 0 {
		return c
	}
	return bytes.Compare(a.layer.ids.get(int(a.row)), b.layer.ids.get(int(b.row)))
}

// fewOf a layer's rows are looked up and sorted where they are below this share of
// it; more are met soon on a walk from the widest on.
const fewOf = 64

// widest gives at most so many rows of the run: the widest.
func (r *run) widest(limit int) []Hit {
	out := make([]Hit, 0, min(limit, r.count))
	if r.count <= limit && r.count < r.layer.located/fewOf {
		r.each(r.from, r.to, func(row uint32) { out = append(out, Hit{r.layer, row}) })
		return out
	}
	for _, row := range r.layer.byWidth {
		if len(out) == cap(out) {
			break
		}
		if r.set.has(row) {
			out = append(out, Hit{r.layer, row})
		}
	}
	return out
}
