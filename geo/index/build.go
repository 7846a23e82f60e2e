package index

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// Encode gives an incident's bytes in the collection incidents: a feature as it
// leaves without signing in.
type Encode func(*geo.Incident) ([]byte, error)

// dayColumn is the day that orders and counts an incident: its end, else its start.
const dayColumn = ":day"

// revisionColumn is the number of an incident's revision.
const revisionColumn = ":revision"

// builder gathers the rows of a segment: what places, counts and most filters ask.
// It is kept until finish knows the order of the rows. What takes longer, a
// lateBuilder makes.
type builder struct {
	w       *writer
	columns []*columnBuilder
	day     *columnBuilder
	version *columnBuilder
	rows    []rowBuilt
	boxes   []orb.Bound // of all rows; rowBuilt.boxes says how many each has
	extra   []extraPoint
	polygon []rowPolygon
	private []uint32
	ids     textList
	byID    []uint32 // rows as they came, by id
}

// rowBuilt is what a row has whatever its fields.
type rowBuilt struct {
	lon, lat float64 // of the first site where it is pinned, else of the first located one
	radius   float32
	boxes    uint32
	part     part
}

// part of the rows: those that have a point come first, then those that have but
// a shape, then those that are nowhere.
type part uint8

const (
	pinned part = iota
	shaped
	nowhere
)

type extraPoint struct {
	row uint32
	at  orb.Point
}

type rowPolygon struct {
	row  uint32
	data []byte
}

func newBuilder(w *writer) *builder {
	return &builder{w: w, columns: columnBuilders(false), day: newColumnBuilder(dayColumn, geo.KindDay), version: newColumnBuilder(revisionColumn, geo.KindInt)}
}

// isLate reports whether the column of a field is made after the rows: texts and
// instants, of which there are many, and no tile or count asks.
func isLate(f geo.Field) bool {
	return (f.Kind == geo.KindText || f.Kind == geo.KindTime) && f.Name != "country"
}

func columnBuilders(late bool) (all []*columnBuilder) {
	for _, f := range geo.Fields {
		if f.Filterable && isLate(f) == late {
			c := newColumnBuilder(f.Name, f.Kind)
			c.field = f
			all = append(all, c)
		}
	}
	return all
}

// add a row. The incident is not kept.
func (b *builder) add(i *geo.Incident) {
	n := uint32(len(b.rows))
	row := rowBuilt{part: nowhere, lon: math.NaN(), lat: math.NaN()}
	b.place(n, i, &row)
	b.rows = append(b.rows, row)
	b.ids.add(i.ID)
	for _, c := range b.columns {
		c.addOf(n, i)
	}
	if day := sortDay(i); day != "" {
		b.day.add(n, string(day), false)
	}
	b.version.add(n, int64(i.Revision), false)
	if slices.ContainsFunc(i.Named, func(p geo.Named) bool { return p.Private }) {
		b.private = append(b.private, n)
	}
}

// sortDay orders and counts an incident: by its end, else its start.
func sortDay(i *geo.Incident) geo.Day {
	if i.When.End != "" {
		return i.When.End
	}
	return i.When.Start
}

// place notes where the sites of an incident are.
func (b *builder) place(n uint32, i *geo.Incident, row *rowBuilt) {
	first := true
	for k := range i.Places {
		s := &i.Places[k]
		if s.Role != geo.RoleSite {
			continue
		}
		p, located := s.Point()
		switch {
		case first && s.Pinned():
			row.part = pinned
		case s.Pinned():
			b.extra = append(b.extra, extraPoint{n, p})
		}
		first = false
		if !located {
			continue
		}
		if row.lon != row.lon {
			row.lon, row.lat, row.radius = p.Lon(), p.Lat(), float32(s.RadiusM)
			row.part = min(row.part, shaped)
			if len(s.Area) > 0 {
				data, _ := json.Marshal(s.Area) // numbers only
				b.polygon = append(b.polygon, rowPolygon{n, data})
			}
		}
		bounds := s.Bounds()
		b.boxes = append(b.boxes, bounds...)
		row.boxes += uint32(len(bounds))
	}
}

