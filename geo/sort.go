package geo

import "strings"

// SortKey is a field to sort by, one of Sortable. Text sorts after FoldText;
// what is not stated comes last either way.
type SortKey struct {
	Field      string
	Descending bool
}

// CompareBy orders two incidents by keys and, where those tie, by id.
func CompareBy(keys []SortKey, a, b *Incident) int {
	for _, k := range keys {
		f, _ := FieldByName(k.Field)
		x, y := f.Asked(a), f.Asked(b)
		switch {
		case len(x) == 0 && len(y) == 0:
			continue
		case len(x) == 0:
			return 1
		case len(y) == 0:
			return -1
		}
		c, _ := compareValues(x[0], y[0])
		if x[0] == false && y[0] == true {
			c = -1
		}
		if k.Descending {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return strings.Compare(a.ID, b.ID)
}

// maxSortKeys bounds what a query is sorted by.
const maxSortKeys = 5

// checkSort wants each key sortable and none twice.
func checkSort(keys []SortKey) error {
	if len(keys) > maxSortKeys {
		return Invalid("sortby", "%d fields; at most %d", len(keys), maxSortKeys)
	}
	seen := map[string]bool{}
	for _, k := range keys {
		if f, ok := FieldByName(k.Field); !ok || !f.Sortable() {
			return Invalid("sortby", "%q is no field to sort by; /collections/incidents/sortables lists those there are", k.Field)
		}
		if seen[k.Field] {
			return Invalid("sortby", "%s stands twice", k.Field)
		}
		seen[k.Field] = true
	}
	return nil
}

// Validate checks the filter and what the query is sorted by.
func (q Query) Validate() error {
	if err := checkSort(q.Sort); err != nil {
		return err
	}
	return q.Filter.Validate()
}
