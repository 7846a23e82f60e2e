package web

import (
	"context"
	"errors"
	"math"
	"slices"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/index"
	"dateline/web/preview"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// dot is a mark or a cluster of the index.
type dot struct {
	at     orb.Point
	ring   bool
	group  int   // of geo.Groups, where it is one incident
	toll   int64 // killed
	count  int
	groups []int           // members by group
	wide   *preview.Extent // where it is an extent too small to be seen as such
}

// sceneOf dots.
type sceneOf struct{ preview.Scene }

// dots are what stands in a view, from the tiles that cover it.
func (v *viewScene) dots(ctx context.Context, view preview.View) ([]dot, error) {
	z := max(0, int(view.Zoom)-2)
	box := view.Box()
	pad := (box.Max.Lon() - box.Min.Lon()) * 0.03
	n := float64(int(1) << z)
	row := func(lat float64) int {
		return int(maptile.Fraction(orb.Point{0, math.Max(-85, math.Min(85, lat))}, maptile.Zoom(z))[1])
	}
	var all []dot
	seen := map[int]bool{}
	for x := math.Floor((box.Min.Lon() - pad + 180) / 360 * n); x <= math.Floor((box.Max.Lon()+pad+180)/360*n); x++ {
		column := ((int(x) % int(n)) + int(n)) % int(n)
		if seen[column] {
			continue
		}
		seen[column] = true
		for y := row(box.Max.Lat()); y <= row(box.Min.Lat()); y++ {
			some, err := v.tile(ctx, maptile.New(uint32(column), uint32(y), maptile.Zoom(z)))
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
	}
	return all, nil
}

// tile gives the marks and clusters of a tile; of a filter that the index can't
// answer, its incidents themselves, the newest.
func (v *viewScene) tile(ctx context.Context, t maptile.Tile) ([]dot, error) {
	drawn, err := v.server.Index.Tile(ctx, v.filter, t, maxViewMarks)
	if errors.Is(err, index.ErrInexact) {
		return v.asked(ctx, t)
	}
	if err != nil {
		return nil, err
	}
	dots := make([]dot, 0, len(drawn.Marks)+len(drawn.Clusters))
	for _, m := range drawn.Marks {
		d := dot{at: m.At, ring: ringed(gazetteer.Precision(m.Precision)), group: groupIndex(m.Group), count: 1}
		if m.Toll != nil {
			d.toll = *m.Toll
		}
		dots = append(dots, d)
	}
	for _, c := range drawn.Clusters {
		dots = append(dots, dot{at: c.At, count: c.Count, groups: c.Mix, group: -1})
	}
	return dots, nil
}

// asked finds the incidents of a tile one by one.
func (v *viewScene) asked(ctx context.Context, t maptile.Tile) ([]dot, error) {
	b := t.Bound()
	within := v.filter.And(geo.BBox{West: b.Min.Lon(), South: b.Min.Lat(), East: b.Max.Lon(), North: b.Max.Lat()})
	found, err := v.server.find(ctx, geo.Query{Filter: within, Limit: maxViewMarks})
	if err != nil {
		return nil, err
	}
	var dots []dot
	for k := range found {
		i := &found[k]
		if site, ok := i.Where(); ok && site.Pinned() {
			at, _ := site.Point()
			d := dot{at: at, ring: ringed(site.Precision), group: groupIndex(i.Group()), count: 1}
			if n := i.Tolls.Killed.Best; n != nil {
				d.toll = *n
			}
			dots = append(dots, d)
		}
	}
	return dots, nil
}

func groupIndex(code string) int {
	return slices.IndexFunc(geo.Groups, func(g geo.Group) bool { return g.Code == code })
}

// groupOfColor is the group that an extent has the colour of; -1 for several.
func groupOfColor(color string) int {
	return slices.IndexFunc(geo.Groups, func(g geo.Group) bool { return g.Color == color })
}

// cluster joins what would stand over each other, the largest first; a cluster
// stands where its largest member does. A small extent alone keeps its badge.
func (s *sceneOf) cluster(dots []dot) {
	slices.SortStableFunc(dots, func(a, b dot) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return int(max(-1, min(1, b.toll-a.toll)))
	})
	world := 256 * math.Exp2(s.View.Zoom)
	type group struct {
		x, y    float64
		members []dot
	}
	var groups []*group
	grid := map[[2]int][]*group{}
	for _, d := range dots {
		f := maptile.Fraction(d.at, 0)
		x, y := f[0]*world, f[1]*world
		cell := [2]int{int(x / clusterPixels), int(y / clusterPixels)}
		var near *group
		for dx := -1; dx <= 1 && near == nil; dx++ {
			for dy := -1; dy <= 1 && near == nil; dy++ {
				for _, g := range grid[[2]int{cell[0] + dx, cell[1] + dy}] {
					if math.Hypot(g.x-x, g.y-y) < clusterPixels {
						near = g
						break
					}
				}
			}
		}
		if near == nil {
			near = &group{x: x, y: y}
			groups = append(groups, near)
			grid[cell] = append(grid[cell], near)
		}
		near.members = append(near.members, d)
	}
	for _, g := range slices.Backward(groups) {
		if only := g.members[0]; len(g.members) == 1 && only.wide != nil {
			s.Extents = append(s.Extents, *only.wide)
			continue
		}
		s.Marks = append(s.Marks, markOf(g.members))
	}
}

// markOf some dots: the mark of one, a cluster of several.
func markOf(members []dot) preview.Mark {
	first := members[0]
	m := preview.Mark{At: first.at, Ring: first.ring, Color: "#777777", GlyphColor: "#FFFFFF", Size: 34}
	if len(members) == 1 && first.count == 1 {
		if first.group >= 0 {
			g := geo.Groups[first.group]
			m.Color, m.Glyph, m.GlyphColor = g.Color, g.Glyph, g.GlyphColor
		}
		return m
	}
	byGroup := make([]int, len(geo.Groups))
	for _, d := range members {
		m.Count += d.count
		for k, n := range d.groups {
			byGroup[k] += n
		}
		if d.groups == nil && d.group >= 0 {
			byGroup[d.group] += d.count
		}
	}
	rest := m.Count
	for k, n := range byGroup {
		if n > 0 {
			m.Shares = append(m.Shares, preview.Share{Color: geo.Groups[k].Color, Count: n})
			rest -= n
		}
	}
	if rest > 0 {
		m.Shares = append(m.Shares, preview.Share{Color: "#777777", Count: rest})
	}
	return m
}