// finish writes the sections of the rows, and gives for each row the number of the
// incident as it came, and the other way round.
func (b *builder) finish(seq int64, last string) (order, place []uint32) {
	b.sortIDs()
	order = b.order()
	b.w.c.Fields, b.w.c.Seq, b.w.c.Last, b.w.c.Rows = fieldsChecksum(), seq, last, len(order)
	for _, r := range b.rows {
		if r.part == pinned {
			b.w.c.Pinned++
		}
		if r.part <= shaped {
			b.w.c.Located++
		}
	}
	place = make([]uint32, len(order))
	for row, old := range order {
		place[old] = uint32(row)
	}
	b.writePlaces(order, place)
	b.writeIDs(order, place)
	for _, c := range b.columns {
		c.write(b.w, order, place)
	}
	dayCodes := b.day.write(b.w, order, place)
	b.version.write(b.w, order, place)
	b.writeRanks(place, dayCodes)
	return order, place
}

// sortIDs finds the order of the ids, which is mostly that in which they came.
func (b *builder) sortIDs() {
	if !b.ids.ascends() {
		b.byID = b.ids.sorted()
		return
	}
	b.byID = make([]uint32, b.ids.len())
	for k := range b.byID {
		b.byID[k] = uint32(k)
	}
}

// order of the rows: along the curve within each part, by id at one spot.
func (b *builder) order() []uint32 {
	type entry struct {
		key      uint64
		rank, at uint32
		part     part
	}
	entries := make([]entry, len(b.rows))
	for rank, k := range b.byID {
		r := &b.rows[k]
		e := entry{rank: uint32(rank), at: k, part: r.part}
		if r.part != nowhere {
			e.key = hilbert(world(orb.Point{r.lon, r.lat}))
		}
		entries[rank] = e
	}
	slices.SortFunc(entries, func(p, q entry) int {
		return cmp.Or(cmp.Compare(p.part, q.part), cmp.Compare(p.key, q.key), cmp.Compare(p.rank, q.rank))
	})
	return project(entries, func(e entry) uint32 { return e.at })
}

func (b *builder) writePlaces(order, place []uint32) {
	located := b.w.c.Located
	x, y := make([]uint32, located), make([]uint32, located)
	lon, lat, radius := make([]float64, located), make([]float64, located), make([]float32, located)
	for row, old := range order[:located] {
		r := &b.rows[old]
		x[row], y[row] = world(orb.Point{r.lon, r.lat})
		lon[row], lat[row], radius[row] = r.lon, r.lat, r.radius
	}
	section(b.w, "x", x)
	section(b.w, "y", y)
	section(b.w, "lon", lon)
	section(b.w, "lat", lat)
	section(b.w, "radius", radius)
	section(b.w, "zones", zones(len(order), func(row int, grow func(orb.Bound)) {
		if row < b.w.c.Pinned {
			p := orb.Point{lon[row], lat[row]}
			grow(orb.Bound{Min: p, Max: p})
		}
	}))
	b.writeBoxes(order)
	moveRows(b.extra, place, func(e *extraPoint) *uint32 { return &e.row })
	section(b.w, "extra.row", project(b.extra, func(e extraPoint) uint32 { return e.row }))
	section(b.w, "extra.at", project(b.extra, func(e extraPoint) orb.Point { return e.at }))
	moveRows(b.polygon, place, func(p *rowPolygon) *uint32 { return &p.row })
	section(b.w, "polygon.row", project(b.polygon, func(p rowPolygon) uint32 { return p.row }))
	writeTexts(b.w, "polygon", project(b.polygon, func(p rowPolygon) []byte { return p.data }))
}

func (b *builder) writeBoxes(order []uint32) {
	from := make([]uint32, len(b.rows)+1) // by old row
	for k, r := range b.rows {
		from[k+1] = from[k] + r.boxes
	}
	at := make([]uint32, 0, len(order)+1)
	boxes := make([]orb.Bound, 0, len(b.boxes))
	for _, old := range order {
		at = append(at, uint32(len(boxes)))
		boxes = append(boxes, b.boxes[from[old]:from[old+1]]...)
	}
	at = append(at, uint32(len(boxes)))
	section(b.w, "box.at", at)
	section(b.w, "box", boxes)
	section(b.w, "box.zones", zones(len(order), func(row int, grow func(orb.Bound)) {
		for _, box := range boxes[at[row]:at[row+1]] {
			grow(box)
		}
	}))
}

