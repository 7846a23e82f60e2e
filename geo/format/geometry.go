package format

import (
	"dateline/geo"

	"github.com/paulmach/orb"
)

// geometry is a GeoJSON geometry object; nil encodes as null.
type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// geometryOf is the point of the first place of role site where it is pinned;
// in Areas what holds the first one that is located.
func geometryOf(i geo.Incident, s Shape) *geometry {
	if s == Areas {
		for _, site := range i.Places {
			if site.Role == geo.RoleSite && site.Located() {
				return areaOf(site)
			}
		}
		return nil
	}
	if site, ok := i.Where(); ok && site.Pinned() {
		p, _ := site.Point()
		return &geometry{"Point", p}
	}
	return nil
}

// areaOf a located site: its polygon, else the circle of its radius; cut at the
// antimeridian into a MultiPolygon as RFC 7946, 3.1.9, wants.
func areaOf(s geo.Site) *geometry {
	switch parts := s.Polygons(); len(parts) {
	case 0:
		return nil
	case 1:
		return &geometry{"Polygon", parts[0]}
	default:
		return &geometry{"MultiPolygon", parts}
	}
}

// project moves a geometry to another coordinate system; nil where it has no
// place there.
func (g *geometry) project(move func(orb.Geometry) (orb.Geometry, bool)) *geometry {
	if g == nil || move == nil {
		return g
	}
	moved, ok := move(g.Coordinates.(orb.Geometry))
	if !ok {
		return nil
	}
	return &geometry{g.Type, moved}
}
