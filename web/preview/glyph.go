package preview

import (
	"image/color"
	"math"
	"strconv"
)

// drawing of a group's glyph in a box of 16 by 16: a path of SVG to fill, and one
// to stroke 2 wide.
type drawing struct{ fill, line string }

// drawings by the names that geo.Groups gives them, as the page has them; a test
// holds them to the page's.
var drawings = map[string]drawing{
	"crossed-lines": {line: "M4 4 12 12M12 4 4 12"},
	"burst":         {fill: "M8 1.5 9.5 5.6 13.2 3.4 11.4 7 15 8.5 11.2 9.7 12.6 13.4 9.2 11.2 7.6 15 6.5 11 2.8 12.8 4.7 9.3 1 7.8 4.9 6.6 3.3 3.1 6.7 5.3Z"},
	"person":        {fill: "M8 2.2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM3.2 14c0-3.4 2-5.6 4.8-5.6s4.8 2.2 4.8 5.6Z"},
	"placard":       {fill: "M2.5 2.5h11v7h-11Z", line: "M8 9v5.5"},
	"flame":         {fill: "M8.6 1.2c.4 2.6 4.2 4.6 4.2 8.4 0 3-2.1 5-4.8 5s-4.8-2-4.8-4.8c0-1.9 1-3.2 2.1-4.3.1 1.5.7 2.3 1.5 2.6C6.5 5.6 7 3.2 8.6 1.2Z"},
	"flag":          {fill: "M4.5 2.2h8.5l-2.2 3 2.2 3H4.5Z", line: "M4.4 1.8v12.7"},
	"wave":          {line: "M1.5 6.2c1.6-2.2 3.3-2.2 4.9 0s3.3 2.2 4.9 0 2.3-1.9 3.2-.8M1.5 10.8c1.6-2.2 3.3-2.2 4.9 0s3.3 2.2 4.9 0 2.3-1.9 3.2-.8"},
	"triangle":      {fill: "M8 2.2 14.3 13.2H1.7Z"},
	"bracket":       {line: "M6.2 3H3.5v10h2.7M9.8 3h2.7v10H9.8"},
}

// glyph draws one around a middle, in a box of this size.
func (c *canvas) glyph(name string, at point, size float64, col color.RGBA) {
	d, ok := drawings[name]
	if !ok {
		d = drawing{line: "M4 8h8"}
	}
	scale := size / 16
	place := func(lines [][]point) [][]point {
		for _, l := range lines {
			for k, p := range l {
				l[k] = point{at.x + (p.x-8)*scale, at.y + (p.y-8)*scale}
			}
		}
		return lines
	}
	for _, shape := range place(path(d.fill)) {
		c.fill([][]point{shape}, col)
	}
	if d.line == "" {
		return
	}
	width := 2 * scale
	lines := place(path(d.line))
	if !c.begin(bounds(lines).Inset(-int(width))) {
		return
	}
	for _, l := range lines {
		c.segments(l, width)
		for _, p := range []point{l[0], l[len(l)-1]} {
			c.trace([][]point{backwards(arc(p, width/2, 0, 1))})
		}
	}
	c.paint(col)
}

// path of SVG as lines: M L H V C S A Z, absolute and relative.
func path(d string) [][]point {
	r := &pathReader{text: d}
	for r.command() {
		r.step()
	}
	r.end()
	return r.lines
}

type pathReader struct {
	text    string
	k       int
	op      byte
	at      point
	control point // second of the last curve
	curved  bool
	line    []point
	lines   [][]point
}

// command reads the next one, or goes on with the last where numbers follow.
func (r *pathReader) command() bool {
	r.blank()
	if r.k == len(r.text) {
		return false
	}
	if c := r.text[r.k] | 0x20; c >= 'a' && c <= 'z' {
		r.op = r.text[r.k]
		r.k++
	} else if r.op == 'M' {
		r.op = 'L'
	}
	return true
}

