package web

import (
	"net/url"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/tile"

	"github.com/labstack/echo/v4"
)

// The tile matrix set, in the registry of OGC.
const (
	webMercatorQuad = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
	webMercator     = "http://www.opengis.net/def/crs/EPSG/0/3857"
	relTilesets     = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relScheme       = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	typeTileset     = "application/json"
	typeTileJSON    = "application/vnd.mapbox.tilejson+json"
)

// tileLayer is a layer of a collection's tiles.
type tileLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	Fields      map[string]string `json:"fields"`
	geometry    int               // dimension of what it draws
}

func tileLayers(shape format.Shape) []tileLayer {
	mark := map[string]string{"id": "String", "type": "String", "group": "String", "toll": "Number", "precision": "String"}
	summary := tileLayer{"summary", "The tile itself, where not every incident is drawn: what it has and what is drawn of it",
		map[string]string{"matched": "Number", "drawn": "Number", "clustered": "Number", "left_out": "Number"}, 2}
	if shape == format.Areas {
		mark["radius_m"] = "Number"
		return []tileLayer{{"areas", "The circle or polygon that holds each incident; the widest where they are too many", mark, 2}, summary}
	}
	cluster := map[string]string{"id": "String", "count": "Number", "toll": "Number", "toll_unknown": "Number"}
	for _, g := range geo.Groups {
		cluster[g.Code] = "Number"
	}
	return []tileLayer{
		{"incidents", "Incidents, each at its own point", mark, 0},
		{"clusters", "Incidents that are too many, counted by group, with the killed that are stated; at the point of the member that id names", cluster, 0},
		summary,
	}
}

// getTilesets lists the one tileset of a collection.
func (s *Server) getTilesets(c echo.Context) error {
	if _, err := tiledShape(c); err != nil {
		return err
	}
	if err := onlyParams(c, "f"); err != nil {
		return err
	}
	at := s.base(c) + c.Request().URL.Path
	return sendJSON(c, typeTileset, map[string]any{
		"links": []link{{Href: at, Rel: "self", Type: typeJSON}},
		"tilesets": []any{map[string]any{
			"title": c.Param("collection") + " in WebMercatorQuad", "dataType": "vector", "crs": webMercator, "tileMatrixSetURI": webMercatorQuad,
			"links": []link{{Href: at + "/WebMercatorQuad", Rel: "self", Type: typeTileset}},
		}},
	})
}

// getTileset describes a collection's tiles under a filter: as OGC API: Tiles
// says, or as TileJSON where f says so.
func (s *Server) getTileset(c echo.Context) error {
	shape, err := tiledShape(c)
	if err != nil {
		return err
	}
	params, err := tileFilter(c)
	if err != nil {
		return err
	}
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if _, err := s.itemsQuery(v, params); err != nil {
		return err
	}
	at := s.base(c) + c.Request().URL.Path
	tiles := func(row, column string) string { return at + "/" + row + "/" + column + "?" + params.Encode() }
	if len(params) == 0 {
		tiles = func(row, column string) string { return at + "/" + row + "/" + column }
	}
	switch f := c.QueryParam("f"); f {
	case "tilejson":
		return sendJSON(c, typeTileJSON, tileJSON(c.Param("collection"), shape, tiles("{z}", "{y}/{x}")))
	case "", "json":
		return sendJSON(c, typeTileset, tileset(c.Param("collection"), shape, at, params, tiles("{tileMatrix}", "{tileRow}/{tileCol}")))
	default:
		return geo.Invalid("f", "%q is no form of a tileset; there are json and tilejson", f)
	}
}

func tileJSON(name string, shape format.Shape, tiles string) map[string]any {
	return map[string]any{
		"tilejson": "3.0.0", "name": name, "scheme": "xyz", "tiles": []string{tiles}, "minzoom": 0, "maxzoom": tile.MaxZoom,
		"bounds": []float64{-180, -85.05112877980659, 180, 85.05112877980659}, "vector_layers": tileLayers(shape),
	}
}

func tileset(name string, shape format.Shape, at string, params url.Values, tiles string) map[string]any {
	layers := []any{}
	for _, l := range tileLayers(shape) {
		properties := map[string]any{}
		for field, kind := range l.Fields {
			properties[field] = map[string]string{"type": map[string]string{"String": "string", "Number": "integer"}[kind]}
		}
		layers = append(layers, map[string]any{
			"id": l.ID, "description": l.Description, "dataType": "vector", "geometryDimension": l.geometry,
			"propertiesSchema": map[string]any{"type": "object", "properties": properties},
		})
	}
	as := url.Values{"f": {"tilejson"}}
	for k, v := range params {
		as[k] = v
	}
	return map[string]any{
		"title": name, "dataType": "vector", "crs": webMercator, "tileMatrixSetURI": webMercatorQuad, "layers": layers,
		"links": []any{
			link{Href: at, Rel: "self", Type: typeTileset},
			link{Href: at + "?" + as.Encode(), Rel: "describedby", Type: typeTileJSON, Title: "TileJSON"},
			link{Href: webMercatorQuad, Rel: relScheme, Type: typeJSON, Title: "WebMercatorQuad"},
			map[string]any{"href": tiles, "rel": "item", "type": tile.MediaType, "templated": true},
		},
	}
}
