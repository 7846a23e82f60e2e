package index

import (
	"bytes"
	"cmp"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// gridBits: a tile that has too many points has 2^gridBits cells a side, each of
// which becomes a cluster.
const gridBits = 5

const (
	cellsASide = 1 << gridBits
	maxClasses = 16
)

// cell of the grid: what its members come to, and the one nearest to their mean.
type cell struct {
	sumX, sumY uint64 // in the tile, units of the world
	minX, minY uint32 // of the world, as are the next two
	maxX, maxY uint32
	count      uint32
	stated     uint32 // members with a toll
	toll       int64
	classes    [maxClasses]uint32
	nearest
}

// reach makes the cell's bounds hold a spot of the world, or those of another cell.
func (c *cell) reach(minX, minY, maxX, maxY uint32) {
	if c.count == 0 {
		c.minX, c.minY = minX, minY
	}
	c.minX, c.minY, c.maxX, c.maxY = min(c.minX, minX), min(c.minY, minY), max(c.maxX, maxX), max(c.maxY, maxY)
}

// legend is what drawing asks of a layer's codes.
type legend struct {
	by    *column // that the classes are of; nil where the layer has none
	class []int8  // place in Look.By.Classes by code; -1 is none
	toll  []int64 // by code
}

func (d *drawing) legend(l *layer) legend {
	g, made := d.legends[l.segment]
	if !made {
		g = legendOf(l, d.look)
		d.legends[l.segment] = g
	}
	return g
}

func legendOf(l *layer, look Look) legend {
	name := cmp.Or(look.By.Field, dayColumn)
	g := legend{by: l.columns[name], class: []int8{int8(look.By.Class(nil, look.Today))}}
	if g.by != nil {
		field, _ := geo.FieldByName(name)
		for k := range g.by.keys.len() {
			var value any = string(g.by.keys.get(k))
			if field.Kind == geo.KindInt {
				value = intOfKey(g.by.keys.get(k))
			}
			g.class = append(g.class, int8(look.By.Class(value, look.Today)))
		}
	}
	if c := l.columns["killed_best"]; c != nil {
		g.toll = make([]int64, c.keys.len()+1)
		for k := range c.keys.len() {
			g.toll[k+1] = intOfKey(c.keys.get(k))
		}
	}
	return g
}

// add counts a row.
func (c *cell) add(g legend, row uint32, toll *column) {
	c.count++
	if class := g.class[g.by.code(row)]; class >= 0 {
		c.classes[class&(maxClasses-1)]++
	}
	if code := toll.code(row); code > 0 {
		c.stated++
		c.toll += g.toll[code]
	}
}

type grid [cellsASide * cellsASide]cell

// clusters draws a cell a cluster, and an incident where it is alone in its cell.
func (d *drawing) clusters() {
	var all grid
	for k := range d.runs {
		d.gather(&d.runs[k], &all)
	}
	for k := range d.runs {
		d.nearest(&d.runs[k], &all)
	}
	for k := range all {
		switch c := &all[k]; c.count {
		case 0:
		case 1:
			d.out.Marks = append(d.out.Marks, d.mark(c.near.layer, c.near.row))
		default:
			d.out.Clusters = append(d.out.Clusters, d.cluster(c))
		}
	}
}

func (d *drawing) cluster(c *cell) Cluster {
	l, row := c.near.layer, c.near.row
	out := Cluster{Member: l.id(row), At: orb.Point{l.lon[row], l.lat[row]}, Count: int(c.count), Unknown: int(c.count - c.stated)}
	out.X, out.Y = d.spot(l, row)
	for k := range d.look.By.Classes {
		out.Mix = append(out.Mix, int(c.classes[k]))
	}
	north, south := lonLat(c.minX, c.minY), lonLat(c.maxX, c.maxY)
	out.Bounds = orb.Bound{Min: orb.Point{north[0], south[1]}, Max: orb.Point{south[0], north[1]}}
	if c.stated > 0 {
		out.Toll = &c.toll
	}
	return out
}

// place of a row in the grid, and its offset in the tile.
func (d *drawing) place(l *layer, row uint32) (k int, x, y uint64) {
	x, y = uint64(l.x[row])-uint64(d.tile.X)<<d.width, uint64(l.y[row])-uint64(d.tile.Y)<<d.width
	return int(y>>(d.width-gridBits))<<gridBits | int(x>>(d.width-gridBits)), x, y
}

// gather what the cells' members come to, on two processors where they are many.
func (d *drawing) gather(r *run, all *grid) {
	g := d.legend(r.layer)
	toll := r.layer.columns["killed_best"]
	var second grid
	halves(r.from, r.to, func(half, from, to int) {
		cells := all
		if half == 1 {
			cells = &second
		}
		r.each(from, to, func(row uint32) {
			k, x, y := d.place(r.layer, row)
			c := &cells[k]
			c.reach(r.layer.x[row], r.layer.y[row], r.layer.x[row], r.layer.y[row])
			c.sumX += x
			c.sumY += y
			c.add(g, row, toll)
		})
	})
	for k := range second {
		if from := &second[k]; from.count > 0 {
			into := &all[k]
			into.reach(from.minX, from.minY, from.maxX, from.maxY)
			into.count += from.count
			into.stated += from.stated
			into.sumX += from.sumX
			into.sumY += from.sumY
			into.toll += from.toll
			for n := range from.classes {
				into.classes[n] += from.classes[n]
			}
		}
	}
}

// nearest finds the member nearest to each cell's mean. Of several the one with
// the lowest x, y and id, so that it is the same whatever layer has it.
func (d *drawing) nearest(r *run, all *grid) {
	type mean struct{ x, y float64 }
	var means [cellsASide * cellsASide]mean
	for k := range all {
		if n := float64(all[k].count); n > 0 {
			means[k] = mean{float64(all[k].sumX) / n, float64(all[k].sumY) / n}
		}
	}
	var second [cellsASide * cellsASide]nearest
	halves(r.from, r.to, func(half, from, to int) {
		r.each(from, to, func(row uint32) {
			k, x, y := d.place(r.layer, row)
			best, m := &all[k].nearest, &means[k]
			if half == 1 {
				best = &second[k]
			}
			dx, dy := float64(x)-m.x, float64(y)-m.y
			if far := dx*dx + dy*dy; best.near.layer == nil || far <= best.distance {
				best.take(nearest{Hit{r.layer, row}, far})
			}
		})
	})
	for k := range second {
		if second[k].near.layer != nil {
			all[k].take(second[k])
		}
	}
}

// nearest is the member of a cell that is nearest to its mean, so far.
type nearest struct {
	near     Hit
	distance float64
}

func (n *nearest) take(o nearest) {
	if n.near.layer == nil || o.distance < n.distance || o.distance == n.distance && comesBefore(o.near, n.near) {
		*n = o
	}
}

func comesBefore(a, b Hit) bool {
	ax, ay, bx, by := a.layer.x[a.row], a.layer.y[a.row], b.layer.x[b.row], b.layer.y[b.row]
	switch {
	case ax != bx:
		return ax < bx
	case ay != by:
		return ay < by
	case a.layer == b.layer: // rows at one spot stand by id
		return a.row < b.row
	}
	return bytes.Compare(a.layer.ids.get(int(a.row)), b.layer.ids.get(int(b.row))) < 0
}
