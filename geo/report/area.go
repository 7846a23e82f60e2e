package report

import (
	"dateline/gazetteer/geoparse"

	"github.com/paulmach/orb"
)

// polygonOf a location, nil where no rule gives one.
func polygonOf(l *geoparse.Location) orb.Polygon {
	switch a := l.Area.(type) {
	case orb.Polygon:
		return a
	case orb.MultiPolygon:
		if len(a) == 1 {
			return a[0]
		}
	}
	return nil
}
