package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/geo"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb/geojson"
)

const maxPlaces = 10_000

// getPlaces answers the gazetteer as a collection: a page at a time in the
// order of the index, or, with zoom, the most important places of the box for a
// map at that zoom, as the page's labels want them.
func (s *Server) getPlaces(c echo.Context) error {
	if err := onlyParams(c, "f", "bbox", "limit", "cursor", "zoom", "datetime"); err != nil {
		return err
	}
	box, err := boxParam(c)
	if err != nil {
		return err
	}
	limit, err := number(c, "limit", 100, 1, maxPlaces)
	if err != nil {
		return err
	}
	features := geojson.NewFeatureCollection()
	if c.QueryParam("zoom") != "" {
		zoom, err := number(c, "zoom", required, 0, 22)
		if err != nil {
			return err
		}
		for _, p := range s.Gazetteer.Labels(box.Boxes(), populationAt(zoom), int(limit)) {
			features.Append(placeFeature(p))
		}
		return sendFeatures(c, features)
	}
	after, err := number(c, "cursor", 0, 0, 1e9)
	if err != nil {
		return err
	}
	places, next, total := s.Gazetteer.InBox(box.Boxes(), int(after), int(limit))
	for _, p := range places {
		features.Append(placeFeature(p))
	}
	features.ExtraMembers = geojson.Properties{
		"numberMatched": total, "numberReturned": len(places), "links": s.placeLinks(c, next),
	}
	return sendFeatures(c, features)
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
	links := []link{{Href: self, Rel: "self", Type: typeGeoJSON}}
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

// boxParam reads bbox; the whole Earth where there is none.
func boxParam(c echo.Context) (geo.BBox, error) {
	box := geo.BBox{West: -180, South: -90, East: 180, North: 90}
	text := c.QueryParam("bbox")
	if text == "" {
		return box, nil
	}
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return box, geo.Invalid("bbox", "want west,south,east,north in degrees")
	}
	for k, into := range []*float64{&box.West, &box.South, &box.East, &box.North} {
		x, err := strconv.ParseFloat(strings.TrimSpace(parts[k]), 64)
		if err != nil {
			return box, geo.Invalid("bbox", "%q is no number", parts[k])
		}
		*into = x
	}
	return box, (geo.Filter{Expr: box}).Validate()
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
