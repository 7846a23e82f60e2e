package preview

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strconv"

	"golang.org/x/image/vector"
)

// colours of the page's light map.
var colours = struct {
	land, sea, river, border, label, ink, muted, paper, hair, accent color.RGBA
}{
	hex("#F4F1EA"), hex("#D9E4EA"), hex("#C3D5DE"), hex("#B9B2A3"), hex("#5B574E"),
	hex("#1C1B19"), hex("#62605A"), hex("#FFFFFF"), hex("#DEDBD4"), hex("#0B6BCB"),
}

// hex reads #RRGGBB; grey where it is none.
func hex(text string) color.RGBA {
	if len(text) == 7 && text[0] == '#' {
		if n, err := strconv.ParseUint(text[1:], 16, 32); err == nil {
			return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
		}
	}
	return color.RGBA{119, 119, 119, 255}
}

// faint is a colour of this opacity, alpha-premultiplied.
func faint(c color.RGBA, opacity float64) color.RGBA {
	scale := func(x uint8) uint8 { return uint8(math.Round(float64(x) * opacity)) }
	return color.RGBA{scale(c.R), scale(c.G), scale(c.B), scale(c.A)}
}

// canvas draws anti-aliased shapes on an image.
type canvas struct {
	img   *image.RGBA
	ras   *vector.Rasterizer
	part  image.Rectangle // what the rasterizer covers
	fonts fonts
	faces map[faceKey]face
}

func newCanvas(w, h int, f fonts) *canvas {
	return &canvas{img: image.NewRGBA(image.Rect(0, 0, w, h)), ras: vector.NewRasterizer(w, h), fonts: f, faces: map[faceKey]face{}}
}

func (c *canvas) fillRect(r image.Rectangle, col color.RGBA) {
	draw.Draw(c.img, r, image.NewUniform(col), image.Point{}, draw.Over)
}

// begin shapes within a part of the picture; false where none of it is seen.
func (c *canvas) begin(part image.Rectangle) bool {
	if c.part = part.Intersect(c.img.Bounds()); c.part.Empty() {
		return false
	}
	c.ras.Reset(c.part.Dx(), c.part.Dy())
	return true
}

func (c *canvas) paint(col color.RGBA) {
	c.ras.Draw(c.img, c.part, image.NewUniform(col), image.Point{})
}

// The pen, in pixels of the picture.
func (c *canvas) moveTo(x, y float64) { c.ras.MoveTo(c.local(x, y)) }
func (c *canvas) lineTo(x, y float64) { c.ras.LineTo(c.local(x, y)) }

func (c *canvas) local(x, y float64) (float32, float32) {
	return float32(x - float64(c.part.Min.X)), float32(y - float64(c.part.Min.Y))
}

// trace adds closed shapes; holes run the other way round. What lies far beyond
// the picture is cut off, since the rasterizer works in 32 bits.
func (c *canvas) trace(shapes [][]point) {
	b := c.part
	for _, s := range shapes {
		s = clip(s, float64(b.Min.X)-64, float64(b.Min.Y)-64, float64(b.Max.X)+64, float64(b.Max.Y)+64)
		if len(s) < 3 {
			continue
		}
		c.moveTo(s[0].x, s[0].y)
		for _, p := range s[1:] {
			c.lineTo(p.x, p.y)
		}
		c.ras.ClosePath()
	}
}

// clip a closed shape to a box (Sutherland and Hodgman 1974).
func clip(shape []point, w, n, e, s float64) []point {
	cut := func(in []point, inside func(point) bool, cross func(a, b point) point) []point {
		var out []point
		for k, b := range in {
			a := in[(k+len(in)-1)%len(in)]
			if inside(a) != inside(b) {
				out = append(out, cross(a, b))
			}
			if inside(b) {
				out = append(out, b)
			}
		}
		return out
	}
	atX := func(x float64) func(a, b point) point {
		return func(a, b point) point { return point{x, a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)} }
	}
	atY := func(y float64) func(a, b point) point {
		return func(a, b point) point { return point{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), y} }
	}
	shape = cut(shape, func(p point) bool { return p.x >= w }, atX(w))
	shape = cut(shape, func(p point) bool { return p.x <= e }, atX(e))
	shape = cut(shape, func(p point) bool { return p.y >= n }, atY(n))
	return cut(shape, func(p point) bool { return p.y <= s }, atY(s))
}

func (c *canvas) fill(shapes [][]point, col color.RGBA) {
	if !c.begin(bounds(shapes)) {
		return
	}
	c.trace(shapes)
	c.paint(col)
}

// bounds of shapes in whole pixels, with room for their edges.
func bounds(shapes [][]point) image.Rectangle {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range shapes {
		for _, p := range s {
			low.x, low.y, high.x, high.y = math.Min(low.x, p.x), math.Min(low.y, p.y), math.Max(high.x, p.x), math.Max(high.y, p.y)
		}
	}
	whole := func(x float64) int { return int(math.Max(-1e6, math.Min(1e6, x))) }
	return image.Rect(whole(low.x)-3, whole(low.y)-3, whole(high.x)+4, whole(high.y)+4)
}

// mask is where shapes are, as opacity.
func (c *canvas) mask(shapes [][]point) *image.Alpha {
	b := c.img.Bounds()
	m := image.NewAlpha(b)
	if c.begin(bounds(shapes)) {
		c.trace(shapes)
		c.ras.DrawOp = draw.Src
		c.ras.Draw(m, c.part, image.Opaque, image.Point{})
		c.ras.DrawOp = draw.Over
	}
	return m
}

