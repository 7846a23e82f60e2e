package report_test

import (
	"testing"

	"dateline/geo"
	"dateline/geo/report"
)

func TestWithAliases(t *testing.T) {
	by := func(name, id string) geo.Incident {
		return geo.Incident{Actors: []geo.Actor{{Name: name, ActorID: id, Role: "perpetrator"}}}
	}
	asks := func(name string) geo.Expr { return geo.In{Field: "actor", Values: []any{name}} }
	tests := []struct {
		name string
		expr geo.Expr
		of   geo.Incident
		want bool
	}{
		{"an alias finds the id", asks("ISIS"), by("the group", "is"), true},
		{"an alias finds the name of a row that was imported", asks("daesh"), by("Islamic State", ""), true},
		{"the name finds an alias", asks("Islamic State"), by("ISIL", ""), true},
		{"an id finds names, in any script", asks("is"), by("داعش", ""), true},
		{"another branch is another actor", asks("ISIS"), by("ISWAP", "iswap"), false},
		{"a name of no table is itself", asks("The Guards"), by("the guards", ""), true},
		{"a bare kind is no alias", asks("gunmen"), by("attackers", "kind:gunmen"), false},
		{"one value compared", geo.Compare{Field: "perpetrator", Op: geo.Eq, Value: "ISIS"}, by("", "is"), true},
		{"within and, or, not", geo.And{geo.Or{asks("nobody"), asks("ISIS")}, geo.Not{Expr: asks("ISIS")}}, by("", "is"), false},
		{"another field's values stay", geo.In{Field: "publisher", Values: []any{"ISIS"}}, by("", "is"), false},
	}
	for _, test := range tests {
		f := report.WithAliases(geo.Filter{Expr: test.expr})
		if got := f.Match(&test.of); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	if all := (report.WithAliases(geo.Filter{})); !all.Match(&geo.Incident{}) {
		t.Error("no filter is narrowed")
	}
}