func (r *pathReader) blank() {
	for r.k < len(r.text) && (r.text[r.k] == ' ' || r.text[r.k] == ',') {
		r.k++
	}
}

// number reads the next one; "1.5.7" are two, and so are "2-3".
func (r *pathReader) number() float64 {
	r.blank()
	from, dot := r.k, false
	for ; r.k < len(r.text); r.k++ {
		c := r.text[r.k]
		if c == '-' && r.k > from || c == '.' && dot || c != '-' && c != '.' && (c < '0' || c > '9') {
			break
		}
		dot = dot || c == '.'
	}
	x, _ := strconv.ParseFloat(r.text[from:r.k], 64)
	return x
}

// point reads two numbers, from the pen where the command is relative.
func (r *pathReader) point() point {
	x, y := r.number(), r.number()
	if r.op >= 'a' {
		return point{r.at.x + x, r.at.y + y}
	}
	return point{x, y}
}

func (r *pathReader) end() {
	if len(r.line) > 1 {
		r.lines = append(r.lines, r.line)
	}
	r.line = nil
}

func (r *pathReader) to(p point) {
	r.line = append(r.line, p)
	r.at = p
}

func (r *pathReader) step() {
	curved := false
	switch r.op | 0x20 {
	case 'm':
		p := r.point()
		r.end()
		r.to(p)
	case 'l':
		r.to(r.point())
	case 'h':
		x := r.number()
		if r.op == 'h' {
			x += r.at.x
		}
		r.to(point{x, r.at.y})
	case 'v':
		y := r.number()
		if r.op == 'v' {
			y += r.at.y
		}
		r.to(point{r.at.x, y})
	case 'c':
		a, b, p := r.point(), r.point(), r.point()
		r.cubic(a, b, p)
		curved = true
	case 's':
		a := r.at
		if r.curved {
			a = point{2*r.at.x - r.control.x, 2*r.at.y - r.control.y}
		}
		b, p := r.point(), r.point()
		r.cubic(a, b, p)
		curved = true
	case 'a':
		radius := r.number()
		r.number()
		r.number()
		large, sweep := r.number() != 0, r.number() != 0
		r.circle(radius, large, sweep, r.point())
	case 'z':
		if len(r.line) > 0 {
			r.to(r.line[0])
		}
	}
	r.curved = curved
}

func (r *pathReader) cubic(a, b, p point) {
	from := r.at
	for k := 1; k <= 12; k++ {
		t := float64(k) / 12
		u := 1 - t
		r.line = append(r.line, point{
			u*u*u*from.x + 3*u*u*t*a.x + 3*u*t*t*b.x + t*t*t*p.x,
			u*u*u*from.y + 3*u*u*t*a.y + 3*u*t*t*b.y + t*t*t*p.y,
		})
	}
	r.at, r.control = p, b
}

// circle is an arc of a circle to p (SVG 1.1, appendix F.6.5, for equal radii).
func (r *pathReader) circle(radius float64, large, sweep bool, p point) {
	from := r.at
	half := point{(from.x - p.x) / 2, (from.y - p.y) / 2}
	d2 := half.x*half.x + half.y*half.y
	if d2 == 0 {
		return
	}
	k := math.Sqrt(math.Max(0, radius*radius/d2-1))
	if large == sweep {
		k = -k
	}
	centre := point{(from.x+p.x)/2 + k*half.y, (from.y+p.y)/2 - k*half.x}
	begin := math.Atan2(from.y-centre.y, from.x-centre.x)
	turn := math.Atan2(p.y-centre.y, p.x-centre.x) - begin
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	around := math.Max(radius, math.Sqrt(d2))
	for n := 1; n <= 16; n++ {
		angle := begin + turn*float64(n)/16
		r.line = append(r.line, point{centre.x + around*math.Cos(angle), centre.y + around*math.Sin(angle)})
	}
	r.at = p
}