// stroke lines of this width.
func (c *canvas) stroke(lines [][]point, width float64, col color.RGBA) {
	if !c.begin(bounds(lines).Inset(-int(width))) {
		return
	}
	for _, l := range lines {
		c.segments(l, width)
	}
	c.paint(col)
}

// segments adds a line's pieces as rectangles that run the same way round, so that
// what they share is filled once; ends reach a little on, so that corners close.
func (c *canvas) segments(line []point, width float64) {
	b := c.part
	reach := math.Min(width/2, 1)
	for k := 1; k < len(line); k++ {
		p, q := line[k-1], line[k]
		if math.Max(p.x, q.x) < float64(b.Min.X)-width || math.Max(p.y, q.y) < float64(b.Min.Y)-width ||
			math.Min(p.x, q.x) > float64(b.Max.X)+width || math.Min(p.y, q.y) > float64(b.Max.Y)+width {
			continue
		}
		d := math.Hypot(q.x-p.x, q.y-p.y)
		if d == 0 || d > 1e5 {
			continue
		}
		ux, uy := (q.x-p.x)/d, (q.y-p.y)/d
		nx, ny := -uy*width/2, ux*width/2
		px, py, qx, qy := p.x-ux*reach, p.y-uy*reach, q.x+ux*reach, q.y+uy*reach
		c.moveTo(px+nx, py+ny)
		c.lineTo(qx+nx, qy+ny)
		c.lineTo(qx-nx, qy-ny)
		c.lineTo(px-nx, py-ny)
		c.ras.ClosePath()
	}
}

// dash strokes lines in pieces of this length with gaps between.
func (c *canvas) dash(lines [][]point, width, on, off float64, col color.RGBA) {
	if !c.begin(bounds(lines).Inset(-int(width))) {
		return
	}
	for _, l := range lines {
		c.dashes(l, width, on, off)
	}
	c.paint(col)
}

func (c *canvas) dashes(line []point, width, on, off float64) {
	left, drawn := on, true
	for k := 1; k < len(line); k++ {
		p, q := line[k-1], line[k]
		d := math.Hypot(q.x-p.x, q.y-p.y)
		if d > 1e5 {
			continue
		}
		for at := 0.0; at < d; {
			step := math.Min(left, d-at)
			if drawn {
				from, to := at/d, (at+step)/d
				c.segments([]point{{p.x + (q.x-p.x)*from, p.y + (q.y-p.y)*from}, {p.x + (q.x-p.x)*to, p.y + (q.y-p.y)*to}}, width)
			}
			at += step
			if left -= step; left <= 1e-9 {
				drawn = !drawn
				left = off
				if drawn {
					left = on
				}
			}
		}
	}
}

// disc of a radius.
func (c *canvas) disc(at point, radius float64, col color.RGBA) {
	c.fill([][]point{arc(at, radius, 0, 1)}, col)
}

// ring of a line of this width around a radius, from and to in turns from the top.
func (c *canvas) ring(at point, radius, width, from, to float64, col color.RGBA) {
	outer, inner := arc(at, radius+width/2, from, to), arc(at, radius-width/2, from, to)
	if to-from >= 1 {
		c.fill([][]point{outer, backwards(inner)}, col)
		return
	}
	c.fill([][]point{append(outer, backwards(inner)...)}, col)
}

// arc in points, from and to in turns clockwise from the top.
func arc(at point, radius, from, to float64) []point {
	n := int(math.Ceil((to - from) * math.Max(24, math.Min(256, radius*2.5))))
	out := make([]point, 0, n+1)
	for k := 0; k <= n; k++ {
		angle := 2 * math.Pi * (from + (to-from)*float64(k)/float64(n))
		out = append(out, point{at.x + radius*math.Sin(angle), at.y - radius*math.Cos(angle)})
	}
	return out
}

func backwards(line []point) []point {
	out := make([]point, len(line))
	for k, p := range line {
		out[len(line)-1-k] = p
	}
	return out
}

// hatch paints diagonal lines, and a wash of the colour, where inside is and
// outside is not, within a part of the picture.
func (c *canvas) hatch(inside, outside *image.Alpha, within image.Rectangle, col color.RGBA) {
	const period, width, wash, line = 11.0, 2.4, 0.10, 0.80
	b := inside.Bounds().Intersect(within)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			a := float64(inside.AlphaAt(x, y).A) / 255
			if a == 0 {
				continue
			}
			if outside != nil {
				a *= 1 - float64(outside.AlphaAt(x, y).A)/255
			}
			d := math.Abs(math.Mod(float64(x+y), period) - period/2)
			on := math.Max(0, math.Min(1, width/2*math.Sqrt2-d+0.5))
			blend(c.img, x, y, col, a*(wash+(line-wash)*on))
		}
	}
}

// paintMasked paints a stroke where outside is not.
func (c *canvas) paintMasked(m, outside *image.Alpha, within image.Rectangle, col color.RGBA) {
	const opacity = 0.9
	b := m.Bounds().Intersect(within)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if a := m.AlphaAt(x, y).A; a > 0 {
				share := float64(a) / 255 * opacity
				if outside != nil {
					share *= 1 - float64(outside.AlphaAt(x, y).A)/255
				}
				blend(c.img, x, y, col, share)
			}
		}
	}
}

func blend(img *image.RGBA, x, y int, col color.RGBA, a float64) {
	k := img.PixOffset(x, y)
	p := img.Pix[k : k+3 : k+3]
	for n, v := range [3]uint8{col.R, col.G, col.B} {
		p[n] = uint8(float64(p[n])*(1-a) + float64(v)*a + 0.5)
	}
}
