package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/index"
	"dateline/geo/query"
	"dateline/geo/tile"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

// summaryHeader says in every tile's answer what the tile has and what of it is
// not drawn one by one.
const summaryHeader = "Dateline-Tile"

// tileRequest is what a tile's address and parameters ask for.
type tileRequest struct {
	tile   maptile.Tile
	shape  format.Shape
	filter geo.Filter
	limit  int
}

// getTile answers a tile of the collections incidents and areas: a vector tile,
// or GeoJSON where f says so.
func (s *Server) getTile(c echo.Context) error {
	r, err := s.tileRequest(c)
	if err != nil {
		return err
	}
	switch f := c.QueryParam("f"); {
	case f == "" || f == "mvt":
		return s.sendTile(c, r)
	case f == "json" && r.shape == format.Incidents:
		return s.sendTileJSON(c, r)
	case f == "json":
		return geo.Invalid("f", "areas come as vector tiles only")
	default:
		return geo.Invalid("f", "%q is no form of a tile; there are mvt and json", f)
	}
}

func (s *Server) tileRequest(c echo.Context) (tileRequest, error) {
	var r tileRequest
	shape, err := tiledShape(c)
	if err != nil {
		return r, err
	}
	if r.tile, err = tileOf(c); err != nil {
		return r, err
	}
	v, err := s.visitor(c)
	if err != nil {
		return r, err
	}
	params, err := tileFilter(c)
	if err != nil {
		return r, err
	}
	q, err := s.itemsQuery(v, params)
	if err != nil {
		return r, err
	}
	r.shape, r.filter, r.limit = shape, q.seen, tile.MaxPoints
	if params.Has("limit") {
		r.limit = q.Limit
	}
	if shape == format.Areas {
		r.filter = geo.Filter{Expr: query.AskShapes(q.seen.Expr)}
	}
	return r, nil
}

func tiledShape(c echo.Context) (format.Shape, error) {
	shape := shapes[c.Param("collection")]
	if shape == nil {
		return 0, fmt.Errorf("tiles of collection %q: %w", c.Param("collection"), geo.ErrNotFound)
	}
	return *shape, nil
}

// tileOf the path: its matrix is the zoom, its row counts from the north.
func tileOf(c echo.Context) (maptile.Tile, error) {
	var n [3]uint64
	for k, name := range []string{"z", "y", "x"} {
		var err error
		if n[k], err = strconv.ParseUint(c.Param(name), 10, 32); err != nil {
			return maptile.Tile{}, geo.Invalid(name, "%q is no whole number", c.Param(name))
		}
	}
	if n[0] > tile.MaxZoom || n[1]>>n[0] > 0 || n[2]>>n[0] > 0 {
		return maptile.Tile{}, fmt.Errorf("tile %d/%d/%d is not of WebMercatorQuad down to matrix %d: %w", n[0], n[1], n[2], tile.MaxZoom, geo.ErrNotFound)
	}
	return maptile.New(uint32(n[2]), uint32(n[1]), maptile.Zoom(n[0])), nil
}

// tileFilter are the parameters of a tile's filter, and limit.
func tileFilter(c echo.Context) (url.Values, error) {
	params := filterParams(c)
	for _, name := range []string{"cursor", "sortby", "properties", "crs"} {
		if params.Has(name) {
			return nil, geo.Invalid(name, "tiles do not know it")
		}
	}
	return params, nil
}

func (s *Server) sendTile(c echo.Context, r tileRequest) error {
	draw := tile.Incidents
	if r.shape == format.Areas {
		draw = tile.Areas
	}
	data, summary, err := draw(c.Request().Context(), s.Index, r.filter, r.tile, r.limit)
	if err != nil {
		return tileError(c, err)
	}
	setSummary(c, summary)
	return send(c, tile.MediaType, data)
}

func setSummary(c echo.Context, s tile.Summary) {
	c.Response().Header().Set(summaryHeader, fmt.Sprintf("matched=%d, drawn=%d, clustered=%d, left_out=%d", s.Matched, s.Drawn, s.Clustered, s.LeftOut))
}

// tileError says that tiles have to wait for the index.
func tileError(c echo.Context, err error) error {
	if byStore(err) {
		c.Response().Header().Set("Retry-After", "5")
		return echo.NewHTTPError(503, "the map's index is being made; try again in a moment").SetInternal(err)
	}
	return err
}

// sendTileJSON answers a tile's incidents and clusters as GeoJSON.
func (s *Server) sendTileJSON(c echo.Context, r tileRequest) error {
	drawn, err := s.Index.Tile(c.Request().Context(), r.filter, r.tile, min(r.limit, tile.MaxPoints))
	if err != nil {
		return tileError(c, err)
	}
	summary := tile.Summary{Matched: drawn.Matched, Drawn: len(drawn.Marks), Clustered: drawn.Matched - len(drawn.Marks)}
	setSummary(c, summary)
	all := geojson.NewFeatureCollection()
	for _, m := range drawn.Marks {
		f := geojson.NewFeature(m.At)
		f.ID = m.ID
		f.Properties = geojson.Properties{"type": m.Type, "group": m.Group, "precision": m.Precision, "toll": m.Toll}
		all.Append(f)
	}
	for _, cluster := range drawn.Clusters {
		all.Append(clusterFeature(cluster))
	}
	all.ExtraMembers = geojson.Properties{"summary": summary}
	body, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write tile: %w", err)
	}
	return send(c, typeGeoJSON, body)
}

// clusterFeature stands at the place of one of its members, which it names.
func clusterFeature(c index.Cluster) *geojson.Feature {
	f := geojson.NewFeature(orb.Point(c.At))
	groups := map[string]int{}
	for k, n := range c.Groups {
		if n > 0 {
			groups[geo.Groups[k].Code] = n
		}
	}
	f.Properties = geojson.Properties{"cluster": true, "member": c.Member, "count": c.Count, "groups": groups, "toll": c.Toll, "toll_unknown": c.Unknown}
	return f
}
