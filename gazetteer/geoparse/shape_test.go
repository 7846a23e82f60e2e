package geoparse_test

import (
	"math"
	"testing"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// The phrases and where they are, worked out by hand from the rules in shape.go
// and the radii of testdata/places.tsv: bearing and distance of the point from
// the place's own, and the radius.
var phrases = []struct {
	phrase, place    string
	bearing, km, rKM float64
	precision        gazetteer.Precision
}{
	{"10 km north of Mosul", "Mosul", 0, 10, 18.346, "area"},
	{"9 km northeast of Tikrit", "Tikrit", 45, 9, 6.647, "area"},
	{"9 km north-east of Tikrit", "Tikrit", 45, 9, 6.647, "area"},
	{"25 kilometres south of Baghdad", "Baghdad", 180, 25, 33.386, "area"},
	{"about 30 km southwest of Mosul", "Mosul", 225, 30, 19.924, "area"},
	{"20 miles (32 km) west of Baghdad", "Baghdad", 270, 32.187, 43.844, "area"},
	{"12.5 km east of Tikrit", "Tikrit", 90, 12.5, 12.03, "area"},
	{"7.25 km east of Tikrit", "Tikrit", 90, 7.25, 8.1794, "area"},
	{"3.2 km NNE of Tikrit", "Tikrit", 22.5, 3.2, 4.2081, "area"},
	{"200 km west of Baghdad", "Baghdad", 270, 200, 191.13, "area"},
	{"140 km west of Baghdad", "Baghdad", 270, 140, 118.98, "area"},
	{"500 metres south of Tikrit", "Tikrit", 180, 0.5, 4.2113, "area"},
	{"ten kilometres to the east of Mosul", "Mosul", 90, 10, 18.346, "area"},
	{"five miles south-east of Beirut", "Beirut", 135, 8.0467, 11.637, "area"},
	{"a few kilometres north of Tikrit", "Tikrit", 0, 3, 6.2497, "area"},
	{"45 km due north of Mosul", "Mosul", 0, 45, 39.368, "area"},
	{"15 km from Tikrit", "Tikrit", 0, 0, 20, "area"},
	{"30 km outside Baghdad", "Baghdad", 0, 0, 55, "area"},
	{"6 km from the city of Mosul", "Mosul", 0, 0, 16, "area"},
	{"north of Mosul", "Mosul", 0, 12.728, 12.728, "area"},
	{"south of Tikrit", "Tikrit", 180, 6.364, 6.364, "area"},
	{"northwest of Baghdad", "Baghdad", 315, 21.648, 21.648, "area"},
	{"to the east of Beirut", "Beirut", 90, 12.728, 12.728, "area"},
	{"northern Mosul", "Mosul", 0, 6.364, 6.364, "area"},
	{"north-eastern Baghdad", "Baghdad", 45, 10.824, 10.824, "area"},
	{"the southern part of Tikrit", "Tikrit", 180, 2.8284, 2.8284, "area"},
	{"southern Iraq", "Iraq", 180, 403.05, 403.05, "region"},
	{"northern parts of Homs", "Homs", 0, 4.2426, 4.2426, "area"},
	{"in the north of Mosul", "Mosul", 0, 6.364, 6.364, "area"},
	{"central Baghdad", "Baghdad", 0, 0, 10, "area"},
	{"downtown Beirut", "Beirut", 0, 0, 4.5, "area"},
	{"the centre of Mosul", "Mosul", 0, 0, 4.5, "area"},
	{"the old city of Damascus", "Damascus", 0, 0, 5.5, "area"},
	{"Mosul's old city", "Mosul", 0, 0, 4.5, "area"},
	{"the suburbs of Beirut", "Beirut", 0, 0, 9, "area"},
	{"a suburb of Damascus", "Damascus", 0, 0, 11, "area"},
	{"Beirut's suburbs", "Beirut", 0, 0, 9, "area"},
	{"the outskirts of Baghdad", "Baghdad", 0, 0, 25, "area"},
	{"the edge of Tikrit", "Tikrit", 0, 0, 5, "area"},
	{"the southern suburbs of Beirut", "Beirut", 180, 6.364, 6.364, "area"},
	{"Beirut's southern suburbs", "Beirut", 180, 6.364, 6.364, "area"},
	{"the northeastern outskirts of Baghdad", "Baghdad", 45, 23.097, 10.877, "area"},
	{"near Tikrit", "Tikrit", 0, 0, 9, "area"},
	{"near Baghdad", "Baghdad", 0, 0, 40, "area"},
	{"close to Mosul", "Mosul", 0, 0, 18, "area"},
	{"in the vicinity of Hit", "Hit", 0, 0, 7.5, "area"},
	{"just outside Tikrit", "Tikrit", 0, 0, 9, "area"},
	{"outside Baghdad", "Baghdad", 0, 0, 40, "area"},
	{"a neighbourhood of Baghdad", "Baghdad", 0, 0, 20, "area"},
	{"off the coast of Beirut", "Beirut", 0, 0, 55.3, "water"},
	{"off the northern coast of Beirut", "Beirut", 0, 9, 50.8, "water"},
	{"the town of Tikrit", "Tikrit", 0, 0, 4, "settlement"},
	{"Tikrit", "Tikrit", 0, 0, 4, "settlement"},
	{"between Tikrit and Mosul", "Tikrit", 345.7, 99.624, 99.624, "region"},
	{"the road between Baghdad and Tikrit", "Baghdad", 334.8, 77.52, 77.52, "region"},
	{"the road from Damascus to Homs", "Damascus", 16.15, 70.657, 70.657, "district"},
	{"the Damascus-Homs highway", "Homs", 196.4, 70.657, 70.657, "district"},
	{"20 km from Baghdad on the road to Tikrit", "Baghdad", 334.8, 20, 27.605, "area"},
}

func TestPhrases(t *testing.T) {
	p, g := parser(t), fixture(t)
	for _, tc := range phrases {
		t.Run(tc.phrase, func(t *testing.T) {
			answers := p.Locate(tc.phrase, "")
			if len(answers) == 0 {
				t.Fatal("not found")
			}
			got := answers[0]
			if got.Place.Name != tc.place || got.Precision != tc.precision {
				t.Errorf("got %s (%s), want %s (%s)", got.Place.Name, got.Precision, tc.place, tc.precision)
			}
			want := along(pointOf(g, tc.place), tc.bearing, tc.km)
			if off := gazetteer.DistanceM(got.Point, want) / 1000; off > 0.02*tc.rKM {
				t.Errorf("point %v is %.2f km off %v", got.Point, off, want)
			}
			if math.Abs(got.RadiusM/1000-tc.rKM) > 0.02*tc.rKM {
				t.Errorf("radius %.3f km, want %.3f", got.RadiusM/1000, tc.rKM)
			}
			holdsArea(t, got.Location)
		})
	}
}

// pointOf is the point of the place of the fixture that has this very name.
func pointOf(g *gazetteer.Gazetteer, name string) orb.Point {
	for _, m := range g.Lookup(name) {
		if m.Name == name {
			return m.Point
		}
	}
	return orb.Point{}
}

// holdsArea checks that the circle holds the polygon, to 2%.
func holdsArea(t *testing.T, l gazetteer.Location) {
	t.Helper()
	polygon, ok := l.Area.(orb.Polygon)
	if !ok {
		return
	}
	for _, point := range polygon[0] {
		if d := gazetteer.DistanceM(l.Point, point); d > l.RadiusM*1.02 {
			t.Errorf("the area reaches %.0f m from the point, the radius is %.0f", d, l.RadiusM)
			return
		}
	}
}

// along is the point so far towards a bearing: by steps of a kilometre on a
// locally flat Earth, which is another way than the parser's.
func along(p orb.Point, bearing, km float64) orb.Point {
	const perDegree = 111.19508
	for done := 0.0; done < km; {
		step := math.Min(1, km-done)
		p[0] += step * math.Sin(bearing*math.Pi/180) / (perDegree * math.Cos(p[1]*math.Pi/180))
		p[1] += step * math.Cos(bearing*math.Pi/180) / perDegree
		done += step
	}
	return p
}

// The example of Wieczorek, Guo and Hijmans 2004: 9 km NE with an extent and a
// precision of 4.119 km together gives 5.918 km.
func TestOffsetOfThePaper(t *testing.T) {
	found := parser(t).Locate("9 km NE of Bakersfield", "")
	if len(found) == 0 {
		t.Fatal("not found")
	}
	if l := found[0]; math.Abs(l.RadiusM-5918) > 0.02*5918 {
		t.Errorf("radius %.0f m, want 5918", l.RadiusM)
	}
}
