package query

import (
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// parseBBox reads 4 numbers, or the 6 of a box with heights, whose heights are
// passed over. West above east crosses the antimeridian (RFC 7946, 5.2).
func parseBBox(value string) (geo.Expr, error) {
	parts := strings.Split(value, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, geo.Invalid("bbox", "%d numbers; want west,south,east,north in degrees", len(parts))
	}
	numbers := make([]float64, len(parts))
	for k, p := range parts {
		x, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil {
			return nil, geo.Invalid("bbox", "%q is no number", p)
		}
		numbers[k] = x
	}
	if len(numbers) == 6 {
		numbers = []float64{numbers[0], numbers[1], numbers[3], numbers[4]}
	}
	return geo.BBox{West: numbers[0], South: numbers[1], East: numbers[2], North: numbers[3]}, nil
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
