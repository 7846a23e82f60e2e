package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/query"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// getPlaces answers the gazetteer as a collection: a page at a time in the
// order of the index, or, with zoom, the most important places of the box for a
// map at that zoom, as the page's labels want them.
func (s *Server) getPlaces(c echo.Context) error {
	if err := onlyParams(c, "f", "bbox", "bbox-crs", "crs", "limit", "cursor", "zoom", "datetime"); err != nil {
		return err
	}
	q, err := placesQuery(c)
	if err != nil {
		return err
	}
	features := geojson.NewFeatureCollection()
	if c.QueryParam("zoom") != "" {
		zoom, err := number(c, "zoom", required, 0, 22)
		if err != nil {
			return err
		}
		for _, p := range s.Gazetteer.Labels(q.boxes, populationAt(zoom), q.limit) {
			features.Append(placeFeature(p))
		}
		return sendFeatures(c, features)
	}
	after, err := number(c, "cursor", 0, 0, 1e9)
	if err != nil {
		return err
	}
	places, next, total := s.placesPage(q, int(after))
	for _, p := range places {
		features.Append(moved(placeFeature(p), q.system))
	}
	links := s.placeLinks(c, next)
	if wantsHTML(c) {
		return s.sendPlacesPage(c, features.Features, total, links)
	}
	features.ExtraMembers = geojson.Properties{"numberReturned": len(places), "links": links}
	if total >= 0 {
		features.ExtraMembers["numberMatched"] = total
	}
	contentCRS(c, q.system)
	return sendFeatures(c, features)
}

// placesAsked is what a request for places asks for.
type placesAsked struct {
	boxes  []orb.Bound
	within *geo.Filter // what a place in the boxes is still to be asked; nil where nothing
	system crs.System
	limit  int
}

func placesQuery(c echo.Context) (placesAsked, error) {
	q := placesAsked{boxes: geo.BBox{West: -180, South: -90, East: 180, North: 90}.Boxes()}
	var err error
	if q.system, err = askedCRS(c); err != nil {
		return q, err
	}
	limit, err := number(c, "limit", query.DefaultLimit, 1, math.MaxInt32)
	if err != nil {
		return q, err
	}
	q.limit = min(int(limit), query.MaxLimit)
	if !c.QueryParams().Has("bbox") {
		if c.QueryParams().Has("bbox-crs") {
			err = geo.Invalid("bbox-crs", "it says how to read bbox, which is not given")
		}
		return q, err
	}
	e, err := query.ParseBBox(c.QueryParam("bbox"), c.QueryParam("bbox-crs"))
	if err != nil {
		return q, err
	}
	filter := geo.Filter{Expr: e}
	need, exact := geo.Lower(e)
	if box, ok := need.(geo.BBox); ok {
		q.boxes = box.Boxes()
	}
	if !exact {
		q.within = &filter
	}
	return q, filter.Validate()
}

// placesPage gives a page with the cursor of the next, 0 where there is none,
// and how many places there are in all, -1 where that is not known.
func (s *Server) placesPage(q placesAsked, after int) (places []gazetteer.Place, next, total int) {
	places, next, total = s.Gazetteer.InBox(q.boxes, after, q.limit)
	if q.within == nil {
		return places, next, total
	}
	var kept []gazetteer.Place
	for {
		for _, p := range places {
			if q.holds(p.Point) {
				kept = append(kept, p)
			}
		}
		if next == 0 || len(kept) == q.limit {
			return kept, next, -1
		}
		places, next, _ = s.Gazetteer.InBox(q.boxes, next, q.limit-len(kept))
	}
}

// holds asks a point what an incident there would be asked.
func (q placesAsked) holds(p orb.Point) bool {
	lon, lat := p.Lon(), p.Lat()
	return q.within.Match(&geo.Incident{Places: []geo.Site{{Role: geo.RoleSite, Lon: &lon, Lat: &lat, Precision: gazetteer.Exact}}})
}

// moved gives a feature in a system, without geometry where it has no place there.
func moved(f *geojson.Feature, system crs.System) *geojson.Feature {
	if !system.IsDefault() {
		f.Geometry, _ = system.Project(f.Geometry)
	}
	return f
}

// populationAt is the smallest population whose name a map at a zoom has room
// for; countries and first-level divisions are asked for apart.
func populationAt(zoom float64) int64 {
	steps := []int64{5_000_000, 3_000_000, 2_000_000, 1_000_000, 800_000, 400_000, 200_000, 80_000, 30_000, 10_000, 3_000, 500}
	if k := int(zoom) - 1; k < len(steps) {
		return steps[max(k, 0)]
	}
	return 0
}

func (s *Server) placeLinks(c echo.Context, next int) []link {
	path := s.base(c) + c.Request().URL.Path
	self := path
	if raw := c.Request().URL.RawQuery; raw != "" {
		self += "?" + raw
	}
	links := []link{{Href: self, Rel: "self", Type: typeGeoJSON}, {Href: path + "?f=html", Rel: "alternate", Type: typeHTML}}
	if next > 0 {
		params := url.Values{}
		for k, v := range c.QueryParams() {
			params[k] = v
		}
		params.Set("cursor", strconv.Itoa(next))
		links = append(links, link{Href: path + "?" + params.Encode(), Rel: "next", Type: typeGeoJSON})
	}
	return links
}

// onlyParams refuses a query parameter that the route does not know.
func onlyParams(c echo.Context, known ...string) error {
	for name := range c.QueryParams() {
		if !slices.Contains(known, name) {
			return geo.Invalid(name, "no parameter of this address; there are %s", strings.Join(known, ", "))
		}
	}
	return nil
}
