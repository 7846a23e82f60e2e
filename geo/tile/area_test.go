package tile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"
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

// A circle that is cut short by its size and place is the one that is clipped.
func TestNearCircleShortcuts(t *testing.T) {
	held, holding := 0, 0
	for _, at := range []orb.Point{{2048, 2048}, {0, 0}, {-63, 100}, {4100, 4100}, {-400, 2000}, {9000, 9000}, {-5000, 300}} {
		for _, r := range []float64{4, 20, 63, 100, 511, 600, 3000, 5000, 7000, 9000, 20_000} {
			for _, e := range []float64{0, 0.03, -0.049} {
				got := nearCircle(at, r, e)
				unit := corners[cornersOf(r)]
				ring := make(orb.Ring, len(unit))
				for k, p := range unit {
					c, n := p[0], -p[1]
					ring[k] = orb.Point{at[0] + r*c*(1+e*n), at[1] - r*(n+e*(n*n-c*c)/2)}
				}
				want := framed(orb.Polygon{ring})
				if rotated(got) != rotated(want) {
					t.Errorf("circle of %v around %v, slant %v: %v, want %v", r, at, e, got, want)
				}
				if len(got) > 0 && len(got[0]) > 4 && rotated(got) == rotated([][][2]int32{whole(ring, true)}) {
					held++
				}
				if rotated(got) == rotated(wholeFrame) {
					holding++
				}
			}
		}
	}
	if held == 0 || holding == 0 {
		t.Errorf("%d circles are held by the frame, %d hold it", held, holding)
	}
}

// rotated is a ring as text that begins with its least corner, without the corners
// on straight lines that clipping may leave.
func rotated(rings [][][2]int32) string {
	if len(rings) == 0 {
		return ""
	}
	ring := rings[0]
	var turns [][2]int32
	for k, p := range ring {
		a, b := ring[(k+len(ring)-1)%len(ring)], ring[(k+1)%len(ring)]
		if int64(p[0]-a[0])*int64(b[1]-p[1]) != int64(p[1]-a[1])*int64(b[0]-p[0]) {
			turns = append(turns, p)
		}
	}
	least := 0
	for k, p := range turns {
		if p[0] < turns[least][0] || p[0] == turns[least][0] && p[1] < turns[least][1] {
			least = k
		}
	}
	return fmt.Sprint(append(turns[least:len(turns):len(turns)], turns[:least]...))
}

// Rings are clipped as orb clips them.
func TestClipped(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	some := 0
	for range 2000 {
		centre := orb.Point{r.Float64()*9000 - 2500, r.Float64()*9000 - 2500}
		var ring orb.Ring
		for k := range 3 + r.IntN(40) {
			angle, far := float64(k)/7, 100+r.Float64()*4000
			ring = append(ring, orb.Point{centre[0] + far*math.Cos(angle), centre[1] + far*math.Sin(angle)})
		}
		ring = append(ring, ring[0])
		want := 0.0
		if other := clip.Ring(frame, ring.Clone()); len(other) > 2 {
			want = planar.Area(orb.Polygon{other})
			some++
		}
		got := 0.0
		if own := clipped(ring.Clone(), frame); len(own) > 2 {
			got = planar.Area(orb.Polygon{append(own, own[0])})
			if b := own.Bound(); !frame.Contains(b.Min) || !frame.Contains(b.Max) {
				t.Fatalf("%v leaves the frame", own)
			}
		}
		if math.Abs(got-want) > 1e-3 {
			t.Fatalf("ring %v: %v square units are left, want %v", ring, got, want)
		}
	}
	if some < 100 {
		t.Errorf("%d rings meet the frame", some)
	}
}
