package format

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// wktOf is the well-known text of a geometry, empty where there is none.
func wktOf(g *geometry) string {
	if g == nil {
		return ""
	}
	switch c := g.Coordinates.(type) {
	case orb.Polygon:
		return wkt.MarshalString(c)
	case orb.MultiPolygon:
		return wkt.MarshalString(c)
	case orb.Point:
		return wkt.MarshalString(c)
	}
	return ""
}
