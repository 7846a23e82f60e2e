package crs_test

import (
	"fmt"
	"math"
	"testing"

	"dateline/geo/crs"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func system(t *testing.T, code string) crs.System {
	t.Helper()
	s, ok := crs.ByURI("http://www.opengis.net/def/crs/EPSG/0/" + code)
	if !ok {
		t.Fatalf("EPSG:%s is not there", code)
	}
	return s
}

// The coordinates are those of PROJ (gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:…).
func TestLikePROJ(t *testing.T) {
	for _, tc := range []struct {
		code     string
		lonLat   orb.Point
		want     orb.Point
		toMetres float64
	}{
		{"32638", orb.Point{44.36, 33.31}, orb.Point{440423.321513783, 3685837.16385323}, 1e-6},
		{"32638", orb.Point{48, 33}, orb.Point{780299.989504809, 3655285.85442353}, 1e-6},
		{"32638", orb.Point{55, 33}, orb.Point{1436094.159842, 3696054.74209112}, 1e-6},
		{"32638", orb.Point{60, 40}, orb.Point{1782840.29584475, 4537064.54275365}, 1e-6},
		{"32638", orb.Point{75, 10}, orb.Point{3939373.91683101, 1273532.45108972}, 1e-6},
		{"32638", orb.Point{105, 33}, orb.Point{6376524.82935395, 5817788.61670116}, 1e-3},
		{"32638", orb.Point{45, 0}, orb.Point{500000, 0}, 1e-6},
		{"32638", orb.Point{42, 84}, orb.Point{465005.344938864, 9329005.18244744}, 1e-6},
		{"3857", orb.Point{44.36, 33.31}, orb.Point{4938132.61158962, 3936523.93822593}, 1e-6},
		{"4326", orb.Point{44.36, 33.31}, orb.Point{33.31, 44.36}, 0},
	} {
		got, ok := system(t, tc.code).FromLonLat(tc.lonLat)
		if d := math.Hypot(got[0]-tc.want[0], got[1]-tc.want[1]); !ok || d > tc.toMetres {
			t.Errorf("EPSG:%s of %v: %.6f, want %.6f (%g off)", tc.code, tc.lonLat, got, tc.want, d)
		}
	}
}

func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(crs.All).Draw(t, "system")
		p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-89.9, 89.9).Draw(t, "lat")}
		there, ok := s.FromLonLat(p)
		if !ok {
			return
		}
		back, ok := s.ToLonLat(there)
		lon := math.Abs(math.Remainder(back.Lon()-p.Lon(), 360)) * math.Cos(p.Lat()*math.Pi/180)
		if !ok || lon > 1e-8 || math.Abs(back.Lat()-p.Lat()) > 1e-8 {
			t.Fatalf("%s: %v is %v and back %v", s.Title, p, there, back)
		}
	})
}

func TestOutside(t *testing.T) {
	for _, tc := range []struct {
		code string
		p    orb.Point
	}{{"3857", orb.Point{0, 90}}, {"32638", orb.Point{-135, 0}}, {"4326", orb.Point{200, 0}}} {
		if got, ok := system(t, tc.code).FromLonLat(tc.p); ok {
			t.Errorf("EPSG:%s of %v is %v", tc.code, tc.p, got)
		}
	}
	if _, ok := crs.ByURI("EPSG:4326"); ok {
		t.Error("a system is named by its address")
	}
	if len(crs.All) != 123 {
		t.Errorf("%d systems", len(crs.All))
	}
}

func ExampleSystem_Ring() {
	s, _ := crs.ByURI("http://www.opengis.net/def/crs/EPSG/0/4326")
	ring, _ := s.Ring(orb.Bound{Min: orb.Point{33, 44}, Max: orb.Point{34, 45}})
	fmt.Println(ring.Bound())
	// Output: {[44 33] [45 34]}
}
