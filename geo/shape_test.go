package geo_test

import (
	"math"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// The great circles are those of a sphere of the mean radius: a degree of it is
// 111,195.08 m.
func TestDistance(t *testing.T) {
	const degree = 111_195.08
	for _, tc := range []struct {
		name string
		a, b orb.Point
		want float64
	}{
		{"nowhere", orb.Point{44, 33}, orb.Point{44, 33}, 0},
		{"a degree north", orb.Point{44, 33}, orb.Point{44, 34}, degree},
		{"a degree east on the equator", orb.Point{0, 0}, orb.Point{1, 0}, degree},
		{"a degree east at 60 north", orb.Point{0, 60}, orb.Point{1, 60}, 55_595.42},
		{"over the antimeridian", orb.Point{179.5, 0}, orb.Point{-179.5, 0}, degree},
		{"to the other side", orb.Point{0, 0}, orb.Point{180, 0}, 180 * degree},
	} {
		if got := geo.DistanceM(tc.a, tc.b); math.Abs(got-tc.want) > 1e-3*tc.want {
			t.Errorf("%s: %.1f m, want %.1f", tc.name, got, tc.want)
		}
	}
}

func bound(west, south, east, north float64) orb.Bound {
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
}

func TestBounds(t *testing.T) {
	near := cmp.Comparer(func(a, b orb.Bound) bool {
		return geo.DistanceM(a.Min, b.Min) < 10 && geo.DistanceM(a.Max, b.Max) < 10 && a.Min.Lon()*b.Min.Lon() >= 0
	})
	area := func(west, east float64) orb.Polygon { return bound(west, -1, east, 1).ToPolygon() }
	for _, tc := range []struct {
		name string
		site geo.Site
		want []orb.Bound
	}{
		{"not located", geo.Site{RadiusM: 5}, nil},
		{"circle", geo.Site{Lon: new(10.0), Lat: new(0.0), RadiusM: 111_195}, []orb.Bound{bound(9, -1, 11, 1)}},
		{"wider in the north", geo.Site{Lon: new(10.0), Lat: new(60.0), RadiusM: 111_195}, []orb.Bound{bound(7.9997, 59, 12.0003, 61)}},
		{"east over", geo.Site{Lon: new(179.5), Lat: new(0.0), RadiusM: 111_195}, []orb.Bound{bound(178.5, -1, 180, 1), bound(-180, -1, -179.5, 1)}},
		{"west over", geo.Site{Lon: new(-179.5), Lat: new(0.0), RadiusM: 111_195}, []orb.Bound{bound(179.5, -1, 180, 1), bound(-180, -1, -178.5, 1)}},
		{"pole", geo.Site{Lon: new(10.0), Lat: new(89.5), RadiusM: 111_195}, []orb.Bound{bound(-180, 88.5, 180, 90)}},
		{"half the Earth", geo.Site{Lon: new(10.0), Lat: new(-5.0), RadiusM: 1.5e7}, []orb.Bound{bound(-180, -90, 180, 90)}},
		{"area", geo.Site{Lon: new(0.0), Lat: new(0.0), RadiusM: 1, Area: area(-1, 1)}, []orb.Bound{bound(-1, -1, 1, 1)}},
		{"area over", geo.Site{Lon: new(0.0), Lat: new(0.0), RadiusM: 1, Area: area(179, 182)}, []orb.Bound{bound(179, -1, 180, 1), bound(-180, -1, -178, 1)}},
		{"area beyond", geo.Site{Lon: new(0.0), Lat: new(0.0), RadiusM: 1, Area: area(181, 182)}, []orb.Bound{bound(-179, -1, -178, 1)}},
		{"area around", geo.Site{Lon: new(0.0), Lat: new(0.0), RadiusM: 1, Area: area(-200, 200)}, []orb.Bound{bound(-180, -1, 180, 1)}},
	} {
		if diff := cmp.Diff(tc.want, tc.site.Bounds(), near); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

// Every corner of a circle lies at its radius, and in its boxes.
func TestCircle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-85, 85).Draw(t, "lat")}
		radius := rapid.Float64Range(1, 500_000).Draw(t, "radius")
		ring := geo.Circle(p, radius, 48)[0]
		if len(ring) != 49 || !ring.Closed() || ring.Orientation() != orb.CCW {
			t.Fatalf("%d points, closed %v, orientation %v", len(ring), ring.Closed(), ring.Orientation())
		}
		boxes := geo.CircleBounds(p, radius)
		for _, corner := range ring {
			if d := geo.DistanceM(p, corner); math.Abs(d-radius) > 1e-6*radius+1e-3 {
				t.Fatalf("%v is %.3f m from %v, not %.3f", corner, d, p, radius)
			}
			lon := corner.Lon() - 360*math.Floor((corner.Lon()+180)/360)
			inside := false
			for _, b := range boxes {
				inside = inside || b.Pad(1e-9).Contains(orb.Point{lon, corner.Lat()})
			}
			if !inside {
				t.Fatalf("%v is in none of %v", corner, boxes)
			}
		}
	})
}

func TestBoxes(t *testing.T) {
	for _, tc := range []struct {
		box  geo.BBox
		want []orb.Bound
	}{
		{geo.BBox{West: 1, East: 2, North: 1}, []orb.Bound{bound(1, 0, 2, 1)}},
		{geo.BBox{West: 170, East: -170, North: 1}, []orb.Bound{bound(170, 0, 180, 1), bound(-180, 0, -170, 1)}},
		{geo.BBox{West: 170, East: 180, North: 1}, []orb.Bound{bound(170, 0, 180, 1), bound(-180, 0, -180, 1)}},
		{geo.BBox{West: -180, East: -170, North: 1}, []orb.Bound{bound(-180, 0, -170, 1), bound(180, 0, 180, 1)}},
		{geo.BBox{West: -180, East: 180, North: 1}, []orb.Bound{bound(-180, 0, 180, 1)}},
	} {
		if diff := cmp.Diff(tc.want, tc.box.Boxes()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tc.box, diff)
		}
	}
}
