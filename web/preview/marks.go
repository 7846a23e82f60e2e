package preview

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// usual diameter of a mark in pixels; a shared picture is seen small.
const usual = 40

// extents are hatched; each has a square badge at its edge.
func (r *Renderer) extents(c *canvas, f *frame, s *Scene) error {
	for k := range s.Extents {
		e := &s.Extents[k]
		shapes, masks := f.rings(e.Rings), f.rings(e.Masks)
		if size := bounds(shapes); len(shapes) == 0 || size.Dx() < smallest && size.Dy() < smallest {
			continue
		}
		var outside *image.Alpha
		if len(masks) > 0 {
			outside = c.mask(masks)
		}
		inside := c.mask(shapes)
		within := bounds(shapes).Intersect(image.Rect(0, 0, f.w, f.h))
		c.hatch(inside, outside, within, hex(e.Color))
		edge := image.NewAlpha(inside.Bounds())
		line := newCanvasOn(c)
		line.stroke(closed(shapes), 2.2, color.RGBA{255, 255, 255, 255})
		for n := range edge.Pix {
			edge.Pix[n] = line.img.Pix[4*n+3]
		}
		c.paintMasked(edge, outside, within, hex(e.Color))
	}
	for _, circle := range s.Circles {
		r.circle(c, f, circle)
	}
	return nil
}

// closed shapes end where they begin.
func closed(shapes [][]point) [][]point {
	out := make([][]point, len(shapes))
	for k, s := range shapes {
		out[k] = append(slices.Clone(s), s[0])
	}
	return out
}

// newCanvasOn is an empty canvas of the same size.
func newCanvasOn(c *canvas) *canvas {
	b := c.img.Bounds()
	return newCanvas(b.Dx(), b.Dy(), c.fonts)
}

func (f *frame) rings(rings []orb.Ring) [][]point {
	var all [][]point
	for _, r := range rings {
		all = append(all, f.line(r)...)
	}
	return all
}

// badgeAt is where an extent's badge stands: at its top where that is seen, in the
// middle of a small one, else at the top of the map.
func badgeAt(f *frame, e *Extent) point {
	at, found := point{float64(f.w) / 2, 40}, false
	shapes := f.rings(e.Rings)
	if size := bounds(shapes); size.Dx() < smallest && size.Dy() < smallest {
		at, found, shapes = point{float64(size.Min.X+size.Max.X) / 2, float64(size.Min.Y+size.Max.Y) / 2}, true, nil
	}
	for _, shape := range shapes {
		for _, p := range shape {
			if f.holds(p, 30) && (!found || p.y < at.y) {
				at, found = p, true
			}
		}
	}
	return at
}

func (r *Renderer) badge(c *canvas, f *frame, e *Extent) {
	at := badgeAt(f, e)
	const half = 19
	square := func(by float64) [][]point {
		return [][]point{{{at.x - by, at.y - by}, {at.x + by, at.y - by}, {at.x + by, at.y + by}, {at.x - by, at.y + by}}}
	}
	c.fill(square(half+2), colours.paper)
	c.fill(square(half), colours.ink)
	c.fill(square(half-2), colours.paper)
	if e.Count > 1 {
		text := strconv.Itoa(e.Count)
		c.text(text, bold, 18, at.x-c.width(text, bold, 18)/2, at.y+6.5, colours.ink)
		return
	}
	c.glyph(e.Glyph, at, 24, colours.ink)
}

// circle that holds a mark's place, where it is seen around the mark.
func (r *Renderer) circle(c *canvas, f *frame, circle Circle) {
	ring := geo.Circle(circle.At, circle.RadiusM, 128)[0]
	middle := f.near(circle.At)
	turn := middle.x - f.pixel(circle.At).x
	shape := make([]point, len(ring))
	for k, p := range ring {
		at := f.pixel(p)
		shape[k] = point{at.x + turn, at.y}
	}
	col := hex(circle.Color)
	c.fill([][]point{shape}, faint(col, 0.14))
	c.stroke([][]point{shape}, 4, faint(colours.ink, 0.25))
	c.stroke([][]point{shape}, 2.4, col)
}

// marks and badges are drawn as given, the last uppermost.
func (r *Renderer) marks(c *canvas, f *frame, s *Scene) error {
	for k := range s.Extents {
		r.badge(c, f, &s.Extents[k])
	}
	for k := range s.Marks {
		m := &s.Marks[k]
		if at := f.near(m.At); !f.holds(at, -40) {
			continue
		} else if m.Count > 1 {
			r.cluster(c, at, m)
		} else {
			r.mark(c, at, m)
		}
	}
	return nil
}

func (m *Mark) diameter() float64 {
	switch {
	case m.Count > 1:
		return clusterSize(m.Count)
	case m.Size > 0:
		return m.Size
	}
	return usual
}

func (r *Renderer) mark(c *canvas, at point, m *Mark) {
	d := m.diameter()
	col := hex(m.Color)
	c.disc(at, d/2+4, faint(colours.paper, 0.9))
	c.disc(at, d/2+1.5, colours.ink)
	if m.Ring {
		c.disc(at, d/2-1, col)
		c.disc(at, d/2-1-d*0.16, colours.paper)
		c.glyph(m.Glyph, at, d*0.46, colours.ink)
		return
	}
	c.disc(at, d/2-1, col)
	c.glyph(m.Glyph, at, d*0.62, hex(m.GlyphColor))
}

