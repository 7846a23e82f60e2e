package source

import (
	"bytes"
	"context"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"dateline/gazetteer"
)

// village is an extract of our own: a village with its boundary, a street of
// two ways, a base, a lake, and what is no place.
func village() *pbf {
	return &pbf{
		nodes: []pbfNode{
			{1, 44.40, 33.30, []string{"place", "village", "name", "Dorf", "name:en", "Thorp", "population", "1,200"}},
			{2, 44.39, 33.29, nil}, {3, 44.41, 33.29, nil}, {4, 44.41, 33.31, nil}, {5, 44.39, 33.31, nil},
			{6, 44.401, 33.300, nil}, {7, 44.403, 33.300, nil}, {8, 44.405, 33.300, nil},
			{9, 44.5, 33.4, []string{"amenity", "hospital", "name", "Far Hospital"}},
			{10, 44.5, 33.4, []string{"shop", "bakery", "name", "Bakery"}},
			{11, 44.6, 33.5, []string{"place", "town"}},
		},
		ways: []pbfWay{
			{100, []int64{2, 3, 4}, nil}, {101, []int64{4, 5, 2}, nil},
			{103, []int64{7, 8}, []string{"highway", "residential", "name", "Long Street"}},
			{102, []int64{6, 7}, []string{"highway", "residential", "name", "Long Street"}},
			{104, []int64{2, 3, 4, 2}, []string{"landuse", "military", "name", "Camp Stone"}},
			{105, []int64{6, 8}, []string{"highway", "service", "name", "Back Way"}},
			{106, []int64{97, 98}, []string{"highway", "primary", "name", "Nowhere Road"}},
		},
		rels: []pbfRelation{
			{1000, []pbfMember{{1, 100, "outer"}, {1, 101, "outer"}, {0, 1, "admin_centre"}}, []string{"boundary", "administrative", "admin_level", "8", "name", "Dorf"}},
		},
	}
}

func readAll(t *testing.T, data []byte) map[string]gazetteer.Entry {
	t.Helper()
	got := map[string]gazetteer.Entry{}
	err := readOSM(context.Background(), bytes.NewReader(data), int64(len(data)), func(int64) {}, func(e gazetteer.Entry) error {
		got[e.ID] = e
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestReadOSM(t *testing.T) {
	got := readAll(t, village().bytes(t, 3))
	for id, want := range map[string]struct {
		name, code, parent string
		radiusM            float64
	}{
		"osm:n1":    {"Dorf", "PPL", "", 1_516}, // the corner of its boundary, 1,449 m away, and its margin
		"osm:n9":    {"Far Hospital", "HSP", "", 500},
		"osm:r1000": {"Dorf", "ADM3", "", 1_501},
		"osm:w102":  {"Long Street", "ST", "osm:n1", 236}, // to 44.401 from 44.403, 186 m
		"osm:w104":  {"Camp Stone", "MILB", "", 1_499},
	} {
		e, ok := got[id]
		if !ok {
			t.Errorf("%s is missing", id)
			continue
		}
		if e.Name != want.name || e.Code != want.code || e.Parent != want.parent || math.Abs(e.RadiusM-want.radiusM) > 0.35*want.radiusM {
			t.Errorf("%s: %s %s in %q, %.0f m; want %+v", id, e.Name, e.Code, e.Parent, e.RadiusM, want)
		}
	}
	if len(got) != 5 {
		t.Errorf("%d features, want 5", len(got))
	}
	if e := got["osm:n1"]; e.Population != 1200 || !slices.Contains(e.Names, gazetteer.Name{Text: "Thorp", Kind: gazetteer.NameAlternate}) {
		t.Errorf("population %d, names %v", e.Population, e.Names)
	}
}

func TestBrokenExtractsNameTheBlock(t *testing.T) {
	whole := village().bytes(t, 3)
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"empty":       {nil, "block 1 at byte 0: the file is empty"},
		"no PBF":      {[]byte("1\tA\tB\n"), "it is no OpenStreetMap PBF"},
		"zeros":       {make([]byte, 100), "block 1 at byte 0: it is no OpenStreetMap PBF"},
		"cut":         {whole[:len(whole)-5], "the file ends in it"},
		"lz4":         {village().bytes(t, 6), "compressed with lz4, which is not read"},
		"huge":        {append([]byte{0, 0, 0, 14, 10, 7}, append([]byte("OSMData"), 24, 0xff, 0xff, 0xff, 0x7f)...), "block 1"},
		"no header":   {block(t, "OSMData", nil, 3), `its first block is "OSMData"`},
		"bad content": {append(block(t, "OSMHeader", []byte{0xff}, 3), whole[len(whole)-40:]...), "block"},
	} {
		t.Run(name, func(t *testing.T) {
			err := readOSM(context.Background(), bytes.NewReader(tc.data), int64(len(tc.data)), func(int64) {}, func(gazetteer.Entry) error { return nil })
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("the error is %v, want %q", err, tc.want)
			}
		})
	}
}

func FuzzReadOSM(f *testing.F) {
	whole := village().bytes(f, 3)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(village().bytes(f, 6))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = readOSM(context.Background(), bytes.NewReader(data), int64(len(data)), func(int64) {}, func(e gazetteer.Entry) error {
			if e.ID == "" || !(e.RadiusM > 0) {
				t.Errorf("%+v", e)
			}
			return nil
		})
	})
}

// BenchmarkReadOSM reads the extract that DATELINE_OSM names, all three passes.
func BenchmarkReadOSM(b *testing.B) {
	path := os.Getenv("DATELINE_OSM")
	if path == "" {
		b.Fatal("set DATELINE_OSM to an .osm.pbf file")
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	for b.Loop() {
		if err := readOSM(context.Background(), f, info.Size(), func(int64) {}, func(gazetteer.Entry) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
