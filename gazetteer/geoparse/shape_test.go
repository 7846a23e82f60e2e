package geoparse_test

import (
	"math"
	"testing"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// The phrases and where they are, worked out by hand from the rules in shape.go
// and the radii of testdata/places.tsv: bearing and distance of the point from
// the place's own, and the radius. A distance is good to a unit of its last
// digit, one that ends in a zero to half of ten; for "12 km north" of a place
// of radius R then, with x = y = 12/√2: √((12+R+1−x)² + y²).
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
	{"18 km east of Homs", "Homs", 90, 18, 17.68, "area"},
	{"8 kilometers south of Tikrit", "Tikrit", 180, 8, 9.269, "area"},
	{"4 miles northwest of Damascus", "Damascus", 315, 6.437, 13.33, "area"},
	{"12 nautical miles west of Beirut", "Beirut", 270, 22.22, 23.42, "area"},
	{"some 40 km north of Baghdad", "Baghdad", 0, 40, 46.35, "area"},
	{"roughly 35 kilometres southeast of Mosul", "Mosul", 135, 35, 18.43, "area"},
	{"more than 60 km west of Baghdad", "Baghdad", 270, 60, 60.1, "area"},
	{"less than 10 km north of Tikrit", "Tikrit", 0, 10, 13.87, "area"},
	{"20 km north-northwest of Baghdad", "Baghdad", 337.5, 20, 25.68, "area"},
	{"15 km SSW of Mosul", "Mosul", 202.5, 15, 10.7, "area"},
	{"30 km north of Baghdad, in Iraq", "Baghdad", 0, 30, 39.89, "area"},
	{"30 km north of Baghdad, Iraq", "Baghdad", 0, 30, 39.89, "area"},
	{"11 km east-northeast of Hama, Syria", "Hama", 67.5, 11, 6.572, "area"},
	{"22 km south-west of Erbil", "Erbil", 225, 22, 12.82, "area"},
	{"7 miles to the north of Hama", "Hama", 0, 11.27, 12.71, "area"},
	{"13 km southeast of the city of Homs", "Homs", 135, 13, 9.412, "area"},
	{"16km west of Erbil", "Erbil", 270, 16, 17, "area"},
	{"two kilometres from Hit", "Hit", 0, 0, 5.5, "area"},
	{"30 km from Baghdad", "Baghdad", 0, 0, 55, "area"},
	{"a few miles outside Damascus", "Damascus", 0, 0, 17.44, "area"},
	{"12 km from Hama", "Hama", 0, 0, 18, "area"},
	{"18 kilometres away from Homs", "Homs", 0, 0, 25, "area"},
	{"within 5 km of Mosul", "Mosul", 0, 0, 14, "area"},
	{"within 10 kilometres of Tikrit", "Tikrit", 0, 0, 14, "area"},
	{"within 25 km of Homs", "Homs", 0, 0, 31, "area"},
	{"eastern Mosul", "Mosul", 90, 6.364, 6.364, "area"},
	{"west Mosul", "Mosul", 270, 6.364, 6.364, "area"},
	{"Mosul's west", "Mosul", 270, 6.364, 6.364, "area"},
	{"the western half of Baghdad", "Baghdad", 270, 14.14, 14.14, "area"},
	{"the eastern side of Damascus", "Damascus", 90, 7.778, 7.778, "area"},
	{"southwestern Damascus", "Damascus", 225, 5.953, 5.953, "area"},
	{"the southern districts of Beirut", "Beirut", 180, 6.364, 6.364, "area"},
	{"in the east of Homs", "Homs", 90, 4.243, 4.243, "area"},
	{"the north of Hama", "Hama", 0, 3.536, 3.536, "area"},
	{"south-eastern Erbil", "Erbil", 135, 3.788, 3.788, "area"},
	{"Homs's northern neighbourhoods", "Homs", 0, 4.243, 4.243, "area"},
	{"in the far south of Baghdad", "Baghdad", 180, 14.14, 14.14, "area"},
	{"the north of Iraq", "Iraq", 0, 403.05, 403.05, "region"},
	{"northern Iraq", "Iraq", 0, 403.05, 403.05, "region"},
	{"north-western Syria", "Syria", 315, 232.71, 232.71, "region"},
	{"the south of Lebanon", "Lebanon", 180, 77.78, 77.78, "region"},
	{"just north of Mosul", "Mosul", 0, 12.73, 12.73, "area"},
	{"to the west of Homs", "Homs", 270, 8.485, 8.485, "area"},
	{"south-east of Homs", "Homs", 135, 6.494, 6.494, "area"},
	{"east of Hama", "Hama", 90, 7.071, 7.071, "area"},
	{"due south of Erbil", "Erbil", 180, 9.899, 9.899, "area"},
	{"central Iraq", "Iraq", 0, 0, 285.00, "region"},
	{"downtown Damascus", "Damascus", 0, 0, 5.5, "area"},
	{"the old town of Homs", "Homs", 0, 0, 3, "area"},
	{"the city centre of Homs", "Homs", 0, 0, 3, "area"},
	{"Damascus city centre", "Damascus", 0, 0, 5.5, "area"},
	{"the heart of Baghdad", "Baghdad", 0, 0, 10, "area"},
	{"central Hama", "Hama", 0, 0, 2.5, "area"},
	{"in the suburbs of Homs", "Homs", 0, 0, 6, "area"},
	{"on the outskirts of Hit", "Hit", 0, 0, 3.125, "area"},
	{"the edge of Mosul", "Mosul", 0, 0, 11.25, "area"},
	{"the outskirts of Erbil", "Erbil", 0, 0, 8.75, "area"},
	{"the northern suburbs of Damascus", "Damascus", 0, 7.778, 7.778, "area"},
	{"the eastern outskirts of Homs", "Homs", 90, 5.341, 5.303, "area"},
	{"the western suburbs of Baghdad", "Baghdad", 270, 14.14, 14.14, "area"},
	{"Erbil's southern outskirts", "Erbil", 180, 6.231, 6.187, "area"},
	{"not far from Tikrit", "Tikrit", 0, 0, 9, "area"},
	{"around Tikrit", "Tikrit", 0, 0, 9, "area"},
	{"nearby Hit", "Hit", 0, 0, 7.5, "area"},
	{"next to Tikrit", "Tikrit", 0, 0, 9, "area"},
	{"the vicinity of Mosul", "Mosul", 0, 0, 18, "area"},
	{"the area around Mosul", "Mosul", 0, 0, 18, "area"},
	{"an area near Hit", "Hit", 0, 0, 7.5, "area"},
	{"near the city of Hama", "Hama", 0, 0, 10, "area"},
	{"close to Erbil, Iraq", "Erbil", 0, 0, 14, "area"},
	{"just outside Homs", "Homs", 0, 0, 12, "area"},
	{"the town of Hit in Iraq", "Hit", 0, 0, 2.5, "settlement"},
	{"the city of Homs, Syria", "Homs", 0, 0, 6, "settlement"},
	{"Homs, Syria", "Homs", 0, 0, 6, "settlement"},
	{"Hit (Iraq)", "Hit", 0, 0, 2.5, "settlement"},
	{"inside Mosul", "Mosul", 0, 0, 9, "settlement"},
	{"the Karrada district of Baghdad", "Karrada", 0, 0, 3, "neighbourhood"},
	{"Baghdad's Karrada district", "Karrada", 0, 0, 3, "neighbourhood"},
	{"Karrada, Baghdad", "Karrada", 0, 0, 3, "neighbourhood"},
	{"the village of Hit, Iraq", "Hit", 0, 0, 2.5, "settlement"},
	{"the Maghazi camp", "Maghazi Camp", 0, 0, 2, "neighbourhood"},
	{"Maghazi refugee camp", "Maghazi Camp", 0, 0, 2, "neighbourhood"},
	{"Nowhere Street, Baghdad", "Baghdad", 0, 0, 20, "settlement"},
	{"halfway between Tikrit and Mosul", "Tikrit", 345.68, 99.62, 99.62, "region"},
	{"between Baghdad and Hit", "Baghdad", 283.34, 74.68, 74.68, "district"},
	{"on the road between Homs and Damascus", "Homs", 196.39, 70.66, 70.66, "district"},
	{"the highway from Baghdad to Tikrit", "Baghdad", 334.84, 77.52, 77.52, "region"},
	{"on the road from Baghdad to Hit", "Baghdad", 283.34, 74.68, 74.68, "district"},
	{"between Homs and Hama", "Homs", 3.51, 22.28, 22.28, "area"},
	{"the road from Mosul to Erbil", "Mosul", 101.29, 40.26, 40.26, "district"},
	{"the Hit-Baghdad road", "Baghdad", 283.34, 74.68, 74.68, "district"},
	{"the road linking Homs and Hama", "Homs", 3.51, 22.28, 22.28, "area"},
	{"15 km from Homs on the road to Damascus", "Homs", 196.39, 15, 9.962, "area"},
	{"25 km from Mosul on the road to Erbil", "Mosul", 101.29, 25, 15.27, "area"},
	{"the border between Iraq and Syria", "Iraq", 293.43, 305.46, 430.00, "region"},
	{"the Iraqi-Syrian border", "Syria", 110.4, 230.43, 430.00, "region"},
	{"Iraq's border with Syria", "Syria", 110.4, 230.43, 430.00, "region"},
	{"off the coast of Lebanon", "Lebanon", 0, 0, 156.30, "water"},
	{"off Beirut", "Beirut", 0, 0, 55.3, "water"},
	{"30 miles off the coast of Beirut", "Beirut", 0, 0, 65.33, "water"},
	{"12 km off Beirut", "Beirut", 0, 0, 22, "water"},
	{"off the southern coast of Lebanon", "Lebanon", 180, 110.00, 101.30, "water"},
	{"the Lebanese coast", "Lebanon", 0, 0, 121.00, "region"},
	{"on the Euphrates near Hit", "Hit", 0, 0, 7.5, "area"},
}

// What names no place has no location, however it is bent.
func TestVaguePhrases(t *testing.T) {
	p := parser(t)
	for _, phrase := range []string{"the region", "the area", "the border", "north of the city", "a nearby village", "the capital", "10 km north of the town", "off the coast", "the outskirts", "between the two towns"} {
		if got := p.Locate(phrase, ""); len(got) > 0 {
			t.Errorf("%q is placed at %s", phrase, got[0].Place.Name)
		}
	}
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