// clusterSize is the diameter of a donut.
func clusterSize(n int) float64 { return 46 + 7*math.Min(4, math.Log10(float64(n))) }

// cluster is a donut of its groups, with the count inside.
func (r *Renderer) cluster(c *canvas, at point, m *Mark) {
	d := m.diameter()
	c.disc(at, d/2+2, colours.ink)
	c.disc(at, d/2, colours.paper)
	from := 0.0
	for _, s := range m.Shares {
		to := from + float64(s.Count)/float64(m.Count)
		c.ring(at, d/2-5.5, 9, from, to, hex(s.Color))
		from = to
	}
	text := short(m.Count)
	size := 17.0
	if len(text) > 3 {
		size = 14
	}
	c.text(text, bold, size, at.x-c.width(text, bold, size)/2, at.y+size*0.36, colours.ink)
}

// short is a count in at most four signs: 999, 1.2k, 81k, 1.2M.
func short(n int) string {
	for _, unit := range []struct {
		of   int
		sign string
	}{{1_000_000, "M"}, {1000, "k"}} {
		if x := float64(n) / float64(unit.of); x >= 9.95 {
			return strconv.Itoa(int(math.Round(x))) + unit.sign
		} else if x >= 0.9995 {
			return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0") + unit.sign
		}
	}
	return strconv.Itoa(n)
}

// labels are the names of countries that have room, and of places, none over
// another, over a mark or over the small map.
func (r *Renderer) labels(c *canvas, f *frame, s *Scene) error {
	var taken []rect
	for k := range s.Marks {
		at, d := f.near(s.Marks[k].At), s.Marks[k].diameter()/2+4
		taken = append(taken, rect{at.x - d, at.y - d, at.x + d, at.y + d})
	}
	for k := range s.Extents {
		at := badgeAt(f, &s.Extents[k])
		taken = append(taken, rect{at.x - 26, at.y - 26, at.x + 26, at.y + 26})
	}
	if r.located(f, s) {
		x := float64(f.w - locatorW - locatorPad)
		taken = append(taken, rect{x - 8, 0, float64(f.w), locatorH + locatorPad + 8})
	}
	place := func(b rect) bool {
		if b.x0 < 6 || b.y0 < 6 || b.x1 > float64(f.w)-6 || b.y1 > float64(f.h)-6 {
			return false
		}
		for _, o := range taken {
			if b.x0 < o.x1 && b.x1 > o.x0 && b.y0 < o.y1 && b.y1 > o.y0 {
				return false
			}
		}
		taken = append(taken, b)
		return true
	}
	if r.base != nil && s.Country != nil {
		if err := r.base.load(); err != nil {
			return err
		}
		r.countries(c, f, s, place)
	}
	if s.Labels != nil {
		r.towns(c, f, s, place)
	}
	return nil
}

type rect struct{ x0, y0, x1, y1 float64 }

func (r *Renderer) countries(c *canvas, f *frame, s *Scene, place func(rect) bool) {
	if f.zoom >= 8 {
		return
	}
	const size = 19
	for _, n := range r.base.places {
		at := f.near(n.at)
		name := strings.ToUpper(Drawable(s.Country(n.code)))
		wide := c.width(name, regular, size)
		if name == "" || n.wide*f.world/360*1.15 < wide || !place(rect{at.x - wide/2 - 4, at.y - 14, at.x + wide/2 + 4, at.y + 10}) {
			continue
		}
		c.haloed(name, regular, size, at.x-wide/2, at.y+6, faint(colours.label, 0.85), faint(colours.land, 0.8))
	}
}

// beside is how far the name of a town that lies under a mark moves to stand next
// to it; 0 where none does.
func (s *Scene) beside(f *frame, at point) float64 {
	for k := range s.Marks {
		mark, radius := f.near(s.Marks[k].At), s.Marks[k].diameter()/2
		if math.Hypot(mark.x-at.x, mark.y-at.y) < radius {
			return mark.x - at.x + radius + 12
		}
	}
	return 0
}

func (r *Renderer) towns(c *canvas, f *frame, s *Scene, place func(rect) bool) {
	const size, most = 17, 26
	n := 0
	for _, l := range s.Labels(f.box(), f.zoom) {
		at := f.near(l.At)
		name := Drawable(l.Name)
		w := regular
		if l.Capital {
			w = bold
		}
		wide := c.width(name, w, size)
		beside := s.beside(f, at)
		at.x += beside
		if name == "" || n == most || !place(rect{at.x - 6, at.y - 12, at.x + wide + 14, at.y + 9}) {
			continue
		}
		n++
		if beside > 0 {
			c.haloed(name, w, size, at.x+8, at.y+6, colours.label, colours.land)
			continue
		}
		c.disc(at, 3.6, colours.land)
		c.disc(at, 2.6, colours.label)
		c.haloed(name, w, size, at.x+8, at.y+6, colours.label, colours.land)
	}
}
