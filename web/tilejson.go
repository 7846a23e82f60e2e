package web

import (
	"encoding/json"
	"fmt"

	"dateline/geo"
	"dateline/geo/index"
	"dateline/geo/tile"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// sendTileJSON answers a tile's incidents and clusters as GeoJSON.
func (s *Server) sendTileJSON(c echo.Context, r tileRequest) error {
	drawn, err := s.Index.Draw(c.Request().Context(), r.filter, r.tile, r.look)
	if err != nil {
		return tileError(c, err)
	}
	summary := tile.Summary{Matched: drawn.Matched, Drawn: len(drawn.Marks), Clustered: drawn.Matched - len(drawn.Marks)}
	all := geojson.NewFeatureCollection()
	for _, m := range drawn.Marks {
		all.Append(r.mark(m, m.At))
	}
	for _, cluster := range drawn.Clusters {
		f := geojson.NewFeature(orb.Point(cluster.At))
		f.BBox = geojson.NewBBox(cluster.Bounds)
		f.Properties = geojson.Properties{"cluster": true, "member": cluster.Member, "count": cluster.Count, "toll": cluster.Toll, "toll_unknown": cluster.Unknown}
		f.Properties[r.mixName()] = r.mix(cluster.Mix)
		all.Append(f)
	}
	return sendTiled(c, all, summary)
}

// sendExtents answers the places of a tile that are no points as GeoJSON, each
// once, with how many incidents are somewhere in it.
func (s *Server) sendExtents(c echo.Context, r tileRequest) error {
	r.look.Limit = min(r.look.Limit, tile.MaxAreas)
	drawn, err := s.Index.Extents(c.Request().Context(), r.filter, r.tile, 0, r.look)
	if err != nil {
		return tileError(c, err)
	}
	summary := tile.Summary{Matched: drawn.Matched}
	all := geojson.NewFeatureCollection()
	for _, e := range drawn.Extents {
		var shape orb.Geometry = e.Polygon
		if len(e.Polygon) == 0 {
			shape = geo.Circle(e.At, e.RadiusM, 48)
		}
		f := r.mark(e.Mark, shape)
		f.Properties["count"], f.Properties[r.mixName()] = e.Count, r.mix(e.Mix)
		f.Properties["toll"], f.Properties["toll_unknown"] = e.Toll, e.Unknown
		f.Properties["lon"], f.Properties["lat"] = e.At.Lon(), e.At.Lat()
		f.Properties["radius_m"] = e.RadiusM
		summary.Drawn += e.Count
		all.Append(f)
	}
	summary.LeftOut = summary.Matched - summary.Drawn
	return sendTiled(c, all, summary)
}

// mark is an incident as a map draws it.
func (r tileRequest) mark(m index.Mark, shape orb.Geometry) *geojson.Feature {
	f := geojson.NewFeature(shape)
	f.ID = m.ID
	f.Properties = geojson.Properties{"type": m.Type, "group": m.Group, "status": m.Status, "precision": m.Precision, "toll": m.Toll, "radius_m": m.RadiusM}
	if m.Day != "" {
		f.Properties["day"] = m.Day
	}
	if r.by && m.Class >= 0 {
		f.Properties["class"] = r.look.By.Classes[m.Class].Code
	}
	return f
}

// mixName is the property that has a cluster's counts: by group where the
// request names nothing else.
func (r tileRequest) mixName() string {
	if r.by {
		return "classes"
	}
	return "groups"
}

func (r tileRequest) mix(counts []int) map[string]int {
	mix := map[string]int{}
	for k, n := range counts {
		if n > 0 {
			mix[r.look.By.Classes[k].Code] = n
		}
	}
	return mix
}

func sendTiled(c echo.Context, all *geojson.FeatureCollection, summary tile.Summary) error {
	setSummary(c, summary)
	all.ExtraMembers = geojson.Properties{"summary": summary}
	body, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write tile: %w", err)
	}
	return send(c, typeGeoJSON, body)
}
