package cql2

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// shapes are the geometries by their lower-case names, and how deep the
// positions lie within their coordinates.
var shapes = map[string]int{
	"point": 0, "linestring": 1, "polygon": 2, "multipoint": 1, "multilinestring": 2, "multipolygon": 3, "geometrycollection": -1,
}

// position is lon and lat, or x and y, with what follows them left out.
type position = orb.Point

// nested is coordinates as they are written: a position or a list.
type nested struct {
	position position
	list     []nested // nil where it is a position
}

// build makes a geometry of coordinates of the right depth.
func build(name string, c nested) (orb.Geometry, string) {
	switch name {
	case "point":
		return c.position, ""
	case "multipoint":
		return orb.MultiPoint(positions(c)), ""
	case "linestring":
		return line(c)
	case "multilinestring":
		var all orb.MultiLineString
		for _, part := range c.list {
			l, reason := line(part)
			if reason != "" {
				return nil, reason
			}
			all = append(all, l)
		}
		return all, ""
	case "polygon":
		return polygon(c)
	}
	var all orb.MultiPolygon
	for _, part := range c.list {
		p, reason := polygon(part)
		if reason != "" {
			return nil, reason
		}
		all = append(all, p)
	}
	return all, ""
}

func positions(c nested) []orb.Point {
	all := make([]orb.Point, len(c.list))
	for k, p := range c.list {
		all[k] = p.position
	}
	return all
}

func line(c nested) (orb.LineString, string) {
	if len(c.list) < 2 {
		return nil, "a line has two positions at least"
	}
	return positions(c), ""
}

func polygon(c nested) (orb.Polygon, string) {
	var p orb.Polygon
	for _, part := range c.list {
		r := orb.Ring(positions(part))
		if len(r) < 4 || !r.Closed() {
			return nil, "the ring of a polygon has four positions at least, the last of which is the first"
		}
		p = append(p, r)
	}
	return p, ""
}

// bbox reads four numbers, or the six of a box with heights.
func bbox(args []Node) (Node, string) {
	numbers := make([]float64, 0, 6)
	for _, a := range args {
		n, ok := a.(Number)
		x, err := strconv.ParseFloat(string(n), 64)
		if !ok || err != nil {
			return nil, "want the numbers of a box: BBOX(west, south, east, north)"
		}
		numbers = append(numbers, x)
	}
	switch len(numbers) {
	case 4:
		return BBox{numbers[0], numbers[1], numbers[2], numbers[3]}, ""
	case 6:
		return BBox{numbers[0], numbers[1], numbers[3], numbers[4]}, ""
	}
	return nil, fmt.Sprintf("%d numbers; a box has 4 or, with heights, 6", len(numbers))
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
