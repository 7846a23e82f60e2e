// Package cql2 reads the Common Query Language of OGC 21-065 in both of its
// encodings, text and JSON, into one tree, and writes the tree as text. It
// knows no field and no function: whether an expression makes sense is for its
// caller to say.
package cql2

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"
)

// The most that an expression may be, so that none costs more than its worth.
const (
	MaxBytes  = 32 << 10 // of the text or JSON
	MaxDepth  = 64       // parts within parts
	MaxNodes  = 5000     // parts in all
	MaxPoints = 10_000   // positions of all geometries
)

// Node is a part of an expression: one of the types below.
type Node interface{ node() }

// Op is an operator or a function of the standard with its arguments, by the
// lower-case name that the JSON encoding gives it: and, or, not, =, <>, <, >,
// <=, >=, like, between, in, isnull, casei, accenti, +, -, *, /, ^, %, div,
// s_intersects, t_after, a_contains and so on. "in" has a List for its second
// argument; "between" has three arguments.
type Op struct {
	Name string
	Args []Node
}

// Call is a function that the standard does not know.
type Call struct {
	Name string
	Args []Node
}

// Property is a field by name.
type Property string

// Text, Number and Bool are literals. A Number keeps how it was written, so
// that no whole number is rounded.
type (
	Text   string
	Number string
	Bool   bool
)

// Null is the literal of JSON; the text encoding has none.
type Null struct{}

// Instant is DATE or TIMESTAMP.
type Instant struct {
	Time time.Time // UTC
	Day  bool      // a date: midnight stands for it
}

// Interval is from Start to End, each an Instant, a Property, a Call or Open.
type Interval struct{ Start, End Node }

// Open is the open end of an interval.
type Open struct{}

// Geometry is a literal, in the coordinate system of the filter; heights are
// left out.
type Geometry struct{ orb.Geometry }

// BBox is a literal box; X1 over X2 crosses the antimeridian where X is a
// longitude.
type BBox struct{ X1, Y1, X2, Y2 float64 }

// List is a list of values.
type List []Node

func (Op) node()       {}
func (Call) node()     {}
func (Property) node() {}
func (Text) node()     {}
func (Number) node()   {}
func (Bool) node()     {}
func (Null) node()     {}
func (Instant) node()  {}
func (Interval) node() {}
func (Open) node()     {}
func (Geometry) node() {}
func (BBox) node()     {}
func (List) node()     {}

// operators of the standard that are written as functions, with how many
// arguments each has.
var functions = map[string]int{
	"casei": 1, "accenti": 1,
	"s_intersects": 2, "s_equals": 2, "s_disjoint": 2, "s_touches": 2, "s_within": 2, "s_overlaps": 2, "s_crosses": 2, "s_contains": 2,
	"t_after": 2, "t_before": 2, "t_contains": 2, "t_disjoint": 2, "t_during": 2, "t_equals": 2, "t_finishedby": 2, "t_finishes": 2,
	"t_intersects": 2, "t_meets": 2, "t_metby": 2, "t_overlappedby": 2, "t_overlaps": 2, "t_startedby": 2, "t_starts": 2,
	"a_equals": 2, "a_contains": 2, "a_containedby": 2, "a_overlaps": 2,
}

// Error says where in the text, counted in bytes from 0, what is wrong. JSON
// has no place: At is -1.
type Error struct {
	At     int
	Reason string
}

// Error gives the reason, with the place where there is one.
func (e *Error) Error() string {
	if e.At < 0 {
		return e.Reason
	}
	return fmt.Sprintf("at character %d: %s", e.At+1, e.Reason)
}

// budget is what is left of the limits.
type budget struct{ nodes, points int }

func newBudget() *budget { return &budget{MaxNodes, MaxPoints} }

func (b *budget) node() string {
	if b.nodes--; b.nodes < 0 {
		return fmt.Sprintf("more than %d parts", MaxNodes)
	}
	return ""
}

func (b *budget) point() string {
	if b.points--; b.points < 0 {
		return fmt.Sprintf("more than %d positions", MaxPoints)
	}
	return ""
}

// instant reads what DATE or TIMESTAMP hold.
func instant(name, value string) (Instant, bool) {
	if name == "date" {
		t, err := time.Parse(time.DateOnly, value)
		return Instant{Time: t, Day: true}, err == nil
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	return Instant{Time: t.UTC()}, err == nil
}

// either reads a date or a timestamp.
func either(value string) (Instant, bool) {
	if t, ok := instant("date", value); ok {
		return t, true
	}
	return instant("timestamp", value)
}
