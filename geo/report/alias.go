package report

import (
	"maps"
	"slices"
	"sync"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// called maps each folded name and id of the tables of actors to the ids and the
// names, in every language, of whom it may stand for: "isis" to "is", "Islamic
// State", "ISIL", "Daesh", "داعش". A bare kind of actors ("gunmen") is no name.
var called = sync.OnceValue(func() map[string][]any {
	byID := map[string][]any{}
	for _, code := range lexicon.Codes() {
		language, err := lexicon.For(code)
		if err != nil {
			continue // who reads reports is told of it
		}
		for _, a := range language.Event.Actors {
			for _, name := range append([]string{a.ID, a.Name}, a.Aliases...) {
				if a.Kind != "kind" && !slices.Contains(byID[a.ID], any(name)) {
					byID[a.ID] = append(byID[a.ID], name)
				}
			}
		}
	}
	all := map[string][]any{}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		for _, name := range byID[id] {
			key := geo.FoldText(name.(string))
			all[key] = append(all[key], byID[id]...)
		}
	}
	return all
})

// WithAliases widens a filter: a name of an actor that it asks for stands for
// every name and the id that the tables of actors have for it.
func WithAliases(f geo.Filter) geo.Filter {
	return geo.Filter{Expr: geo.Rewrite(f.Expr, func(e geo.Expr) geo.Expr {
		switch e := e.(type) {
		case geo.Compare:
			if more := aliases(e.Field, []any{e.Value}); e.Op == geo.Eq && len(more) > 1 {
				return geo.In{Field: e.Field, Values: more}
			}
		case geo.In:
			e.Values = aliases(e.Field, e.Values)
			return e
		}
		return e
	})}
}

// aliases are values of a field with what each also stands for.
func aliases(field string, values []any) []any {
	if field != "actor" && field != "perpetrator" {
		return values
	}
	out := slices.Clone(values)
	for _, v := range values {
		name, ok := v.(string)
		if !ok {
			continue
		}
		for _, other := range called()[geo.FoldText(name)] {
			if !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out
}
