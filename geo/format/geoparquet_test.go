package format_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/format"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb/encoding/wkb"
)

// openParquet writes incidents and opens what was written.
func openParquet(t *testing.T, incidents iter.Seq2[geo.Incident, error]) *parquet.File {
	t.Helper()
	var b bytes.Buffer
	if err := format.WriteGeoParquet(&b, incidents, format.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The columns stand in the order of FIELDS.md, then geometry and bbox, and have
// what the incidents state.
func TestGeoParquetColumns(t *testing.T) {
	f := openParquet(t, sequence(examples()...))
	var want, got []string
	for _, c := range geo.Columns() {
		want = append(want, c.Name)
	}
	want = append(want, "geometry", "bbox.xmin", "bbox.ymin", "bbox.xmax", "bbox.ymax")
	for _, path := range f.Schema().Columns() {
		name := path[0]
		if len(path) == 2 {
			name += "." + path[1]
		}
		got = append(got, name)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("columns (-want +got):\n%s", d)
	}
	rows := readParquet(t, f)
	for n, i := range examples() {
		for k, c := range geo.Columns() {
			v := c.Value(&i)
			if site, ok := i.Where(); ok && !site.Pinned() && (c.Name == "lat" || c.Name == "lon") {
				v = nil
			}
			if stated := !rows[n][k].IsNull(); stated != (v != nil) {
				t.Errorf("%s of %s: stated is %v, want %v", c.Name, i.ID, stated, v)
			}
			if text, ok := v.(string); ok && c.Kind != geo.KindDay && rows[n][k].String() != text {
				t.Errorf("%s of %s is %s, want %s", c.Name, i.ID, rows[n][k], text)
			}
		}
	}
	first := rows[0]
	at := map[string]int{}
	for k, name := range got {
		at[name] = k
	}
	if day := first[at["start"]].Int32(); time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly) != "2024-01-04" {
		t.Errorf("start is day %d", day)
	}
	if toll := first[at["killed_best"]].Int64(); toll != 2 {
		t.Errorf("killed_best is %d", toll)
	}
	point, err := wkb.Unmarshal(first[at["geometry"]].ByteArray())
	if err != nil {
		t.Fatal(err)
	}
	b := point.Bound()
	for side, inside := range map[string]bool{
		"bbox.xmin": float64(first[at["bbox.xmin"]].Float()) <= b.Min.X(), "bbox.xmax": float64(first[at["bbox.xmax"]].Float()) >= b.Max.X(),
		"bbox.ymin": float64(first[at["bbox.ymin"]].Float()) <= b.Min.Y(), "bbox.ymax": float64(first[at["bbox.ymax"]].Float()) >= b.Max.Y(),
	} {
		if !inside {
			t.Errorf("%s cuts %v off", side, point)
		}
	}
}

func readParquet(t *testing.T, f *parquet.File) []parquet.Row {
	t.Helper()
	var all []parquet.Row
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		some := make([]parquet.Row, 512)
		for {
			n, err := rows.ReadRows(some)
			for _, r := range some[:n] {
				all = append(all, r.Clone())
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// More rows than a group holds, each once and in the order in which they came.
func TestGeoParquetGroups(t *testing.T) {
	const n = 100_450
	f := openParquet(t, many(n))
	if len(f.RowGroups()) != 2 {
		t.Errorf("%d groups of rows, want 2", len(f.RowGroups()))
	}
	rows := readParquet(t, f)
	if len(rows) != n {
		t.Fatalf("%d rows, want %d", len(rows), n)
	}
	for k, r := range rows {
		if want := fmt.Sprintf("incident%08d", k); r[0].String() != want {
			t.Fatalf("row %d is %s, want %s", k, r[0], want)
		}
	}
}

// An error of the source or of the file ends the writing, wherever it comes.
func TestGeoParquetErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, after := range []int{0, 1, 199, 200, 201, 5000} {
		source := func(yield func(geo.Incident, error) bool) {
			for i := range many(after) {
				if !yield(i, nil) {
					return
				}
			}
			yield(geo.Incident{}, broken)
		}
		if err := format.WriteGeoParquet(io.Discard, source, format.Options{}); !errors.Is(err, broken) {
			t.Errorf("source broken after %d: %v", after, err)
		}
	}
	for _, after := range []int{0, 10, 100_000} {
		if err := format.WriteGeoParquet(&fills{after}, many(150_000), format.Options{}); !errors.Is(err, errFull) {
			t.Errorf("file full after %d bytes: %v", after, err)
		}
	}
}

// fills is a file that takes so many bytes.
type fills struct{ left int }

func (f *fills) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}
