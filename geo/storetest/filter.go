package storetest

import (
	"slices"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Filter draws a valid filter of every kind of expression over every filterable
// field. Its values are often those of the incidents, so that it finds some.
func Filter(incidents []geo.Incident) *rapid.Generator[geo.Filter] {
	return rapid.Custom(func(t *rapid.T) geo.Filter {
		if rapid.IntRange(0, 20).Draw(t, "empty") == 0 {
			return geo.Filter{}
		}
		return geo.Filter{Expr: expr(t, incidents, 3)}
	})
}

func expr(t *rapid.T, incidents []geo.Incident, depth int) geo.Expr {
	parts := func() []geo.Expr {
		all := make([]geo.Expr, rapid.IntRange(0, 3).Draw(t, "parts"))
		for k := range all {
			all[k] = expr(t, incidents, depth-1)
		}
		return all
	}
	if depth > 0 {
		switch rapid.IntRange(0, 5).Draw(t, "joined") {
		case 0:
			return geo.And(parts())
		case 1:
			return geo.Or(parts())
		case 2:
			return geo.Not{Expr: expr(t, incidents, depth-1)}
		}
	}
	return Leaf(incidents).Draw(t, "leaf")
}

// Leaf draws an expression without parts.
func Leaf(incidents []geo.Incident) *rapid.Generator[geo.Expr] {
	return rapid.Custom(func(t *rapid.T) geo.Expr {
		switch rapid.IntRange(0, 12).Draw(t, "leaf") {
		case 9, 10, 11, 12:
			return CQL(incidents).Draw(t, "cql")
		case 0:
			return Drawn(incidents).Draw(t, "drawn")
		case 1:
			return BBox(incidents).Draw(t, "bbox")
		case 2:
			return During().Draw(t, "during")
		case 3:
			return Words(incidents).Draw(t, "words")
		case 4:
			return geo.Null{Field: Filterable().Draw(t, "field").Name}
		case 5:
			f := Filterable().Draw(t, "field")
			in := geo.In{Field: f.Name}
			for range rapid.IntRange(0, 3).Draw(t, "values") {
				in.Values = append(in.Values, Value(f, incidents).Draw(t, "value"))
			}
			return in
		}
		f := Filterable().Draw(t, "field")
		op := rapid.SampledFrom([]geo.Op{geo.Eq, geo.Lt, geo.Le, geo.Gt, geo.Ge}).Draw(t, "op")
		if f.Kind == geo.KindBool {
			op = geo.Eq
		}
		return geo.Compare{Field: f.Name, Op: op, Value: Value(f, incidents).Draw(t, "value")}
	})
}

// Filterable draws a field that filters may ask.
func Filterable() *rapid.Generator[geo.Field] {
	all := slices.DeleteFunc(slices.Clone(geo.Fields), func(f geo.Field) bool { return !f.Filterable })
	return rapid.Custom(func(t *rapid.T) geo.Field { return all[rapid.IntRange(0, len(all)-1).Draw(t, "field")] })
}

// Value draws a value for a field: one that an incident has, or any of its kind.
func Value(f geo.Field, incidents []geo.Incident) *rapid.Generator[any] {
	var have []any
	for k := range incidents {
		have = append(have, f.Asked(&incidents[k])...)
	}
	return rapid.Custom(func(t *rapid.T) any {
		if len(have) > 0 && rapid.Bool().Draw(t, "one that is there") {
			return have[rapid.IntRange(0, len(have)-1).Draw(t, "which")]
		}
		switch f.Kind {
		case geo.KindEnum:
			return rapid.SampledFrom(f.Enum()).Draw(t, "value")
		case geo.KindInt:
			return rapid.Int64Range(-1, 12).Draw(t, "value")
		case geo.KindNumber:
			return rapid.Float64Range(0, 1).Draw(t, "value")
		case geo.KindBool:
			return rapid.Bool().Draw(t, "value")
		case geo.KindDay:
			return string(Day().Draw(t, "value"))
		case geo.KindTime:
			return time.Unix(rapid.Int64Range(0, 2e9).Draw(t, "value"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).UTC()
		}
		return Text().Draw(t, "value")
	})
}

// BBox draws a box, whose edges are often those of a place.
func BBox(incidents []geo.Incident) *rapid.Generator[geo.BBox] {
	return rapid.Custom(func(t *rapid.T) geo.BBox {
		b := geo.BBox{Shape: rapid.Bool().Draw(t, "shape")}
		b.West, b.East = degrees(t, 180, "west"), degrees(t, 180, "east")
		b.South, b.North = degrees(t, 90, "south"), degrees(t, 90, "north")
		if p, ok := somewhere(t, incidents); ok {
			switch rapid.IntRange(0, 3).Draw(t, "edge") {
			case 0:
				b.West = p[0]
			case 1:
				b.East = p[0]
			case 2:
				b.South = p[1]
			default:
				b.North = p[1]
			}
		}
		if b.South > b.North {
			b.South, b.North = b.North, b.South
		}
		return b
	})
}

// Drawn draws a circle or a ring, often around a place.
func Drawn(incidents []geo.Incident) *rapid.Generator[geo.Drawn] {
	return rapid.Custom(func(t *rapid.T) geo.Drawn {
		at := func(name string) orb.Point { return orb.Point{degrees(t, 180, name), degrees(t, 90, name)} }
		if rapid.Bool().Draw(t, "circle") {
			e := geo.Drawn{Centre: at("centre"), RadiusM: float64(rapid.IntRange(1, 20_000_000).Draw(t, "radius"))}
			if p, ok := somewhere(t, incidents); ok {
				e.Centre = p
			}
			return e
		}
		var e geo.Drawn
		for range rapid.IntRange(3, 6).Draw(t, "corners") {
			e.Ring = append(e.Ring, at("corner"))
		}
		return e
	})
}

// somewhere draws a corner of a place's shape, or its point.
func somewhere(t *rapid.T, incidents []geo.Incident) (p [2]float64, ok bool) {
	if len(incidents) == 0 {
		return p, false
	}
	i := incidents[rapid.IntRange(0, len(incidents)-1).Draw(t, "which")]
	for _, s := range i.Places {
		if !s.Located() {
			continue
		}
		for _, b := range s.Bounds() {
			if rapid.Bool().Draw(t, "corner") {
				return [2]float64{b.Max.Lon(), b.Min.Lat()}, true
			}
		}
		return [2]float64{*s.Lon, *s.Lat}, true
	}
	return p, false
}

// During draws a span of days, of which either end may be open.
func During() *rapid.Generator[geo.During] {
	return rapid.Custom(func(t *rapid.T) geo.During {
		d := geo.During{Start: Day().Draw(t, "start"), End: Day().Draw(t, "end")}
		if d.Start > d.End {
			d.Start, d.End = d.End, d.Start
		}
		if rapid.IntRange(0, 3).Draw(t, "open start") == 0 {
			d.Start = ""
		}
		if rapid.IntRange(0, 3).Draw(t, "open end") == 0 {
			d.End = ""
		}
		return d
	})
}

// Words draws words to search: beginnings of an incident's, or of any text.
func Words(incidents []geo.Incident) *rapid.Generator[geo.Words] {
	return rapid.Custom(func(t *rapid.T) geo.Words {
		have := geo.FoldWords(Text().Draw(t, "text"))
		if len(incidents) > 0 && rapid.Bool().Draw(t, "of an incident") {
			have = append(have, incidents[rapid.IntRange(0, len(incidents)-1).Draw(t, "which")].SearchWords()...)
		}
		words := geo.Words{}
		for range rapid.IntRange(0, 2).Draw(t, "words") {
			if len(have) == 0 {
				break
			}
			w := []rune(have[rapid.IntRange(0, len(have)-1).Draw(t, "word")])
			words = append(words, string(w[:min(40, rapid.IntRange(0, len(w)).Draw(t, "letters"))]))
		}
		return words
	})
}
