package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"dateline/geo"
)

// key is a column that orders a query. NULL comes last either way.
type key struct {
	column     string // of the table incident, or of a join
	field      string // of the table value, where the column is a join's
	descending bool
}

// orders of a query by their keys; the id, which breaks ties, follows.
var orders = map[geo.Order]key{
	geo.NewestFirst: {column: "i.sort_day", descending: true},
	geo.ByUpdated:   {column: "i.updated", descending: true},
	geo.ByID:        {column: "i.id"},
	geo.AsKept:      {column: "i.n"},
}

// keysOf a query, the id last.
func keysOf(q geo.Query) ([]key, error) {
	id := key{column: "i.id"}
	if len(q.Sort) > 0 {
		var keys []key
		for n, by := range q.Sort {
			keys = append(keys, key{fmt.Sprintf("k%d.value", n), by.Field, by.Descending})
		}
		return append(keys, id), nil
	}
	if q.Order == "" {
		q.Order = geo.NewestFirst
	}
	order, ok := orders[q.Order]
	if !ok {
		return nil, geo.Invalid("order", "%q is no order", q.Order)
	}
	if order == id {
		return []key{id}, nil
	}
	return []key{order, id}, nil
}

// joins bring in the values that a query is sorted by.
func (b *builder) joins(keys []key) string {
	var all strings.Builder
	for n, k := range keys {
		if k.field != "" {
			fmt.Fprintf(&all, " LEFT JOIN value k%[1]d ON k%[1]d.n = i.n AND k%[1]d.field = %[2]s", n, b.arg(k.field))
		}
	}
	return all.String()
}

func orderBy(keys []key) string {
	all := make([]string, len(keys))
	for n, k := range keys {
		all[n] = k.column
		if k.descending {
			all[n] += " DESC"
		}
		if k.field != "" {
			all[n] += " NULLS LAST"
		}
	}
	return strings.Join(all, ", ")
}

// after holds for the rows that come after an incident, by its keys as they
// stand now: those that are past it in one key and level with it in all before.
func (s *Store) after(ctx context.Context, b *builder, keys []key, id string) (string, error) {
	at := make([]any, len(keys))
	into := make([]any, len(keys))
	columns := make([]string, len(keys))
	for n, k := range keys {
		columns[n], into[n] = k.column, &at[n]
	}
	look := &builder{}
	statement := "SELECT " + strings.Join(columns, ", ") + " FROM incident i" + look.joins(keys) + " WHERE i.id = " + look.arg(id)
	err := s.read.QueryRowContext(ctx, statement, look.args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return "", geo.Invalid("cursor", "the incident that it goes on after is gone; start again without it")
	}
	if err != nil {
		return "", err
	}
	var any []string
	level := ""
	for n, k := range keys {
		if past := b.past(k, at[n]); past != "" {
			any = append(any, level+past)
		}
		level += k.column + " IS " + b.arg(at[n]) + " AND "
	}
	return b.from(keys[0], at[0]) + "(" + strings.Join(any, " OR ") + ")", nil
}

// from lets an index begin where the first key does, which the conditions joined
// by OR don't.
func (b *builder) from(k key, at any) string {
	switch {
	case k.field != "":
		return ""
	case k.descending:
		return k.column + " <= " + b.arg(at) + " AND "
	}
	return k.column + " >= " + b.arg(at) + " AND "
}

// past holds for the values that come after one of a key; nothing comes after NULL.
func (b *builder) past(k key, at any) string {
	if at == nil {
		return ""
	}
	than := " > "
	if k.descending {
		than = " < "
	}
	is := k.column + than + b.arg(at)
	if k.field != "" {
		return "(" + is + " OR " + k.column + " IS NULL)"
	}
	return is
}
