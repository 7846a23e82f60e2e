package web

import (
	"fmt"

	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/format"

	"github.com/labstack/echo/v4"
)

// collection describes one of the three.
type collection struct {
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Extent      map[string]any `json:"extent"`
	ItemType    string         `json:"itemType"`
	CRS         []string       `json:"crs"`
	StorageCRS  string         `json:"storageCrs"`
	Links       []link         `json:"links"`
}

var collections = []struct{ id, title, description string }{
	{"incidents", "Incidents", "A point for each incident whose place is known to a settlement or finer; the others have no geometry here."},
	{"areas", "Areas", "The circle or polygon that holds each located incident, under the incident's id."},
	{"places", "Places", "The gazetteer: every place that a report's words can be resolved to."},
}

// systems are the addresses of the coordinate systems of every collection.
var systems = func() []string {
	uris := make([]string, len(crs.All))
	for k, s := range crs.All {
		uris[k] = s.URI
	}
	return uris
}()

// The relations of links to what a filter may name and a query be sorted by.
const (
	relQueryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
	relSortables  = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
	typeSchema    = "application/schema+json"
)

func (s *Server) describe(c echo.Context, id, title, description string) collection {
	at := s.base(c) + "/collections/" + id
	d := collection{
		ID: id, Title: title, Description: description, ItemType: "feature", CRS: systems, StorageCRS: crs.CRS84,
		Extent: map[string]any{"spatial": map[string]any{"bbox": [][]float64{{-180, -90, 180, 90}}, "crs": crs.CRS84}},
		Links: append(s.documentLinks(c, typeJSON, "/collections/"+id, title),
			link{at + "/items", "items", typeGeoJSON, title + " as GeoJSON"},
			link{at + "/items?f=html", "items", typeHTML, title + " to browse"}),
	}
	if id == "places" {
		return d
	}
	d.Extent["temporal"] = map[string]any{"interval": [][]any{{nil, nil}}, "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
	for _, name := range format.WriterNames() {
		if f, _ := format.ByName(name); name != "geojson" {
			d.Links = append(d.Links, link{at + "/items?f=" + name, "items", f.MediaType, title + " as " + f.Label})
		}
	}
	d.Links = append(d.Links,
		link{at + "/queryables", relQueryables, typeSchema, "What a filter may name"},
		link{at + "/sortables", relSortables, typeSchema, "What a query may be sorted by"})
	return d
}

func (s *Server) getCollections(c echo.Context) error {
	if err := onlyParams(c, "f"); err != nil {
		return err
	}
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	all := []collection{}
	for _, d := range collections {
		all = append(all, s.describe(c, d.id, d.title, d.description))
	}
	if html {
		return s.sendHTML(c, "collections", view{Title: "Collections", Data: all})
	}
	return sendJSON(c, typeJSON, map[string]any{
		"links":       s.documentLinks(c, typeJSON, "/collections", "The collections"),
		"crs":         systems,
		"collections": all,
	})
}

func (s *Server) getCollection(c echo.Context) error {
	d, err := s.collectionOf(c)
	if err != nil {
		return err
	}
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	if html {
		return s.sendHTML(c, "collection", view{Title: d.Title, Path: []crumb{{"Collections", "/collections"}}, Data: d})
	}
	return sendJSON(c, typeJSON, d)
}

// collectionOf the request's path; no parameter but f is known there.
func (s *Server) collectionOf(c echo.Context) (collection, error) {
	for _, d := range collections {
		if d.id == c.Param("collection") {
			return s.describe(c, d.id, d.title, d.description), onlyParams(c, "f")
		}
	}
	return collection{}, fmt.Errorf("collection %q: %w", c.Param("collection"), geo.ErrNotFound)
}
