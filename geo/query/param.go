package query

import (
	"strconv"
	"strings"
	"time"

	"dateline/geo"
	"dateline/geo/crs"

	"github.com/paulmach/orb"
)

// ParseBBox reads 4 numbers in the order of the system's axes, or the 6 of a box
// with heights, whose heights are passed over. The system is CRS84 where uri is
// empty. West above east crosses the antimeridian (RFC 7946, 5.2). Where a box
// of the system is none in degrees, the expression is that of its outline.
func ParseBBox(value, uri string) (geo.Expr, error) {
	system, err := systemOf("bbox-crs", uri)
	if err != nil {
		return nil, err
	}
	x, err := boxNumbers(value)
	if err != nil {
		return nil, err
	}
	if system.IsDefault() {
		return geo.BBox{West: x[0], South: x[1], East: x[2], North: x[3]}, nil
	}
	if system.Bends() {
		return bentBox(system, x, geo.Source{Text: value, Lang: "bbox", CRS: uri})
	}
	low, okLow := system.ToLonLat(orb.Point{x[0], x[1]})
	high, okHigh := system.ToLonLat(orb.Point{x[2], x[3]})
	if !okLow || !okHigh {
		return nil, geo.Invalid("bbox", "it leaves its coordinate system (%s: %s)", system.Title, system.Axes)
	}
	return geo.BBox{West: low.Lon(), South: low.Lat(), East: high.Lon(), North: high.Lat()}, nil
}

// parseDrawn reads lon,lat,metres of a circle, or lon,lat of each corner of a ring.
func parseDrawn(value string) (geo.Expr, error) {
	parts := strings.Split(value, ",")
	x := make([]float64, len(parts))
	for k, p := range parts {
		var err error
		if x[k], err = strconv.ParseFloat(strings.TrimSpace(p), 64); err != nil {
			return nil, geo.Invalid("within", "%q is no number", p)
		}
	}
	switch {
	case len(x) == 3:
		return geo.Drawn{Centre: orb.Point{x[0], x[1]}, RadiusM: x[2]}, nil
	case len(x) < 6 || len(x)%2 > 0:
		return nil, geo.Invalid("within", "%d numbers; want lon,lat,metres of a circle or lon,lat of three corners or more", len(x))
	}
	var e geo.Drawn
	for k := 0; k < len(x); k += 2 {
		e.Ring = append(e.Ring, orb.Point{x[k], x[k+1]})
	}
	return e, nil
}

func bentBox(system crs.System, x [4]float64, asked geo.Source) (geo.Expr, error) {
	ring, ok := system.Ring(orb.Bound{Min: orb.Point{x[0], x[1]}, Max: orb.Point{x[2], x[3]}})
	if !ok || x[0] >= x[2] || x[1] >= x[3] {
		return nil, geo.Invalid("bbox", "want two corners, the lower left one first, within %s (%s)", system.Title, system.Axes)
	}
	made, err := geo.NewGeometry(orb.Polygon{ring})
	if err != nil {
		return nil, geo.Invalid("bbox", "its outline crosses the antimeridian or a pole; ask by degrees")
	}
	return geo.CQL{Root: geo.Spatial{Op: "s_intersects", Right: geo.Area{Literal: made}}, Asked: asked}, nil
}

func boxNumbers(value string) (x [4]float64, err error) {
	parts := strings.Split(value, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return x, geo.Invalid("bbox", "%d numbers; want west,south,east,north in degrees", len(parts))
	}
	if len(parts) == 6 {
		parts = []string{parts[0], parts[1], parts[3], parts[4]}
	}
	for k, p := range parts {
		if x[k], err = strconv.ParseFloat(strings.TrimSpace(p), 64); err != nil {
			return x, geo.Invalid("bbox", "%q is no number", p)
		}
	}
	return x, nil
}

// parseSort reads field names with commas between them, each with a + or - for
// upwards or downwards before it; upwards where it has none.
func parseSort(value string) ([]geo.SortKey, error) {
	var keys []geo.SortKey
	for _, name := range strings.Split(value, ",") {
		name = strings.TrimSpace(name) // a + that was not escaped arrives as a space
		field, down := strings.CutPrefix(name, "-")
		if !down {
			field = strings.TrimPrefix(field, "+")
		}
		keys = append(keys, geo.SortKey{Field: field, Descending: down})
	}
	return keys, nil
}

// parseProperties reads names of columns with commas between them; none where
// the value is empty.
func parseProperties(value string) ([]string, error) {
	names := []string{}
	for _, name := range strings.Split(value, ",") {
		name = strings.TrimSpace(name)
		if name == "" && value == "" {
			return names, nil
		}
		if f, ok := geo.FieldByName(name); !ok || f.Value == nil {
			return nil, geo.Invalid("properties", "%q is no property; /api lists those there are", name)
		}
		names = append(names, name)
	}
	return names, nil
}

// parseDatetime reads a day or an RFC 3339 instant, or an interval a/b of them
// whose open end is ".." or empty. Days are civil days at the place: the day of
// an instant is the one that it writes.
func parseDatetime(value string) (geo.Expr, error) {
	from, to, isInterval := strings.Cut(strings.TrimSpace(value), "/")
	if !isInterval {
		d, err := parseDay(from)
		return geo.During{Start: d, End: d}, err
	}
	start, err := parseEnd(from)
	if err != nil {
		return nil, err
	}
	end, err := parseEnd(to)
	return geo.During{Start: start, End: end}, err
}

func parseEnd(text string) (geo.Day, error) {
	if text == "" || text == ".." {
		return "", nil
	}
	return parseDay(text)
}

func parseDay(text string) (geo.Day, error) {
	if d, err := geo.ParseDay(text); err == nil {
		return d, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return geo.DayOf(t), nil
	}
	return "", geo.Invalid("datetime", "%q is neither a day (2024-01-04) nor an instant (2024-01-04T12:00:00Z)", text)
}
