package geo_test

import (
	"testing"

	"dateline/geo"
)

// Every class of every classing is reached by some value.
func TestClassings(t *testing.T) {
	values := map[string][]any{
		"toll": {nil, int64(0), int64(1), int64(9), int64(10), int64(99), int64(100)},
		"age":  {nil, "2024-06-10", "2024-06-09", "2024-06-03", "2024-05-11", "2023-06-11", "2001-01-01"},
	}
	want := map[string][]int{"toll": {0, 1, 2, 2, 3, 3, 4}, "age": {5, 0, 0, 1, 2, 3, 4}}
	for _, g := range geo.Groups {
		values["group"] = append(values["group"], g.Code)
	}
	for _, s := range geo.Statuses {
		values["status"] = append(values["status"], string(s))
	}
	for _, by := range geo.Classings {
		seen := map[int]bool{}
		for k, v := range values[by.Name] {
			class := by.Class(v, "2024-06-10")
			if class < 0 || class >= len(by.Classes) || want[by.Name] != nil && class != want[by.Name][k] {
				t.Errorf("%s: %v is of class %d", by.Name, v, class)
			}
			seen[class] = true
		}
		if len(seen) != len(by.Classes) {
			t.Errorf("%s: %d of %d classes are reached", by.Name, len(seen), len(by.Classes))
		}
		if by.Class("nothing of the kind", "2024-06-10") >= 0 && (by.Name == "group" || by.Name == "status") {
			t.Errorf("%s: a class of an unknown value", by.Name)
		}
	}
	if c, ok := geo.ClassingByName(""); !ok || c.Name != "group" {
		t.Errorf("the usual classing is %q", c.Name)
	}
}
