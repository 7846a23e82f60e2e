package index

import (
	"math"

	"github.com/paulmach/orb"
)

// maxLat is where Web Mercator's square ends; what lies beyond stands on its edge.
const maxLat = 85.05112877980659

// world puts a point on the square of Web Mercator, 2^32 units wide, y downwards
// from the north: at zoom z a tile is 2^(32-z) units wide.
func world(p orb.Point) (x, y uint32) {
	const rad = math.Pi / 180
	sin := math.Sin(max(-maxLat, min(maxLat, p.Lat())) * rad)
	return unit(p.Lon()/360 + 0.5), unit(0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi))
}

// lonLat is the point of a spot of world's square, to a centimetre.
func lonLat(x, y uint32) orb.Point {
	return orb.Point{float64(x)/(1<<32)*360 - 180, math.Atan(math.Sinh(math.Pi*(1-2*float64(y)/(1<<32)))) * 180 / math.Pi}
}

func unit(share float64) uint32 {
	return uint32(max(0, min(math.MaxUint32, math.Floor(share*(1<<32)))))
}

// hilbert is the place of a spot along the Hilbert curve of order 32 (Warren,
// Hacker's Delight, 16-2). The spots of any tile stand together on it.
func hilbert(x, y uint32) uint64 {
	var d uint64
	for s := 31; s >= 0; s-- {
		rx, ry := x>>s&1, y>>s&1
		d = d<<2 | uint64((3*rx)^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = ^x, ^y
			}
			x, y = y, x
		}
	}
	return d
}

// stretch of the curve that a square of 2^width units at (x, y) holds: first and
// last place. x and y are multiples of the square's side.
func stretch(x, y uint32, width uint) (from, to uint64) {
	if width >= 32 {
		return 0, math.MaxUint64
	}
	from = hilbert(x, y) >> (2 * width) << (2 * width)
	return from, from | (1<<(2*width) - 1)
}
