package table

import "testing"

// A day with slashes begins with its day or its month: where it may be both, the
// mapping says which, or the row is refused.
func TestSlashedDays(t *testing.T) {
	for _, tc := range []struct{ text, order, want string }{
		{"2024-03-05", "", "2024-03-05"},
		{"05/03/2024", DayFirst, "2024-03-05"},
		{"5/3/2024", DayFirst, "2024-03-05"},
		{"05/03/2024", MonthFirst, "2024-05-03"},
		{"5/3/2024", MonthFirst, "2024-05-03"},
		{"25/3/2024", "", "2024-03-25"},
		{"3/25/2024", "", "2024-03-25"},
		{"25/3/2024", MonthFirst, "2024-03-25"},
		{"3/3/2024", "", "2024-03-03"},
		{"31/2/2024", "", ""},
	} {
		day, ok := dayIn(tc.text, tc.order)
		if string(day) != tc.want && (ok || tc.want != "") {
			t.Errorf("%s, %s: %s", tc.text, tc.order, day)
		}
	}
	for _, text := range []string{"05/03/2024", "5/3/24"} {
		if !twoDays(text) {
			t.Errorf("%s is one day", text)
		}
		get := func(field string) string { return map[string]string{"start": text}[field] }
		if _, err := (Mapping{}).when(get); err == nil {
			t.Errorf("%s is taken without a word which day it is", text)
		}
	}
}
