package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb/maptile"
)

// Bin is the incidents whose day, their end, else their start, lies in a day,
// week, month or year.
type Bin struct {
	From   geo.Day
	Count  int
	Mix    []int // by class of Look.By
	Coarse int   // of which the day is not known to the day, or that may have begun long before
}

// BinUnits are the widths of bins.
var BinUnits = []string{"day", "week", "month", "year"}

// Bins counts the incidents that match by bins of a unit, the oldest first; empty
// bins are left out.
func (x *Index) Bins(ctx context.Context, f geo.Filter, look Look, unit string) ([]Bin, error) {
	if !slices.Contains(BinUnits, unit) {
		return nil, geo.Invalid("bin", "%q is no width of a bin; there are %v", unit, BinUnits)
	}
	a, err := x.ask(ctx, f)
	if err != nil {
		return nil, err
	}
	d := newDrawing(maptile.Tile{}, look)
	all := map[geo.Day]*Bin{}
	for k := range a.snap.layers {
		l := &a.snap.layers[k]
		l.bins(a.nodes[k], d.legend(l), unit, len(d.look.By.Classes), all)
	}
	out := make([]Bin, 0, len(all))
	for _, b := range all {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b Bin) int { return cmp.Compare(a.From, b.From) })
	return out, nil
}

// bins adds the rows of a layer.
func (l *layer) bins(n node, g legend, unit string, classes int, all map[geo.Day]*Bin) {
	day := l.columns[dayColumn]
	if day == nil {
		return
	}
	bin := make([]*Bin, 1) // by code
	for k := range day.keys.len() {
		from := floorDay(geo.Day(day.keys.get(k)), unit)
		if all[from] == nil {
			all[from] = &Bin{From: from, Mix: make([]int, classes)}
		}
		bin = append(bin, all[from])
	}
	start, precision := l.columns["start"], l.columns["date_precision"]
	fine := fineCodes(precision)
	l.scan(n, 0, l.rows, func(k int, rows *block) {
		base := uint32(k * blockRows)
		rows.each(func(j int) {
			row := base + uint32(j)
			code := day.code(row)
			if code == 0 {
				return
			}
			b := bin[code]
			b.Count++
			if class := g.class[g.by.code(row)]; class >= 0 {
				b.Mix[class]++
			}
			if start.code(row) == 0 || !fine[precision.code(row)] {
				b.Coarse++
			}
		})
	})
	for from, b := range all {
		if b.Count == 0 {
			delete(all, from)
		}
	}
}

// fineCodes says of each code of date_precision whether the day is known.
func fineCodes(c *column) []bool {
	fine := []bool{true}
	if c != nil {
		for k := range c.keys.len() {
			p := geo.DatePrecision(c.keys.get(k))
			fine = append(fine, p == geo.ByDay || p == geo.ByTime)
		}
	}
	return fine
}

// floorDay is the first day of the unit that holds a day. Weeks begin on Monday.
func floorDay(d geo.Day, unit string) geo.Day {
	t := d.Time()
	switch unit {
	case "week":
		return d.Add(-(int(t.Weekday()) + 6) % 7)
	case "month":
		return geo.DayOf(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
	case "year":
		return geo.Day(fmt.Sprintf("%04d-01-01", t.Year()))
	}
	return d
}
