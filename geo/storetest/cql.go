package storetest

import (
	"maps"
	"slices"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// CQL draws a CQL2 expression of every kind of node over every queryable field.
func CQL(incidents []geo.Incident) *rapid.Generator[geo.CQL] {
	return rapid.Custom(func(t *rapid.T) geo.CQL {
		return geo.CQL{Root: logic(t, incidents, 3), Shape: rapid.Bool().Draw(t, "shape")}
	})
}

func logic(t *rapid.T, incidents []geo.Incident, depth int) geo.Logic {
	parts := func() []geo.Logic {
		all := make([]geo.Logic, rapid.IntRange(0, 3).Draw(t, "parts"))
		for k := range all {
			all[k] = logic(t, incidents, depth-1)
		}
		return all
	}
	if depth > 0 {
		switch rapid.IntRange(0, 6).Draw(t, "joined") {
		case 0:
			return geo.All(parts())
		case 1:
			return geo.Any(parts())
		case 2, 3:
			return geo.None{Part: logic(t, incidents, depth-1)}
		}
	}
	return condition(t, incidents)
}

func condition(t *rapid.T, incidents []geo.Incident) geo.Logic {
	switch rapid.IntRange(0, 9).Draw(t, "condition") {
	case 0:
		return geo.Constant(rapid.Bool().Draw(t, "constant"))
	case 1:
		return oneOf(t, incidents)
	case 2:
		return geo.Unstated{Operand: rapid.SampledFrom([]geo.Operand{geo.Area{}, geo.Time{Incident: true},
			geo.Property(queryable(t).Name), geo.Property("tag"), geo.Property("title")}).Draw(t, "operand")}
	case 3:
		return likeness(t, incidents)
	case 4, 5:
		return spatial(t, incidents)
	case 6:
		return temporal(t)
	case 7:
		return arrays(t, incidents)
	}
	return relation(t, incidents)
}

// queryable draws a field with values.
func queryable(t *rapid.T) geo.Field {
	all := slices.DeleteFunc(geo.Queryables(), func(f geo.Field) bool { return f.Kind == geo.KindList })
	return all[rapid.IntRange(0, len(all)-1).Draw(t, "queryable")]
}

// literal draws a value for a field as CQL has it: days and times as instants of
// either kind, whole numbers as fractions at times.
func literal(t *rapid.T, f geo.Field, incidents []geo.Incident) any {
	v := Value(f, incidents).Draw(t, "value")
	switch x := v.(type) {
	case string:
		if f.Kind == geo.KindDay {
			return geo.Instant{Time: geo.Day(x).Time().Add(hours(t)), Day: false}.Or(rapid.Bool().Draw(t, "day"))
		}
	case time.Time:
		return geo.Instant{Time: x}.Or(rapid.Bool().Draw(t, "day"))
	case int64:
		if rapid.IntRange(0, 3).Draw(t, "fraction") == 0 {
			return float64(x) + 0.5
		}
	}
	return v
}

func hours(t *rapid.T) time.Duration {
	return time.Duration(rapid.IntRange(0, 47).Draw(t, "half hours")) * 30 * time.Minute
}

func relation(t *rapid.T, incidents []geo.Incident) geo.Logic {
	f := queryable(t)
	ops := []geo.Op{geo.Eq, geo.Eq, geo.Lt, geo.Le, geo.Gt, geo.Ge}
	if f.Kind == geo.KindBool {
		ops = ops[:1]
	}
	e := geo.Relation{Op: rapid.SampledFrom(ops).Draw(t, "op"), Left: geo.Property(f.Name)}
	v := literal(t, f, incidents)
	text, isText := v.(string)
	number := f.Kind == geo.KindInt || f.Kind == geo.KindNumber
	switch form := rapid.IntRange(0, 5).Draw(t, "form"); {
	case isText && form == 0:
		fold := geo.Fold{Term: e.Left, Case: true, Accent: rapid.Bool().Draw(t, "accent")}
		e.Left, v = fold, fold.Apply(text)
	case number && form == 0:
		op := rapid.SampledFrom([]string{"+", "-", "*", "/", "^", "%", "div"}).Draw(t, "arithmetic")
		e.Left = geo.Arithmetic{Op: op, Left: e.Left, Right: geo.Literal{Value: rapid.Int64Range(-2, 3).Draw(t, "by")}}
	case number && form == 1:
		return geo.Relation{Op: e.Op, Left: e.Left, Right: geo.Property("killed_best")}
	}
	e.Right = geo.Literal{Value: v}
	if rapid.IntRange(0, 4).Draw(t, "turned") == 0 {
		e.Left, e.Right = e.Right, e.Left
	}
	return e
}

func oneOf(t *rapid.T, incidents []geo.Incident) geo.Logic {
	f := queryable(t)
	e := geo.OneOf{Term: geo.Property(f.Name)}
	for range rapid.IntRange(0, 3).Draw(t, "values") {
		e.Values = append(e.Values, literal(t, f, incidents))
	}
	return e
}

func likeness(t *rapid.T, incidents []geo.Incident) geo.Logic {
	f, _ := geo.FieldByName(rapid.SampledFrom([]string{"title", "country", "type", "actor", "origin", "place", "id"}).Draw(t, "field"))
	text, _ := Value(f, incidents).Draw(t, "text").(string)
	pattern := []rune(text)
	for range rapid.IntRange(0, 2).Draw(t, "wild") {
		k := rapid.IntRange(0, len(pattern)).Draw(t, "at")
		wild := rapid.SampledFrom([]string{"%", "_", `\%`, ""}).Draw(t, "card")
		pattern = slices.Concat(pattern[:k], []rune(wild), pattern[min(k+rapid.IntRange(0, 3).Draw(t, "cut"), len(pattern)):])
	}
	e := geo.Like{Term: geo.Property(f.Name), Pattern: string(pattern)}
	if rapid.Bool().Draw(t, "fold") {
		e.Fold = geo.Fold{Case: true}
		e.Term = geo.Fold{Term: e.Term, Case: true}
	}
	return e
}

var spatialOps = []geo.SpatialOp{"s_intersects", "s_intersects", "s_disjoint", "s_disjoint", "s_equals", "s_touches", "s_within", "s_overlaps", "s_crosses", "s_contains"}

func spatial(t *rapid.T, incidents []geo.Incident) geo.Logic {
	var g orb.Geometry
	box := BBox(incidents).Draw(t, "box")
	west, east := min(box.West, box.East), max(box.West, box.East)
	low, high := orb.Point{west, box.South}, orb.Point{east, box.North}
	switch rapid.IntRange(0, 5).Draw(t, "geometry") {
	case 0:
		g = low
	case 1:
		g = orb.MultiPoint{low, high}
	case 2:
		g = orb.Polygon{{low, {east, box.South}, high, low}}
	default:
		g = orb.Bound{Min: low, Max: high}.ToPolygon()
	}
	made, err := geo.NewGeometry(g)
	if err != nil { // of no width
		made, _ = geo.NewGeometry(low)
	}
	e := geo.Spatial{Op: rapid.SampledFrom(spatialOps).Draw(t, "op"), Right: geo.Area{Literal: made}}
	if rapid.IntRange(0, 3).Draw(t, "turned") == 0 {
		e.Left, e.Right = e.Right, e.Left
	}
	return e
}

var temporalOps = []geo.TemporalOp{"t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedby", "t_finishes",
	"t_intersects", "t_meets", "t_metby", "t_overlappedby", "t_overlaps", "t_startedby", "t_starts"}

func temporal(t *rapid.T) geo.Logic {
	during := During().Draw(t, "during")
	var span geo.Time
	if during.Start != "" {
		span.Start = geo.Literal{Value: geo.Instant{Time: during.Start.Time().Add(hours(t))}.Or(rapid.Bool().Draw(t, "day"))}
	}
	if during.End != "" {
		span.End = geo.Literal{Value: geo.Instant{Time: during.End.Time().Add(24*time.Hour - time.Second)}.Or(rapid.Bool().Draw(t, "day"))}
	}
	subject := geo.Time{Incident: true}
	if rapid.IntRange(0, 4).Draw(t, "field") == 0 {
		field := geo.Property(rapid.SampledFrom([]string{"start", "end", "updated"}).Draw(t, "of"))
		subject = geo.Time{Start: field, End: field}
	}
	e := geo.Temporal{Op: rapid.SampledFrom(temporalOps).Draw(t, "op"), Left: subject, Right: span}
	if rapid.IntRange(0, 3).Draw(t, "turned") == 0 {
		e.Left, e.Right = e.Right, e.Left
	}
	return e
}

func arrays(t *rapid.T, incidents []geo.Incident) geo.Logic {
	field := rapid.SampledFrom([]string{"tag", "actor", "country"}).Draw(t, "list")
	f, _ := geo.FieldByName(field)
	values := geo.Items{}
	for range rapid.IntRange(0, 2).Draw(t, "values") {
		values = append(values, geo.Literal{Value: Value(f, incidents).Draw(t, "value")})
	}
	op := rapid.SampledFrom([]geo.ArrayOp{geo.ArrayEquals, geo.ArrayContains, geo.ArrayContainedBy, geo.ArrayOverlaps}).Draw(t, "op")
	return geo.Arrays{Op: op, Left: geo.Items{geo.Property(field)}, Right: values}
}

// sortKeys draws what to sort by.
func sortKeys(t *rapid.T) []geo.SortKey {
	all := map[string]bool{}
	for range rapid.IntRange(0, 3).Draw(t, "keys") {
		fields := geo.Sortable()
		all[fields[rapid.IntRange(0, len(fields)-1).Draw(t, "key")].Name] = rapid.Bool().Draw(t, "descending")
	}
	var keys []geo.SortKey
	for _, name := range slices.Sorted(maps.Keys(all)) {
		keys = append(keys, geo.SortKey{Field: name, Descending: all[name]})
	}
	return keys
}
