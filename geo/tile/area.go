package tile

import (
	"context"
	"math"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// margin around a tile within which areas are drawn, in units, so that no edge
// of the tile shows as an outline.
const margin = 64

// Areas draws a tile of the collection areas: at most limit, the widest first.
// One that would be smaller than a dot is left out and counted.
func Areas(ctx context.Context, from Source, f geo.Filter, t maptile.Tile, limit int) ([]byte, Summary, error) {
	for limit = min(limit, MaxAreas); ; limit /= 2 {
		drawn, err := from.Areas(ctx, f, t, float64(margin)/index.TileExtent, limit)
		if err != nil {
			return nil, Summary{}, err
		}
		data, summary := writeAreas(drawn, t)
		if len(data) <= MaxBytes {
			return data, summary, nil
		}
	}
}

func writeAreas(drawn index.Areas, t maptile.Tile) ([]byte, Summary) {
	s := Summary{Matched: drawn.Matched}
	shapes := newLayer("areas")
	for k := range drawn.Areas {
		a := &drawn.Areas[k]
		rings := ringsOf(a, t)
		if len(rings) == 0 {
			continue
		}
		shapes.mark(&a.Mark)
		shapes.number("radius_m", int64(math.Round(a.RadiusM)))
		shapes.polygon(rings)
		s.Drawn++
	}
	s.LeftOut = s.Matched - s.Drawn
	return join(shapes, summaryLayer(s)), s
}

// smallest is the radius in units below which an area is smaller than a dot.
const smallest = 4

// ringsOf an area in the tile, none where it is too small or not in it.
func ringsOf(a *index.Area, t maptile.Tile) [][][2]int32 {
	shape := a.Polygon
	if len(shape) == 0 {
		r := a.RadiusM / (2 * math.Pi * geo.EarthRadiusM * math.Cos(a.At.Lat()*math.Pi/180)) * math.Exp2(float64(t.Z)) * index.TileExtent
		if r < smallest {
			return nil
		}
		if e, ok := slant(a); ok {
			return nearCircle(inTile(a.At, t), r, e)
		}
		shape = circle(a, r)
	}
	var rings [][][2]int32
	for _, turn := range []float64{-360, 0, 360} {
		rings = append(rings, cut(shape, turn, t)...)
	}
	return rings
}

// slant is how much wider Mercator draws the northern end of a circle than its
// middle: d tan φ of a circle of d radians. ok is false where the terms of d²,
// which nearCircle leaves out, come to more than 0.3% of the radius.
func slant(a *index.Area) (e float64, ok bool) {
	d, tan := a.RadiusM/geo.EarthRadiusM, math.Tan(a.At.Lat()*math.Pi/180)
	return d * tan, d*(1+math.Abs(tan)) < 0.05 && math.Abs(a.At.Lon()) < 170
}

// corners of a circle of radius 1, as many as a radius in units needs.
var corners = func() map[int]orb.Ring {
	all := map[int]orb.Ring{}
	for _, n := range []int{12, 24, 48} {
		for k := range n {
			angle := 2 * math.Pi * float64(k) / float64(n)
			all[n] = append(all[n], orb.Point{math.Cos(angle), math.Sin(angle)})
		}
		all[n] = append(all[n], all[n][0])
	}
	return all
}()

func cornersOf(r float64) int {
	switch {
	case r < 64:
		return 12
	case r < 512:
		return 24
	}
	return 48
}

// nearCircle is a circle on the Earth as Mercator draws it around a spot of the
// tile, to the second order of its radius: of the corner c to the east and n to
// the north, x is c(1 + en) and y is n + e(n² - c²)/2. Most circles of a dense
// tile hold all of it or are held by it: those need no clipping.
func nearCircle(at orb.Point, r, e float64) [][][2]int32 {
	unit := corners[cornersOf(r)]
	most, least := r*(1+math.Abs(e)), r*(1-2*math.Abs(e))*unit[1][0] // of the middles of its sides, too
	box := orb.Bound{Min: orb.Point{at[0] - most, at[1] - most}, Max: orb.Point{at[0] + most, at[1] + most}}
	switch {
	case !box.Intersects(frame):
		return nil
	case math.Hypot(max(at[0]-frame.Min[0], frame.Max[0]-at[0]), max(at[1]-frame.Min[1], frame.Max[1]-at[1])) < least:
		return wholeFrame
	}
	ring := make(orb.Ring, len(unit))
	for k, p := range unit {
		c, n := p[0], -p[1]
		ring[k] = orb.Point{at[0] + r*c*(1+e*n), at[1] - r*(n+e*(n*n-c*c)/2)}
	}
	if frame.Contains(box.Min) && frame.Contains(box.Max) {
		if units := whole(ring, true); units != nil {
			return [][][2]int32{units}
		}
		return nil
	}
	return framed(orb.Polygon{ring})
}

// circle with as many corners as its radius in units needs, or the band of
// latitudes of one that holds a pole.
func circle(a *index.Area, r float64) orb.Polygon {
	if b := geo.CircleBounds(a.At, a.RadiusM); len(b) == 1 && b[0].Max.Lon()-b[0].Min.Lon() >= 360 {
		return b[0].ToPolygon()
	}
	return geo.Circle(a.At, a.RadiusM, cornersOf(r))
}

// cut a shape, turned by so many degrees, to the tile and its margin.
func cut(shape orb.Polygon, turn float64, t maptile.Tile) [][][2]int32 {
	var projected orb.Polygon
	for _, ring := range shape {
		out := make(orb.Ring, len(ring))
		for k, p := range ring {
			out[k] = inTile(orb.Point{p.Lon() + turn, p.Lat()}, t)
		}
		projected = append(projected, out)
	}
	return framed(projected)
}

// frame is the tile with its margin, in units.
var frame = orb.Bound{Min: orb.Point{-margin, -margin}, Max: orb.Point{index.TileExtent + margin, index.TileExtent + margin}}

// wholeFrame is the ring of the frame, of what holds it all.
var wholeFrame = [][][2]int32{whole(frame.ToRing(), true)}

// framed gives what of a shape in units is in the frame.
func framed(shape orb.Polygon) [][][2]int32 {
	var rings [][][2]int32
	for k, ring := range shape {
		if whole := whole(clipped(ring, frame), k == 0); whole != nil {
			rings = append(rings, whole)
		} else if k == 0 {
			return nil
		}
	}
	return rings
}

// clipped is what of a ring is in a box, side by side of the box (Sutherland and
// Hodgman 1974): closed or not, as it comes.
func clipped(ring orb.Ring, to orb.Bound) orb.Ring {
	if len(ring) == 0 {
		return nil
	}
	least, most := ring[0], ring[0]
	for _, p := range ring {
		least = orb.Point{min(least[0], p[0]), min(least[1], p[1])}
		most = orb.Point{max(most[0], p[0]), max(most[1], p[1])}
	}
	var room [2]orb.Ring // to write into by turns
	for axis := range 2 {
		for n, beyond := range []bool{least[axis] < to.Min[axis], most[axis] > to.Max[axis]} {
			if !beyond || len(ring) == 0 {
				continue
			}
			if cap(room[0]) == 0 {
				room[0] = make(orb.Ring, 0, len(ring)+8)
			}
			limit := []float64{to.Min[axis], to.Max[axis]}[n]
			cut := clippedAt(room[0][:0], ring, axis, limit, n == 1)
			room[0], room[1] = room[1], cut
			ring = cut
		}
	}
	return ring
}

// clippedAt adds what of a ring is on one side of a line across an axis.
func clippedAt(out, ring orb.Ring, axis int, limit float64, below bool) orb.Ring {
	p := ring[len(ring)-1]
	in := (p[axis] <= limit) == below || p[axis] == limit
	for _, q := range ring {
		before := in
		if in = (q[axis] <= limit) == below || q[axis] == limit; in != before {
			t := (limit - p[axis]) / (q[axis] - p[axis])
			at := orb.Point{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])}
			at[axis] = limit
			out = append(out, at)
		}
		if in {
			out = append(out, q)
		}
		p = q
	}
	return out
}

