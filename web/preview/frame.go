package preview

import (
	"math"

	"github.com/paulmach/orb"
)

// point is a place in the picture, in pixels from its upper left corner.
type point struct{ x, y float64 }

// frame is a part of the Earth in Web Mercator as a rectangle of pixels.
type frame struct {
	w, h   int
	zoom   float64
	world  float64 // pixels around the equator
	left   float64 // of the frame, in pixels from the antimeridian
	top    float64
	centre orb.Point
}

func newFrame(centre orb.Point, zoom float64, w, h int) *frame {
	f := &frame{w: w, h: h, zoom: zoom, world: 256 * math.Exp2(zoom), centre: centre}
	f.left = (centre.Lon()/360+0.5)*f.world - float64(w)/2
	f.top = mercator(centre.Lat())*f.world - float64(h)/2
	return f
}

// maxLat is where Web Mercator ends.
const maxLat = 85.0511

// mercator is a latitude as a share of the way from the north to the south.
func mercator(lat float64) float64 {
	sin := math.Sin(math.Max(-maxLat, math.Min(maxLat, lat)) * math.Pi / 180)
	return 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
}

func latitude(y float64) float64 { return math.Atan(math.Sinh(math.Pi*(1-2*y))) * 180 / math.Pi }

// pixel of a position, which may lie beyond the frame or a turn of the Earth on.
func (f *frame) pixel(p orb.Point) point {
	return point{(p.Lon()/360+0.5)*f.world - f.left, mercator(p.Lat())*f.world - f.top}
}

// near is pixel of the turn of the Earth that is nearest to the frame's middle.
func (f *frame) near(p orb.Point) point {
	at := f.pixel(p)
	at.x -= math.Round((at.x-float64(f.w)/2)/f.world) * f.world
	return at
}

// box of the frame in degrees; longitudes run on past ±180.
func (f *frame) box() orb.Bound {
	lon := func(x float64) float64 { return ((f.left+x)/f.world - 0.5) * 360 }
	lat := func(y float64) float64 { return latitude((f.top + y) / f.world) }
	return orb.Bound{Min: orb.Point{lon(0), lat(float64(f.h))}, Max: orb.Point{lon(float64(f.w)), lat(0)}}
}

// turns are the whole turns of the Earth, in pixels, by which a line that spans
// [from, to] pixels is seen in the frame.
func (f *frame) turns(from, to float64) []float64 {
	var all []float64
	for k := math.Ceil(-to / f.world); k <= math.Floor((float64(f.w)-from)/f.world); k++ {
		all = append(all, k*f.world)
	}
	return all
}

// holds reports whether a pixel is in the frame, at least pad from its edge.
func (f *frame) holds(p point, pad float64) bool {
	return p.x >= pad && p.y >= pad && p.x <= float64(f.w)-pad && p.y <= float64(f.h)-pad
}

// mapHeight is that of the map above the words.
const mapHeight = Height - band

// Fit is the view that shows a box with room around it, not closer than zoom. The
// longitudes of the box may run on past ±180.
func Fit(box orb.Bound, zoom float64) View {
	wide := math.Max((box.Max.Lon()-box.Min.Lon())/360, 1e-9)
	north, south := mercator(box.Max.Lat()), mercator(box.Min.Lat())
	high := math.Max(south-north, 1e-9)
	fit := math.Min(math.Log2((Width-240)/256.0/wide), math.Log2((mapHeight-120)/256.0/high))
	least := math.Log2(mapHeight / 256.0) // no higher than the Earth
	return View{
		Centre: orb.Point{(box.Min.Lon() + box.Max.Lon()) / 2, latitude((north + south) / 2)},
		Zoom:   math.Max(least, math.Min(zoom, fit)),
	}
}

// Around is the view in which a circle of radiusM metres is seen as one, within
// zooms at which the land around it can be recognised.
func Around(at orb.Point, radiusM float64) View {
	const wanted, coarse, fine = 44.0, 6.0, 7.9
	zoom := fine
	if radiusM > 0 {
		metres := 40_075_016.7 * math.Cos(at.Lat()*math.Pi/180) / 256
		zoom = math.Log2(wanted * metres / radiusM)
	}
	return View{Centre: at, Zoom: math.Max(coarse, math.Min(fine, zoom)), Locator: true}
}

// Small reports whether a box is too small in the view for its hatching to be seen.
func (v View) Small(box orb.Bound) bool {
	f := newFrame(v.Centre, v.Zoom, Width, mapHeight)
	a, b := f.pixel(orb.Point{box.Min.Lon(), box.Max.Lat()}), f.pixel(orb.Point{box.Max.Lon(), box.Min.Lat()})
	return b.x-a.x < smallest && b.y-a.y < smallest
}

// smallest extent, in pixels, that is hatched.
const smallest = 48

// Box of a view's map in degrees; longitudes may run on past ±180.
func (v View) Box() orb.Bound { return newFrame(v.Centre, v.Zoom, Width, mapHeight).box() }
