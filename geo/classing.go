package geo

import "slices"

// Class is one of the classes that marks and clusters are coloured by.
type Class struct {
	Code       string `json:"code"`
	Label      string `json:"label"`
	Color      string `json:"color"`       // #RRGGBB of the mark
	GlyphColor string `json:"glyph_color"` // #RRGGBB of the glyph on it
}

// Classing sorts incidents into classes by the value of one field.
type Classing struct {
	Name    string  `json:"name"`
	Classes []Class `json:"classes"`
	// Field is what Class reads; empty is the day that orders an incident: its
	// end, else its start.
	Field string `json:"-"`
	// Class gives the place in Classes of a value, -1 where it is of none. The
	// value is what the field gives, nil where it is not stated; today is the
	// civil day that ages are counted from.
	Class func(value any, today Day) int `json:"-"`
}

// Classings is the table of what marks can be coloured by; the first is the usual one.
var Classings = []Classing{
	{Name: "group", Field: "group", Classes: groupClasses(), Class: groupClass},
	{Name: "toll", Field: "killed_best", Class: tollClass, Classes: []Class{
		{"unstated", "Killed not stated", "#BBBBBB", "#000000"},
		{"0", "None killed", "#FFF7BC", "#000000"},
		{"1-9", "1 to 9 killed", "#FEC44F", "#000000"},
		{"10-99", "10 to 99 killed", "#D95F0E", "#000000"},
		{"100-", "100 or more killed", "#7F1D00", "#FFFFFF"},
	}},
	{Name: "status", Field: "status", Class: func(v any, _ Day) int { return slices.Index(Statuses, Status(textOf(v))) }, Classes: []Class{
		{string(Draft), "Draft", "#EECC66", "#000000"},
		{string(Reviewed), "Reviewed", "#6699CC", "#000000"},
		{string(Published), "Published", "#004488", "#FFFFFF"},
		{string(Retracted), "Retracted", "#BBBBBB", "#000000"},
	}},
	{Name: "age", Class: ageClass, Classes: []Class{
		{"1", "The last 24 hours", "#440154", "#FFFFFF"},
		{"7", "The last 7 days", "#3B528B", "#FFFFFF"},
		{"30", "The last 30 days", "#21918C", "#000000"},
		{"365", "The last 365 days", "#5EC962", "#000000"},
		{"older", "Older", "#FDE725", "#000000"},
		{"undated", "Day not stated", "#BBBBBB", "#000000"},
	}},
}

// ClassingByName finds a row of Classings; the first where name is empty.
func ClassingByName(name string) (Classing, bool) {
	for _, c := range Classings {
		if c.Name == name || name == "" {
			return c, true
		}
	}
	return Classing{}, false
}

func groupClasses() []Class {
	var all []Class
	for _, g := range Groups {
		all = append(all, Class{g.Code, g.Label, g.Color, g.GlyphColor})
	}
	return all
}

func groupClass(v any, _ Day) int {
	return slices.IndexFunc(Groups, func(g Group) bool { return g.Code == textOf(v) })
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

func tollClass(v any, _ Day) int {
	n, stated := v.(int64)
	switch {
	case !stated:
		return 0
	case n < 1:
		return 1
	case n < 10:
		return 2
	case n < 100:
		return 3
	}
	return 4
}

// ageClass counts whole days: what a day can tell of the last 24 hours is that
// it is today or yesterday. What is yet to come is as of today.
func ageClass(v any, today Day) int {
	day := textOf(v)
	if day == "" {
		return 5
	}
	for k, days := range []int{1, 7, 30, 365} {
		if today.Add(-days) <= Day(day) {
			return k
		}
	}
	return 4
}