// inTile gives a point in units from the tile's north-west corner.
func inTile(p orb.Point, t maptile.Tile) orb.Point {
	sin := math.Sin(max(-85.05112877980659, min(85.05112877980659, p.Lat())) * math.Pi / 180)
	n := math.Exp2(float64(t.Z))
	return orb.Point{
		((p.Lon()/360+0.5)*n - float64(t.X)) * index.TileExtent,
		((0.5-math.Log((1+sin)/(1-sin))/(4*math.Pi))*n - float64(t.Y)) * index.TileExtent,
	}
}

// whole units of a ring without its closing point, wound as the specification
// wants: outer ones clockwise as they are seen, holes the other way. nil where
// nothing is left.
func whole(ring orb.Ring, outer bool) [][2]int32 {
	out := make([][2]int32, 0, len(ring))
	for _, p := range ring {
		at := [2]int32{int32(math.Round(p[0])), int32(math.Round(p[1]))}
		if len(out) == 0 || out[len(out)-1] != at {
			out = append(out, at)
		}
	}
	if n := len(out); n > 1 && out[0] == out[n-1] {
		out = out[:n-1]
	}
	if len(out) < 3 {
		return nil
	}
	var twice int64 // the area, above 0 where it is clockwise with y downwards
	for k, p := range out {
		q := out[(k+1)%len(out)]
		twice += int64(p[0])*int64(q[1]) - int64(q[0])*int64(p[1])
	}
	if twice == 0 {
		return nil
	}
	if (twice > 0) != outer {
		for a, b := 0, len(out)-1; a < b; a, b = a+1, b-1 {
			out[a], out[b] = out[b], out[a]
		}
	}
	return out
}
