package web

import (
	"fmt"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// getLanding answers the map to a browser and the landing page of OGC API:
// Features to a program.
func (s *Server) getLanding(p *page) echo.HandlerFunc {
	return func(c echo.Context) error {
		if wantsHTML(c) {
			return p.send(c)
		}
		base := s.base(c)
		return sendJSON(c, typeJSON, map[string]any{
			"title":       "Dateline",
			"description": "Incidents read from news reports, each with what happened, when, where, to whom, and the words that say so.",
			"links": []link{
				{base + "/?f=json", "self", typeJSON, "This document"},
				{base + "/?f=html", "alternate", "text/html", "The map"},
				{base + "/api", "service-desc", "application/vnd.oai.openapi+json;version=3.0", "The API"},
				{base + "/api", "service-doc", typeJSON, "The API"},
				{base + "/conformance", "conformance", typeJSON, "Conformance classes"},
				{base + "/collections", "data", typeJSON, "The collections"},
			},
		})
	}
}

// conformance classes: OGC 17-069r4, Features part 1.
var conformance = []string{
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
}

func (s *Server) getConformance(c echo.Context) error {
	return sendJSON(c, typeJSON, map[string]any{"conformsTo": conformance})
}

// collection describes one of the three.
type collection struct {
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Extent      map[string]any `json:"extent"`
	ItemType    string         `json:"itemType"`
	CRS         []string       `json:"crs"`
	Links       []link         `json:"links"`
}

// crs84 is WGS 84 with longitude before latitude.
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

var collections = []struct{ id, title, description string }{
	{"incidents", "Incidents", "A point for each incident whose place is known to a settlement or finer; the others have no geometry here."},
	{"areas", "Areas", "The circle or polygon that holds each located incident, under the incident's id."},
	{"places", "Places", "The gazetteer: every place that a report's words can be resolved to."},
}

func (s *Server) describe(c echo.Context, id, title, description string) collection {
	at := s.base(c) + "/collections/" + id
	d := collection{
		ID: id, Title: title, Description: description, ItemType: "feature", CRS: []string{crs84},
		Extent: map[string]any{"spatial": map[string]any{"bbox": [][]float64{{-180, -90, 180, 90}}, "crs": crs84}},
		Links: []link{
			{at, "self", typeJSON, title},
			{at + "/items", "items", typeGeoJSON, title + " as GeoJSON"},
		},
	}
	if id != "places" {
		d.Extent["temporal"] = map[string]any{"interval": [][]any{{nil, nil}}}
		d.Links = append(d.Links, link{at + "/items?f=csv", "items", "text/csv", title + " as CSV"})
	}
	return d
}

func (s *Server) getCollections(c echo.Context) error {
	all := []collection{}
	for _, d := range collections {
		all = append(all, s.describe(c, d.id, d.title, d.description))
	}
	return sendJSON(c, typeJSON, map[string]any{
		"links":       []link{{s.base(c) + "/collections", "self", typeJSON, "The collections"}},
		"collections": all,
	})
}

func (s *Server) getCollection(c echo.Context) error {
	for _, d := range collections {
		if d.id == c.Param("collection") {
			return sendJSON(c, typeJSON, s.describe(c, d.id, d.title, d.description))
		}
	}
	return fmt.Errorf("collection %q: %w", c.Param("collection"), geo.ErrNotFound)
}
