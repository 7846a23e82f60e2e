package tile

import (
	"math"
	"testing"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// A circle that is drawn the short way differs from the one that is worked out on
// the sphere by less than 0.3% of its radius and the rounding to units.
func TestNearCircle(t *testing.T) {
	for _, at := range []orb.Point{{34.5, 31.5}, {0.1, 0.1}, {-72, 60}, {100, -45}} {
		for _, radiusM := range []float64{500, 20_000, 120_000, 200_000} {
			a := &index.Area{Mark: index.Mark{At: at}, RadiusM: radiusM}
			here := maptile.At(at, 4)
			if _, ok := slant(a); !ok {
				continue
			}
			e, _ := slant(a)
			r := radiusM / (2 * math.Pi * geo.EarthRadiusM * math.Cos(at.Lat()*math.Pi/180)) * math.Exp2(4) * index.TileExtent
			centre := inTile(at, here)
			for k := range 48 {
				bearing := 2 * math.Pi * float64(k) / 48
				c, n := math.Sin(bearing), math.Cos(bearing)
				got := orb.Point{centre[0] + r*c*(1+e*n), centre[1] - r*(n+e*(n*n-c*c)/2)}
				want := inTile(destination(at, bearing, radiusM), here)
				if d := math.Hypot(got[0]-want[0], got[1]-want[1]); d > 0.003*r {
					t.Fatalf("circle of %v m around %v, bearing %v: off by %.2f%%", radiusM, at, bearing, 100*d/r)
				}
			}
		}
	}
}

// destination is the point at a bearing and distance, by the direct problem on a
// sphere.
func destination(p orb.Point, bearing, radiusM float64) orb.Point {
	const rad = math.Pi / 180
	d := radiusM / geo.EarthRadiusM
	lat := math.Asin(math.Sin(p.Lat()*rad)*math.Cos(d) + math.Cos(p.Lat()*rad)*math.Sin(d)*math.Cos(bearing))
	lon := math.Atan2(math.Sin(bearing)*math.Sin(d)*math.Cos(p.Lat()*rad), math.Cos(d)-math.Sin(p.Lat()*rad)*math.Sin(lat))
	return orb.Point{p.Lon() + lon/rad, lat / rad}
}
