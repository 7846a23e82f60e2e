package source

import (
	"math"
	"slices"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// regions is a grid over the largest parts of a country: each cell inside its
// polygons belongs to the first-level division of the nearest place.
type regions struct {
	origin       orb.Point // south-west corner
	size         float64   // of a cell, degrees
	across, down int
	division     []string // by cell; empty outside the country
	depth        []int    // cells to the nearest cell of another division
}

// gridCells bounds the cells along the longer side of a country.
const gridCells = 160

func newRegions(c *country, places []*entry) *regions {
	if c == nil || len(c.polygons) == 0 || len(places) == 0 {
		return &regions{}
	}
	bound := orb.Bound{Min: places[0].Point, Max: places[0].Point}
	for _, e := range places {
		bound = bound.Extend(e.Point)
	}
	r := &regions{origin: bound.Min}
	r.size = max(max(bound.Max.Lon()-bound.Min.Lon(), bound.Max.Lat()-bound.Min.Lat())/gridCells, 0.005)
	r.origin = orb.Point{bound.Min.Lon() - r.size, bound.Min.Lat() - r.size}
	r.across = int((bound.Max.Lon()-r.origin.Lon())/r.size) + 2
	r.down = int((bound.Max.Lat()-r.origin.Lat())/r.size) + 2
	r.division = make([]string, r.across*r.down)
	r.fill(c.polygons, places)
	r.measure()
	return r
}

func (r *regions) center(k int) orb.Point {
	return orb.Point{r.origin.Lon() + (float64(k%r.across)+0.5)*r.size, r.origin.Lat() + (float64(k/r.across)+0.5)*r.size}
}

// fill gives each cell inside the country the division of the nearest place,
// spreading from the places' own cells.
func (r *regions) fill(polygons orb.MultiPolygon, places []*entry) {
	owner := make([]*entry, len(r.division))
	var queue []int
	for _, e := range places {
		k := r.cell(e.Point)
		if e.Admin1 != "" && (owner[k] == nil || owner[k].Population < e.Population) {
			if owner[k] == nil {
				queue = append(queue, k)
			}
			owner[k] = e
		}
	}
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		for _, next := range r.neighbours(k) {
			at := r.center(next)
			if have := owner[next]; have == nil || gazetteer.DistanceM(at, owner[k].Point) < gazetteer.DistanceM(at, have.Point)-1 {
				owner[next] = owner[k]
				queue = append(queue, next)
			}
		}
	}
	inside := r.inside(polygons)
	for k, e := range owner {
		if e != nil && inside[k] {
			r.division[k] = e.Admin1
		}
	}
}

// inside marks the cells whose middle lies in the polygons: for each row the
// edges that cross it, from west to east, open and close them (even-odd rule).
func (r *regions) inside(polygons orb.MultiPolygon) []bool {
	rows := make([][]float64, r.down)
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for k := 0; k+1 < len(ring); k++ {
				for _, shift := range []float64{0, 360, -360} {
					r.cross(rows, orb.Point{ring[k].Lon() + shift, ring[k].Lat()}, orb.Point{ring[k+1].Lon() + shift, ring[k+1].Lat()})
				}
			}
		}
	}
	inside := make([]bool, len(r.division))
	for y, crossings := range rows {
		slices.Sort(crossings)
		for k := 0; k+1 < len(crossings); k += 2 {
			from, to := r.column(crossings[k]), r.column(crossings[k+1])
			for x := max(from, 0); x < min(to, r.across); x++ {
				inside[y*r.across+x] = true
			}
		}
	}
	return inside
}

// cross adds to each row whose middle an edge crosses the longitude where it
// does.
func (r *regions) cross(rows [][]float64, a, b orb.Point) {
	if a.Lat() > b.Lat() {
		a, b = b, a
	}
	first := int(math.Ceil((a.Lat()-r.origin.Lat())/r.size - 0.5))
	for y := max(first, 0); y < r.down; y++ {
		lat := r.origin.Lat() + (float64(y)+0.5)*r.size
		if lat >= b.Lat() {
			return
		}
		rows[y] = append(rows[y], a.Lon()+(lat-a.Lat())/(b.Lat()-a.Lat())*(b.Lon()-a.Lon()))
	}
}

// column is the first one whose middle is not west of a longitude.
func (r *regions) column(lon float64) int {
	return int(math.Ceil((lon-r.origin.Lon())/r.size - 0.5))
}

func (r *regions) cell(p orb.Point) int {
	return int((p.Lat()-r.origin.Lat())/r.size)*r.across + int((p.Lon()-r.origin.Lon())/r.size)
}

func (r *regions) neighbours(k int) []int {
	var all []int
	x, y := k%r.across, k/r.across
	if x > 0 {
		all = append(all, k-1)
	}
	if x+1 < r.across {
		all = append(all, k+1)
	}
	if y > 0 {
		all = append(all, k-r.across)
	}
	if y+1 < r.down {
		all = append(all, k+r.across)
	}
	return all
}

// measure counts for each cell the steps to the nearest cell of another
// division or outside.
func (r *regions) measure() {
	r.depth = make([]int, len(r.division))
	var queue []int
	for k := range r.division {
		neighbours := r.neighbours(k)
		edge := len(neighbours) < 4
		for _, n := range neighbours {
			edge = edge || r.division[n] != r.division[k]
		}
		r.depth[k] = math.MaxInt
		if edge {
			r.depth[k] = 0
			queue = append(queue, k)
		}
	}
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		for _, n := range r.neighbours(k) {
			if r.division[n] == r.division[k] && r.depth[n] > r.depth[k]+1 {
				r.depth[n] = r.depth[k] + 1
				queue = append(queue, n)
			}
		}
	}
}

// interior is the deepest cell of a division, the one nearest to the middle of
// the deepest, and the distance in metres to the farthest of its cells that lies
// hardly farther off than its places.
func (r *regions) interior(division string, own []*entry) (at orb.Point, reachM float64, ok bool) {
	deepest := -1
	var sum orb.Point
	n := 0.0
	for k, d := range r.division {
		if d != division || r.depth[k] < deepest {
			continue
		}
		if r.depth[k] > deepest {
			deepest, sum, n = r.depth[k], orb.Point{}, 0
		}
		c := r.center(k)
		sum, n = orb.Point{sum[0] + c[0], sum[1] + c[1]}, n+1
	}
	if n == 0 {
		return at, 0, false
	}
	middle, best := orb.Point{sum[0] / n, sum[1] / n}, math.Inf(1)
	for k, d := range r.division {
		if d == division && r.depth[k] == deepest {
			if far := gazetteer.DistanceM(middle, r.center(k)); far < best {
				at, best = r.center(k), far
			}
		}
	}
	limit := 1.5*farthest(at, own) + divisionMarginM
	for k, d := range r.division {
		if d == division {
			if far := gazetteer.DistanceM(at, r.center(k)); far <= limit {
				reachM = max(reachM, far)
			}
		}
	}
	return at, reachM + r.size*111_000/2, true
}
