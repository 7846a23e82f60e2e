package web

import (
	"context"
	"errors"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/index"
	"dateline/geo/query"
	"dateline/web/preview"
	"dateline/web/words"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// pageParams are the parameters of the page's address that are no filter.
var pageParams = []string{"map", "pane", "list", "sort", "table", "by", "heat", "lang", "embed", "f", "once"}

// The limits of a view's picture.
const (
	maxViewMarks   = 4000 // points that are looked at one by one in each tile
	maxViewExtents = 10   // wide places that are hatched
	maxWide        = 500  // incidents in wide places that are looked at
	clusterPixels  = 52.0 // nearer than this, marks become one
)

// viewParams are the filter's parameters of a request for a view.
func viewParams(c echo.Context) url.Values {
	params := url.Values{}
	for name, values := range c.QueryParams() {
		if empty := len(values) == 1 && values[0] == ""; !empty && !slices.Contains(pageParams, name) {
			params[name] = values
		}
	}
	return params
}

// getPreview answers the picture of what a filter selects, as everyone sees it.
func (s *Server) getPreview(c echo.Context) error {
	params := viewParams(c)
	for _, name := range pagingParams {
		if params.Has(name) {
			return geo.Invalid(name, "no parameter of this address: it shows whatever the filter selects")
		}
	}
	q, err := s.itemsQuery(visitor{}, params)
	if err != nil {
		return err
	}
	l := s.book.Choose(c.QueryParam("lang"), "")
	seq, err := s.seq(c.Request().Context())
	if err != nil {
		return err
	}
	view := &viewScene{server: s, lang: l, params: params, filter: q.seen, at: c.QueryParam("map")}
	tag := s.previews.tag("view", seq, params.Encode(), view.at, l.Code, s.PublicDrafts)
	err = s.previews.send(c, tag, view.scene)
	return previewError(c, err)
}

// viewScene makes the picture of a view.
type viewScene struct {
	server *Server
	lang   *words.Language
	params url.Values
	filter geo.Filter
	at     string // zoom/lat/lon of the page's map, empty for what fits
}

func (v *viewScene) scene(ctx context.Context) (preview.Scene, error) {
	scene := sceneOf{v.server.newScene(v.lang)}
	counts, err := v.server.counts(ctx, v.filter)
	if err != nil {
		return scene.Scene, err
	}
	scene.Title = v.lang.T("sentence.incidents", "n", counts.Total)
	if counts.Total == 0 {
		scene.Title = v.lang.T("sentence.noIncidents")
	}
	parts := sentence(v.lang, v.server.countries(), v.params)
	if counts.Unlocated > 0 {
		parts = append(parts, v.lang.T("sentence.unlocated", "n", counts.Unlocated))
	}
	scene.Line = strings.Join(parts, " · ")
	extents, err := v.extents(ctx)
	if err != nil {
		return scene.Scene, err
	}
	if scene.View, err = v.view(ctx, extents); err != nil {
		return scene.Scene, err
	}
	dots, err := v.dots(ctx, scene.View)
	for k := range extents {
		if box := extents[k].Rings; scene.View.Small(ringsBound(box)) {
			dots = append(dots, dot{at: ringsBound(box).Center(), count: max(1, extents[k].Count), group: groupOfColor(extents[k].Color), wide: &extents[k]})
		} else {
			scene.Extents = append(scene.Extents, extents[k])
		}
	}
	scene.cluster(dots)
	return scene.Scene, err
}

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

// view is where the map stands: as the address says, else what fits.
func (v *viewScene) view(ctx context.Context, extents []preview.Extent) (preview.View, error) {
	if view, ok := readView(v.at); ok {
		return view, nil
	}
	if b, err := query.ParseBBox(v.params.Get("bbox"), v.params.Get("bbox-crs")); v.params.Has("bbox") && err == nil {
		if box, ok := b.(geo.BBox); ok {
			if box.East < box.West {
				box.East += 360
			}
			return preview.Fit(orb.Bound{Min: orb.Point{box.West, box.South}, Max: orb.Point{box.East, box.North}}, 12), nil
		}
	}
	dots, err := v.tile(ctx, maptile.New(0, 0, 0))
	if err != nil {
		return worldView, err
	}
	var boxes []orb.Bound
	if len(dots) > 0 {
		boxes = append(boxes, dotsBound(dots))
	}
	for _, e := range extents {
		boxes = append(boxes, ringsBound(e.Rings))
	}
	if len(boxes) == 0 {
		return worldView, nil
	}
	view := preview.Fit(unionOf(boxes), 8)
	view.Locator = true
	return view, nil
}

// readView reads zoom/lat/lon.
func readView(text string) (preview.View, bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 {
		return preview.View{}, false
	}
	var n [3]float64
	for k, p := range parts {
		x, err := strconv.ParseFloat(p, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return preview.View{}, false
		}
		n[k] = x
	}
	zoom := math.Max(1.9, math.Min(17, n[0]))
	return preview.View{Centre: orb.Point{math.Remainder(n[2], 360), math.Max(-80, math.Min(80, n[1]))}, Zoom: zoom, Locator: true}, true
}

// dotsBound is the box of some points, leaving out the widest gap around the Earth.
func dotsBound(dots []dot) orb.Bound {
	b := orb.Bound{Min: dots[0].at, Max: dots[0].at}
	lons := make([]float64, len(dots))
	for k, d := range dots {
		b = b.Extend(d.at)
		lons[k] = d.at.Lon()
	}
	slices.Sort(lons)
	gap, after := lons[0]+360-lons[len(lons)-1], 0
	for k := 1; k < len(lons); k++ {
		if d := lons[k] - lons[k-1]; d > gap {
			gap, after = d, k
		}
	}
	if after > 0 {
		b.Min[0], b.Max[0] = lons[after], lons[after-1]+360
	}
	return b
}

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

// ringed reports whether a place of a precision is a ring: near or part of a town.
func ringed(p gazetteer.Precision) bool { return p == gazetteer.Area }

// widePrecisions are those of places that are no points.
var widePrecisions = func() []any {
	var all []any
	for _, p := range gazetteer.Precisions {
		if !p.Pinned() {
			all = append(all, string(p))
		}
	}
	return all
}()

// extents are the wide places of the view, those with most incidents first; each
// says how many it has, where all of them were looked at.
func (v *viewScene) extents(ctx context.Context) ([]preview.Extent, error) {
	wide := v.filter.And(geo.In{Field: "precision", Values: widePrecisions})
	found, err := v.server.find(ctx, geo.Query{Filter: wide, Limit: maxWide})
	if err != nil {
		return nil, err
	}
	type place struct {
		site   geo.Site
		group  int
		mixed  bool
		number int
	}
	places := map[string]*place{}
	var order []string
	for k := range found {
		site, ok := found[k].Where()
		if !ok || !site.Located() || site.Pinned() {
			continue
		}
		key := site.PlaceID
		if key == "" {
			key = found[k].ID
		}
		group := groupIndex(found[k].Group())
		if p, ok := places[key]; ok {
			p.number++
			p.mixed = p.mixed || p.group != group
			continue
		}
		places[key] = &place{site: site, group: group, number: 1}
		order = append(order, key)
	}
	slices.SortStableFunc(order, func(a, b string) int { return places[b].number - places[a].number })
	var all []preview.Extent
	for _, key := range order[:min(len(order), maxViewExtents)] {
		p := places[key]
		e := v.server.extentOf(&p.site)
		e.Color = "#5B574E"
		if p.group >= 0 && !p.mixed {
			e.Color, e.Glyph = geo.Groups[p.group].Color, geo.Groups[p.group].Glyph
		}
		if e.Count = p.number; len(found) == maxWide {
			e.Count = 1 // of those that were not looked at some may lie here
		}
		all = append(all, e)
	}
	return all, nil
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
