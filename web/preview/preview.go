// Package preview draws the picture that goes along with a shared link: a map of
// one incident or of a view, PNG, 1200 by 630 pixels, in pure Go. It draws the
// page's own basemap; without it a graticule stands in, and the picture says no
// more than is known.
//
// What is known to a settlement or finer is a mark with the circle that holds it;
// a district, region, country or water is a hatched extent and never a pin.
package preview

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"

	"github.com/paulmach/orb"
)

// Width and Height of every picture in pixels: the size that shared links ask for.
const (
	Width  = 1200
	Height = 630
	band   = 168 // of paper at the foot, for the words
)

// Scene is what a picture shows.
type Scene struct {
	Title  string // one line or two
	Line   string // when, where, how many
	Brand  string // name of the site
	Credit string // whose data it is; the basemap's is added where it was drawn
	Color  string // #RRGGBB of the bar beside the title; none where empty

	Extents []Extent
	Circles []Circle
	Marks   []Mark

	View View
	// Labels gives the names of places for a box in degrees and a zoom, the most
	// important first; may be nil.
	Labels func(box orb.Bound, zoom float64) []Label
	// Country is the name of a country by its code, empty to leave it out; may be nil.
	Country func(code string) string
}

// Extent is a wide place: hatched within its rings, but where the masks lie.
type Extent struct {
	Rings, Masks []orb.Ring
	Color        string
	Glyph        string // name of the drawing on its badge
	Count        int    // incidents in it; the badge shows it from 2 on
}

// Circle holds a mark's place.
type Circle struct {
	At      orb.Point
	RadiusM float64
	Color   string
}

// Mark is an incident at its spot, or several of one cell.
type Mark struct {
	At         orb.Point
	Color      string
	Glyph      string
	GlyphColor string
	Ring       bool    // near or part of a town
	Size       float64 // diameter in pixels; 0 for the usual
	Count      int     // above 1: a cluster
	Shares     []Share // of a cluster, by group
}

// Share of a group in a cluster.
type Share struct {
	Color string
	Count int
}

// Label is a name on the map.
type Label struct {
	At      orb.Point
	Name    string
	Capital bool
}

// View is what part of the Earth is shown.
type View struct {
	Centre  orb.Point
	Zoom    float64 // 256·2^zoom pixels around the equator
	Locator bool    // a small map in the corner says where that is
}

// Renderer draws pictures; it may be used by many goroutines.
type Renderer struct {
	base  *Basemap // nil: none
	fonts fonts
}

// New makes a renderer; base may be nil.
func New(base *Basemap) (*Renderer, error) {
	f, err := loadFonts()
	if err != nil {
		return nil, err
	}
	return &Renderer{base: base, fonts: f}, nil
}

// Draw writes a scene as PNG. It ends early where ctx does.
func (r *Renderer) Draw(ctx context.Context, w io.Writer, s Scene) error {
	c := newCanvas(Width, Height, r.fonts)
	f := newFrame(s.View.Centre, s.View.Zoom, Width, Height-band)
	for _, step := range []func(*canvas, *frame, *Scene) error{
		r.ground, r.extents, r.labels, r.marks, r.locator, r.words,
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(c, f, &s); err != nil {
			return err
		}
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(w, c.img); err != nil {
		return fmt.Errorf("write preview: %w", err)
	}
	return nil
}

// ground is sea, land, water and borders, or the graticule where there is no basemap.
func (r *Renderer) ground(c *canvas, f *frame, _ *Scene) error {
	if r.base == nil {
		c.fillRect(image.Rect(0, 0, f.w, f.h), colours.land)
		graticule(c, f)
		return nil
	}
	c.fillRect(image.Rect(0, 0, f.w, f.h), colours.sea)
	return r.base.draw(c, f)
}

// The small map in the corner.
const (
	locatorW, locatorH = 236, 148
	locatorZoom        = 1.9
	locatorPad         = 20
)

// located reports whether the small map is drawn: its view is well within it.
func (r *Renderer) located(f *frame, s *Scene) bool {
	return r.base != nil && s.View.Locator && f.zoom >= locatorZoom+2.7
}

// locator draws where on the Earth the view is; a view that is wide says so itself.
func (r *Renderer) locator(c *canvas, f *frame, s *Scene) error {
	if !r.located(f, s) {
		return nil
	}
	small := newCanvas(locatorW, locatorH, r.fonts)
	at := newFrame(orb.Point{s.View.Centre.Lon(), s.View.Centre.Lat()}, locatorZoom, locatorW, locatorH)
	small.fillRect(small.img.Bounds(), colours.sea)
	if err := r.base.draw(small, at); err != nil {
		return err
	}
	box := f.box()
	a, b := at.pixel(orb.Point{box.Min.Lon(), box.Max.Lat()}), at.pixel(orb.Point{box.Max.Lon(), box.Min.Lat()})
	for b.x-a.x < 10 {
		a.x, b.x, a.y, b.y = a.x-1, b.x+1, a.y-1, b.y+1
	}
	small.stroke([][]point{{{a.x, a.y}, {b.x, a.y}, {b.x, b.y}, {a.x, b.y}, {a.x, a.y}}}, 2.5, colours.accent)
	x, y := f.w-locatorW-locatorPad, locatorPad
	c.fillRect(image.Rect(x-2, y-2, x+locatorW+2, y+locatorH+2), colours.border)
	draw.Draw(c.img, image.Rect(x, y, x+locatorW, y+locatorH), small.img, image.Point{}, draw.Src)
	return nil
}

// words are the title, the line and whose data it is, on paper at the foot.
func (r *Renderer) words(c *canvas, f *frame, s *Scene) error {
	top := Height - band
	c.fillRect(image.Rect(0, top, Width, Height), colours.paper)
	c.fillRect(image.Rect(0, top, Width, top+1), colours.hair)
	left := 40
	if s.Color != "" {
		c.fillRect(image.Rect(0, top, 12, Height), hex(s.Color))
	}
	brand := Drawable(s.Brand)
	c.text(brand, bold, 22, float64(Width-40)-c.width(brand, bold, 22), float64(Height-22), colours.muted)
	credit := Drawable(s.Credit)
	if r.base != nil {
		credit = joined(credit, "Map: Natural Earth")
	}
	c.text(credit, regular, 17, float64(left), float64(Height-22), colours.muted)
	title, size := Drawable(s.Title), 40.0
	if c.width(title, bold, size) > Width-2*float64(left) {
		size = 33
	}
	title = c.fitted(title, bold, size, Width-2*float64(left))
	line := c.fitted(Drawable(s.Line), regular, 25, Width-2*float64(left))
	y := float64(top) + 54
	if title != "" {
		c.text(title, bold, size, float64(left), y, colours.ink)
		y += 38
	}
	c.text(line, regular, 25, float64(left), y, colours.ink)
	return nil
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " · " + b
}
