package spill_test

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"dateline/gazetteer/spill"

	"github.com/google/go-cmp/cmp"
)

// Whatever the memory, the records come back sorted and whole, and no file stays.
func TestSorts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var want []string
	for range 5000 {
		record := make([]byte, r.IntN(40))
		for k := range record {
			record[k] = byte(r.IntN(4))
		}
		want = append(want, string(record))
	}
	in := slices.Clone(want)
	slices.Sort(want)
	for _, memory := range []int{1, 1000, 50_000, 10_000_000} {
		dir := t.TempDir()
		s := spill.New(dir, memory)
		for _, record := range in[:len(in)/max(1, 1000/memory)] {
			if err := s.Add([]byte(record)); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for record, err := range s.All() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(record))
		}
		some := slices.Clone(in[:s.Len()])
		slices.Sort(some)
		if diff := cmp.Diff(some, got); diff != "" {
			t.Errorf("memory %d: %s", memory, diff)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("memory %d: %d files stay, %v", memory, len(left), err)
		}
	}
}

func BenchmarkSort(b *testing.B) {
	const records = 1_000_000
	b.SetBytes(records * 24)
	for b.Loop() {
		s := spill.New(b.TempDir(), 8<<20)
		r := rand.New(rand.NewPCG(1, 2))
		var record [24]byte
		for range records {
			binary.BigEndian.PutUint64(record[:], r.Uint64())
			if err := s.Add(record[:]); err != nil {
				b.Fatal(err)
			}
		}
		for _, err := range s.All() {
			if err != nil {
				b.Fatal(err)
			}
		}
		s.Close()
	}
}