// zones are the boxes that hold what each block of rows has; inside out where it
// has nothing.
func zones(rows int, of func(row int, grow func(orb.Bound))) []orb.Bound {
	out := make([]orb.Bound, (rows+blockRows-1)/blockRows)
	for k := range out {
		out[k] = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	}
	for row := range rows {
		zone := &out[row/blockRows]
		of(row, func(b orb.Bound) {
			zone.Min = orb.Point{min(zone.Min[0], b.Min[0]), min(zone.Min[1], b.Min[1])}
			zone.Max = orb.Point{max(zone.Max[0], b.Max[0]), max(zone.Max[1], b.Max[1])}
		})
	}
	return out
}

func (b *builder) writeIDs(order, place []uint32) {
	b.ids.write(b.w, "ids", order)
	private := make([]uint32, len(b.private))
	for k, old := range b.private {
		private[k] = place[old]
	}
	slices.Sort(private)
	section(b.w, "private", private)
}

// writeRanks writes the rows by id and by day, newest first.
func (b *builder) writeRanks(place, dayCodes []uint32) {
	byID := project(b.byID, func(old uint32) uint32 { return place[old] })
	newest := byID
	if dayCodes != nil {
		newest = latestFirst(byID, dayCodes)
	}
	newestRank := make([]uint32, len(newest))
	for k, row := range newest {
		newestRank[row] = uint32(k)
	}
	section(b.w, "byid", byID)
	section(b.w, "bywidth", b.byWidth(place))
	section(b.w, "newest", newest)
	section(b.w, "newest.rank", newestRank)
}

// byWidth gives the located rows, those with the widest place first, then by id.
func (b *builder) byWidth(place []uint32) []uint32 {
	type entry struct {
		key uint64
		row uint32
	}
	entries := make([]entry, 0, b.w.c.Located)
	for rank, old := range b.byID {
		if r := &b.rows[old]; r.part <= shaped {
			narrow := ^math.Float32bits(r.radius) // of numbers from 0 on the bits are in their order
			entries = append(entries, entry{uint64(narrow)<<32 | uint64(rank), place[old]})
		}
	}
	slices.SortFunc(entries, func(p, q entry) int { return cmp.Compare(p.key, q.key) })
	return project(entries, func(e entry) uint32 { return e.row })
}

// latestFirst puts rows in the order of their days' codes, the highest first, and
// leaves them as they stand within a day.
func latestFirst(rows, codes []uint32) []uint32 {
	from := make([]int, slices.Max(codes)+1) // how many rows a code has, then where they begin
	for _, code := range codes {
		from[code]++
	}
	total := 0
	for code := len(from) - 1; code >= 0; code-- {
		from[code], total = total, total+from[code]
	}
	out := make([]uint32, len(rows))
	for _, row := range rows {
		code := codes[row]
		out[from[code]] = row
		from[code]++
	}
	return out
}

// moveRows gives items their new rows and sorts them by those.
func moveRows[T any](items []T, place []uint32, row func(*T) *uint32) {
	for k := range items {
		at := row(&items[k])
		*at = place[*at]
	}
	slices.SortStableFunc(items, func(a, b T) int { return cmp.Compare(*row(&a), *row(&b)) })
}

func project[T, U any](items []T, of func(T) U) []U {
	out := make([]U, len(items))
	for k, item := range items {
		out[k] = of(item)
	}
	return out
}

// writeTexts writes texts one after the other, with where each begins.
func writeTexts(w *writer, name string, texts [][]byte) {
	at := make([]uint32, 0, len(texts)+1)
	n := uint32(0)
	for _, t := range texts {
		at = append(at, n)
		n += uint32(len(t))
	}
	section(w, name+".at", append(at, n))
	w.align()
	w.c.Sections[name+".text"] = [2]int{w.at, int(n)}
	for _, t := range texts {
		w.bytes(t)
	}
}
