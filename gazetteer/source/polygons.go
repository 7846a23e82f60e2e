package source

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// readPolygons gives countries their polygons, by ISO numeric code.
func readPolygons(b *build, f files) error {
	return f("countries-10m.json", func(r io.Reader) error {
		var t topology
		if err := json.NewDecoder(r).Decode(&t); err != nil {
			return err
		}
		byNumeric := map[string]*country{}
		for _, c := range b.countries {
			byNumeric[c.numeric] = c
		}
		for _, g := range t.Objects["countries"].Geometries {
			c := byNumeric[g.ID]
			if g.ID == "" {
				c = b.countries[unnumbered[g.Properties.Name]]
			}
			if c == nil {
				continue
			}
			polygons, err := t.polygons(g)
			if err != nil {
				return fmt.Errorf("country %s: %w", g.ID, err)
			}
			c.polygons = append(c.polygons, polygons...)
		}
		return nil
	})
}

// unnumbered are the areas that Natural Earth draws for themselves, and that
// have no number, with the country that GeoNames counts their places to.
var unnumbered = map[string]string{
	"Kosovo": "XK", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Somaliland": "SO", "Baikonur": "KZ", "USNB Guantanamo Bay": "CU",
}

// ownPolygons gives each polygon to the country that most of the places in it
// have by GeoNames: Natural Earth draws Crimea with Russia and French Guiana with
// France. A country keeps its largest polygon.
func (b *build) ownPolygons() {
	moved := map[string]orb.MultiPolygon{}
	towns := newNearest(b.entries)
	for _, iso := range slices.Sorted(maps.Keys(b.countries)) {
		c := b.countries[iso]
		main := -1
		if len(c.polygons) > 0 {
			main = largestIndex(c.polygons)
		}
		for k, polygon := range c.polygons {
			to := iso
			if k != main {
				to = towns.countryOf(polygon, iso)
			}
			moved[to] = append(moved[to], polygon)
		}
	}
	for iso, c := range b.countries {
		c.polygons = moved[iso]
	}
}

// countryOf is the country of most of the places in a polygon, the one given
// where there is none.
func (n *nearest) countryOf(polygon orb.Polygon, otherwise string) string {
	count := map[string]int{}
	n.within(polygon.Bound(), func(e *entry) {
		if contains(polygon, e.Point) {
			count[e.Country]++
		}
	})
	best := otherwise
	for _, iso := range slices.Sorted(maps.Keys(count)) {
		if count[iso] > count[best] {
			best = iso
		}
	}
	return best
}

// topology is a TopoJSON document (the TopoJSON Format Specification, 2.1).
type topology struct {
	Transform struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	} `json:"transform"`
	Arcs    [][][2]float64 `json:"arcs"`
	Objects map[string]struct {
		Geometries []topoGeometry `json:"geometries"`
	} `json:"objects"`
}

type topoGeometry struct {
	Type string          `json:"type"`
	ID   string          `json:"id"`
	Arcs json.RawMessage `json:"arcs"`

	Properties struct {
		Name string `json:"name"`
	} `json:"properties"`
}

func (t *topology) polygons(g topoGeometry) (orb.MultiPolygon, error) {
	var all [][][]int
	switch g.Type {
	case "Polygon":
		var one [][]int
		if err := json.Unmarshal(g.Arcs, &one); err != nil {
			return nil, err
		}
		all = [][][]int{one}
	case "MultiPolygon":
		if err := json.Unmarshal(g.Arcs, &all); err != nil {
			return nil, err
		}
	}
	var out orb.MultiPolygon
	for _, rings := range all {
		var p orb.Polygon
		for _, arcs := range rings {
			ring, err := t.ring(arcs)
			if err != nil {
				return nil, err
			}
			if len(ring) > 0 {
				p = append(p, ring)
			} else if len(p) == 0 {
				break // without its outline the holes are none
			}
		}
		if len(p) > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

// ring joins arcs end to end; a negative number is an arc walked backwards.
func (t *topology) ring(arcs []int) (orb.Ring, error) {
	var ring orb.Ring
	for _, a := range arcs {
		backwards := a < 0
		if backwards {
			a = ^a
		}
		if a >= len(t.Arcs) {
			return nil, fmt.Errorf("no arc %d", a)
		}
		points := t.arc(a)
		if backwards {
			for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
				points[i], points[j] = points[j], points[i]
			}
		}
		if len(ring) > 0 && len(points) > 0 {
			points = points[1:]
		}
		ring = append(ring, points...)
	}
	if len(ring) < 4 {
		return nil, nil // an island that the simplification left nothing of
	}
	for _, p := range ring {
		if !(math.Abs(p.Lon()) <= 181 && math.Abs(p.Lat()) <= 91) {
			return nil, fmt.Errorf("point %v is not on the Earth", p)
		}
	}
	return unbroken(ring), nil
}

// unbroken is a ring without the leap at 180°: its longitudes may then pass it.
// A ring around the pole is closed along it.
func unbroken(ring orb.Ring) orb.Ring {
	for k := 1; k < len(ring); k++ {
		for ring[k][0]-ring[k-1][0] > 180 {
			ring[k][0] -= 360
		}
		for ring[k][0]-ring[k-1][0] < -180 {
			ring[k][0] += 360
		}
	}
	if first, last := ring[0], ring[len(ring)-1]; math.Abs(first[0]-last[0]) > 180 {
		pole := math.Copysign(90, first[1])
		ring = append(ring, orb.Point{last[0], pole}, orb.Point{first[0], pole}, first)
	}
	return ring
}

// contains reports whether a point lies in a polygon whose longitudes may pass 180°.
func contains(polygon orb.Polygon, p orb.Point) bool {
	bound := polygon.Bound()
	for _, shift := range []float64{0, 360, -360} {
		at := orb.Point{p.Lon() + shift, p.Lat()}
		if bound.Contains(at) && planar.PolygonContains(polygon, at) {
			return true
		}
	}
	return false
}

// normal is a point with its longitude brought back to ±180°.
func normal(p orb.Point) orb.Point {
	for p[0] > 180 {
		p[0] -= 360
	}
	for p[0] < -180 {
		p[0] += 360
	}
	return p
}

// arc undoes the delta coding and quantisation.
func (t *topology) arc(k int) []orb.Point {
	points := make([]orb.Point, len(t.Arcs[k]))
	var x, y float64
	for i, d := range t.Arcs[k] {
		x, y = x+d[0], y+d[1]
		points[i] = orb.Point{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]}
	}
	return points
}

// largest polygon of a country, by area on the sphere's cylinder.
func largest(m orb.MultiPolygon) orb.Polygon { return m[largestIndex(m)] }

func largestIndex(m orb.MultiPolygon) int {
	best, most := 0, -1.0
	for k, p := range m {
		if a := math.Abs(planar.Area(p)) * math.Cos(p.Bound().Center().Lat()*math.Pi/180); a > most {
			best, most = k, a
		}
	}
	return best
}
