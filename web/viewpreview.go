package web

import (
	"context"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
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
