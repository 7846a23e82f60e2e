package geo

import (
	"math/rand/v2"
	"testing"
)

// Wherever a LIKE or a computed comparison holds, what Lower makes of it does;
// and it is made of something.
func TestNeedHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []string{"a", "B", "ß", "É", "é", " ", "-", "%", "_", "ſ", "K", "ﬁ", "1", "x"}
	text := func(from []string, n int) (s string) {
		for range random.IntN(n) {
			s += from[random.IntN(len(from))]
		}
		return s
	}
	patterns := []string{"a", "B", "s", "k", "fi", "e", " ", "-", "%", "%", "_", `\%`, `\_`, "1", "x"}
	held, narrow := 0, 0
	for range 200_000 {
		i := Incident{Title: text(letters, 8), Places: []Site{{Role: RoleSite, Place: text(letters, 6), Admin1: text(letters, 6)}}, Actors: []Actor{{Name: text(letters, 8)}, {Name: "b"}}}
		if n := random.IntN(4); n > 0 {
			i.Tolls.Killed.Best, i.Tolls.Injured.Best = new(int64(n)), new(int64(random.IntN(5)))
		}
		property := []Property{"title", "place", "actor", "admin1"}[random.IntN(4)]
		fold := Fold{Case: random.IntN(2) == 0, Accent: random.IntN(2) == 0}
		like := Like{Term: property, Pattern: text(patterns, 6), Fold: fold}
		if fold.Case || fold.Accent {
			fold.Term = property
			like.Term = fold
		}
		ops := []Op{Eq, Lt, Le, Gt, Ge}
		sum := Relation{ops[random.IntN(5)], Arithmetic{[]string{"+", "-", "*", "/", "%", "div", "^"}[random.IntN(7)], Property("killed_best"), Property("injured_best")}, Literal{float64(random.IntN(6))}}
		for _, e := range []Logic{like, None{like}, sum, None{sum}} {
			c := CQL{Root: e}
			need, exact := Lower(c)
			is, may := c.match(&i), need.match(&i)
			if is && !may {
				t.Fatalf("%#v holds of %q at %q by %+v with %+v, but %#v does not", e, i.Title, i.Places[0].Place+", "+i.Places[0].Admin1, i.Actors, i.Tolls, need)
			}
			if exact {
				t.Fatalf("%#v says that it is exact", need)
			}
			if is {
				held++
			}
			if !may {
				narrow++
			}
		}
	}
	if held < 10_000 || narrow < 100_000 {
		t.Errorf("%d held and %d were ruled out: too few to tell", held, narrow)
	}
}
