package format_test

import (
	"fmt"
	"io"
	"iter"
	"testing"

	"dateline/geo"
	"dateline/geo/format"
)

// many are n incidents as an import makes them, one at a time.
func many(n int) iter.Seq2[geo.Incident, error] {
	patterns := difficult()
	return func(yield func(geo.Incident, error) bool) {
		for k := range n {
			i := patterns[k%len(patterns)]
			i.ID = fmt.Sprintf("incident%08d", k)
			if !yield(i, nil) {
				return
			}
		}
	}
}

// Each format, 10,000 incidents a turn.
func BenchmarkWrite(b *testing.B) {
	for _, f := range format.Formats {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f.Write(io.Discard, many(10_000), format.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
