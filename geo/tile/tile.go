// Package tile writes what the index draws as Mapbox vector tiles (version 2.1):
// incidents as points, what is too dense as clusters, areas as polygons.
//
// A tile has at most MaxBytes. What does not fit is counted, never dropped in
// silence: the layer summary says how many incidents the tile has under the
// filter, how many of them are drawn one by one, how many stand in clusters and
// how many are left out.
package tile

import (
	"context"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/paulmach/orb/maptile"
)

// MediaType of a vector tile.
const MediaType = "application/vnd.mapbox-vector-tile"

const (
	MaxBytes  = 500_000
	MaxPoints = 5_000 // of a tile that is not clustered
	MaxAreas  = 2_000
	MaxZoom   = 22
)

// Summary is what a tile says of itself.
type Summary struct {
	Matched   int `json:"matched"`   // incidents of the tile under the filter
	Drawn     int `json:"drawn"`     // one by one
	Clustered int `json:"clustered"` // counted in clusters
	LeftOut   int `json:"left_out"`  // too small or too many to draw
}

// Source gives what a tile shows.
type Source interface {
	Tile(ctx context.Context, f geo.Filter, t maptile.Tile, limit int) (index.Tile, error)
	Areas(ctx context.Context, f geo.Filter, t maptile.Tile, margin float64, limit int) (index.Areas, error)
}

// Incidents draws a tile of the collection incidents: as many as limit one by
// one, more in clusters.
func Incidents(ctx context.Context, from Source, f geo.Filter, t maptile.Tile, limit int) ([]byte, Summary, error) {
	for limit = min(limit, MaxPoints); ; limit /= 2 {
		drawn, err := from.Tile(ctx, f, t, limit)
		if err != nil {
			return nil, Summary{}, err
		}
		data, summary := writeIncidents(drawn)
		if len(data) <= MaxBytes {
			return data, summary, nil
		}
	}
}

func writeIncidents(drawn index.Tile) ([]byte, Summary) {
	s := Summary{Matched: drawn.Matched, Drawn: len(drawn.Marks)}
	s.Clustered = s.Matched - s.Drawn
	points := newLayer("incidents")
	for k := range drawn.Marks {
		m := &drawn.Marks[k]
		points.mark(m)
		points.point(m.X, m.Y)
	}
	clusters := newLayer("clusters")
	for _, c := range drawn.Clusters {
		clusters.text("id", c.Member)
		clusters.number("count", int64(c.Count))
		if c.Toll != nil {
			clusters.number("toll", *c.Toll)
		}
		clusters.number("toll_unknown", int64(c.Unknown))
		for k, n := range c.Mix {
			if n > 0 {
				clusters.number(geo.Groups[k].Code, int64(n))
			}
		}
		clusters.point(c.X, c.Y)
	}
	return join(points, clusters, summaryLayer(s)), s
}

// mark writes the few attributes of an incident.
func (l *layer) mark(m *index.Mark) {
	l.unique("id", m.ID)
	l.text("type", m.Type)
	l.text("group", m.Group)
	if m.Toll != nil {
		l.number("toll", *m.Toll)
	}
	l.text("precision", m.Precision)
}

// summaryLayer is there where not every incident is drawn by itself.
func summaryLayer(s Summary) *layer {
	l := newLayer("summary")
	if s.Matched == s.Drawn {
		return l
	}
	l.number("matched", int64(s.Matched))
	l.number("drawn", int64(s.Drawn))
	l.number("clustered", int64(s.Clustered))
	l.number("left_out", int64(s.LeftOut))
	const e = index.TileExtent
	l.polygon([][][2]int32{{{0, 0}, {e, 0}, {e, e}, {0, e}}})
	return l
}
