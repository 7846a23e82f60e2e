package main

import (
	"strings"
	"testing"
	"time"

	"dateline/geo/ingest"
)

// The line of progress says how far the file is, the rate and the time left; rows
// that are not yet kept count half.
func TestRowProgress(t *testing.T) {
	var out strings.Builder
	now := time.Unix(0, 0)
	tell := rowProgress(&out, func(rows int) float64 { return float64(rows) / 4000 }, func() time.Time { return now })
	for _, step := range []struct {
		after time.Duration
		p     ingest.Progress
		want  string
	}{
		{0, ingest.Progress{}, "\r[..............................]   0%  0 rows, 0 a second, unknown time left   "},
		{2 * time.Second, ingest.Progress{Read: 2000}, "\r[#######.......................]  25%  2000 rows, 500 a second, 6s left   "},
		{2 * time.Second, ingest.Progress{Read: 4000, Kept: 2000}, "\r[######################........]  75%  4000 rows, 750 a second, 1s left   "},
		{time.Second, ingest.Progress{Read: 4000, Kept: 4000}, "\r[##############################] 100%  4000 rows, 800 a second, 0s left   "},
	} {
		out.Reset()
		now = now.Add(step.after)
		if tell(step.p); out.String() != step.want {
			t.Errorf("%+v\ngot  %q\nwant %q", step.p, out.String(), step.want)
		}
	}
}
