package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/index"
	"dateline/geo/query"
	"dateline/geo/tile"

	"github.com/labstack/echo/v4"
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
	look   index.Look // of GeoJSON
	by     bool       // whether the request names what classes are of
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
	case f == "json" && r.shape == format.Areas:
		return s.sendExtents(c, r)
	case f == "json":
		return s.sendTileJSON(c, r)
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
	if r.look, err = tileLook(c); err != nil {
		return r, err
	}
	r.by = c.QueryParams().Has("by")
	q, err := s.itemsQuery(v, params)
	if err != nil {
		return r, err
	}
	r.shape, r.filter, r.limit = shape, q.seen, tile.MaxPoints
	if params.Has("limit") {
		r.limit = q.Limit
	}
	r.look.Limit = min(r.limit, tile.MaxPoints)
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

// lookParams say how a tile as GeoJSON looks.
var lookParams = []string{"by", "wide"}

// tileLook reads them.
func tileLook(c echo.Context) (index.Look, error) {
	by, known := geo.ClassingByName(c.QueryParam("by"))
	if !known {
		return index.Look{}, geo.Invalid("by", "%q is nothing to colour by; there are %s", c.QueryParam("by"), strings.Join(classings(), ", "))
	}
	wide, err := number(c, "wide", 0, 0, 2e7)
	return index.Look{By: by, Today: geo.DayOf(time.Now().UTC()), WideM: wide}, err
}

func classings() []string {
	var names []string
	for _, c := range geo.Classings {
		names = append(names, c.Name)
	}
	return names
}

// tileFilter are the parameters of a tile's filter, and limit.
func tileFilter(c echo.Context) (url.Values, error) {
	params := filterParams(c)
	for _, name := range lookParams {
		params.Del(name)
	}
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
