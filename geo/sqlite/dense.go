package sqlite

import (
	"context"
	"math"

	"dateline/geo"
)

// dense reports whether a page is found sooner by walking the order and asking
// each incident for the box than by gathering and sorting all that meet it. With
// h of n incidents in the box a walk comes to n·limit/h of them, gathering to h.
// An error is left to the query that follows.
func (s *Store) dense(ctx context.Context, e geo.BBox, limit int) bool {
	var n int64
	if err := s.read.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM incident").Scan(&n); err != nil {
		return false
	}
	level := int64(math.Sqrt(float64(n) * float64(limit)))
	var hits int64
	for _, box := range e.Boxes() {
		var some int64
		err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM box_tree WHERE west <= ? AND east >= ? AND south <= ? AND north >= ? LIMIT ?)",
			box.Max.Lon(), box.Min.Lon(), box.Max.Lat(), box.Min.Lat(), level+1).Scan(&some)
		if err != nil {
			return false
		}
		hits += some
	}
	return hits > level
}
