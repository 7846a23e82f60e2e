package geo

import "slices"

// Queryables are the fields that a CQL expression may name: those of the flat
// incident that have one value, those that only filters ask, and the lists tags
// and actors. "geometry" and "datetime" stand beside them.
func Queryables() []Field {
	var all []Field
	for _, f := range Fields {
		if f.Kind != KindList || slices.Contains([]string{"tags", "actors"}, f.Name) {
			all = append(all, f)
		}
	}
	return all
}

// Queryable finds a row of Queryables.
func Queryable(name string) (Field, bool) {
	f, ok := FieldByName(name)
	if ok && f.Kind == KindList && name != "tags" && name != "actors" {
		return Field{}, false
	}
	return f, ok
}

// Sortable are the filterable fields of the flat incident that have one value,
// by which a query may be sorted.
func Sortable() []Field {
	var all []Field
	for _, f := range Fields {
		if f.Sortable() {
			all = append(all, f)
		}
	}
	return all
}

// Sortable reports whether a query may be sorted by the field.
func (f Field) Sortable() bool { return f.Filterable && f.Values == nil && f.Kind != KindList }
