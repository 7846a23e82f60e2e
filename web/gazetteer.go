package web

import (
	"fmt"
	"strconv"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

const (
	maxQueryBytes  = 500
	defaultAnswers = 10
	maxAnswers     = 100
	defaultNearM   = 50_000
	maxNearM       = 500_000
)

// getGazetteer answers what a phrase may mean, best first, as GeoJSON, and how
// each answer came about.
func (s *Server) getGazetteer(c echo.Context) error {
	q := c.QueryParam("q")
	if q == "" || len(q) > maxQueryBytes {
		return geo.Invalid("q", "give a place name of at most %d bytes, such as Palestine Street, Baghdad", maxQueryBytes)
	}
	limit, err := number(c, "limit", defaultAnswers, 1, maxAnswers)
	if err != nil {
		return err
	}
	answers := s.Parser.Locate(q, c.QueryParam("country"))
	features := geojson.NewFeatureCollection()
	for k, a := range answers {
		if k == int(limit) {
			break
		}
		features.Append(answerFeature(a))
	}
	return sendFeatures(c, features)
}

// getReverse answers which places are near a point, nearest first.
func (s *Server) getReverse(c echo.Context) error {
	lon, err := number(c, "lon", required, -180, 180)
	if err != nil {
		return err
	}
	lat, err := number(c, "lat", required, -90, 90)
	if err != nil {
		return err
	}
	radius, err := number(c, "radius", defaultNearM, 1, maxNearM)
	if err != nil {
		return err
	}
	limit, err := number(c, "limit", defaultAnswers, 1, maxAnswers)
	if err != nil {
		return err
	}
	point := orb.Point{lon, lat}
	features := geojson.NewFeatureCollection()
	for _, m := range s.Gazetteer.Near(point, radius, int(limit)) {
		f := placeFeature(m.Place)
		f.Properties["distance_m"] = int(geo.DistanceM(point, m.Point))
		features.Append(f)
	}
	return sendFeatures(c, features)
}

const required = -1e9

// number reads a parameter between two bounds; without fallback it is required.
func number(c echo.Context, name string, fallback, low, high float64) (float64, error) {
	text := c.QueryParam(name)
	if text == "" && fallback != required {
		return fallback, nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(x >= low && x <= high) {
		return 0, geo.Invalid(name, "%q is not a number from %g to %g", text, low, high)
	}
	return x, nil
}

// placeFeature is a place as GeoJSON: a point for what is a spot or not, since
// a gazetteer's point is where a map writes the name.
func placeFeature(p gazetteer.Place) *geojson.Feature {
	f := geojson.NewFeature(p.Point)
	f.ID = p.ID
	f.Properties = geojson.Properties{
		"id": p.ID, "name": p.Name, "class": string(p.Class), "code": p.Code,
		"radius_m": p.RadiusM, "precision": p.Precision(), "approximate": p.Approximate(),
	}
	for name, value := range map[string]string{"country": p.Country, "admin1": p.Admin1, "geonameid": p.GeoNamesID()} {
		if value != "" {
			f.Properties[name] = value
		}
	}
	if p.Population > 0 {
		f.Properties["population"] = p.Population
	}
	return f
}

// sendFeatures answers a collection of places; its keys are sorted.
func sendFeatures(c echo.Context, features *geojson.FeatureCollection) error {
	body, err := features.MarshalJSON()
	if err != nil {
		return fmt.Errorf("encode places: %w", err)
	}
	return send(c, "application/geo+json", body)
}

// getPlace answers one place of the gazetteer.
func (s *Server) getPlace(c echo.Context) error {
	p, ok := s.Gazetteer.Get(c.Param("id"))
	if !ok {
		return fmt.Errorf("place %q: %w", c.Param("id"), geo.ErrNotFound)
	}
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	system, err := askedCRS(c)
	if err != nil {
		return err
	}
	f := moved(placeFeature(p), system)
	if html {
		return s.sendPlacePage(c, f)
	}
	f.ExtraMembers = geojson.Properties{"links": s.placeItemLinks(c)}
	body, err := f.MarshalJSON()
	if err != nil {
		return fmt.Errorf("encode place: %w", err)
	}
	contentCRS(c, system)
	return send(c, typeGeoJSON, body)
}

func (s *Server) placeItemLinks(c echo.Context) []link {
	path := s.base(c) + c.Request().URL.EscapedPath()
	return []link{
		{Href: path, Rel: "self", Type: typeGeoJSON},
		{Href: path + "?f=html", Rel: "alternate", Type: typeHTML},
		{Href: s.base(c) + "/collections/places", Rel: "collection", Type: typeJSON},
	}
}

// answerFeature is an answer of the gazetteer: where a phrase is, how surely, and
// how that came about: what matched, what its context did, what was not found.
func answerFeature(a geoparse.Answer) *geojson.Feature {
	f := placeFeature(a.Place)
	f.Geometry = a.Point
	f.Properties["radius_m"], f.Properties["precision"] = a.RadiusM, a.Precision
	f.Properties["confidence"] = a.Confidence
	f.Properties["matched"] = step(a.Matched)
	if len(a.Context) > 0 {
		context := make([]map[string]any, len(a.Context))
		for k, c := range a.Context {
			context[k] = step(c)
		}
		f.Properties["context"] = context
	}
	if a.Locative != "" {
		f.Properties["locative"] = a.Locative
	}
	if a.NotFound != "" {
		f.Properties["not_found"] = a.NotFound
	}
	return f
}

// step is a part of a phrase with the place that it was taken for, and how.
func step(s geoparse.Step) map[string]any {
	return map[string]any{"text": s.Text, "id": s.Place.ID, "name": s.Place.Name, "how": s.How}
}
