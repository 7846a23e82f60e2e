package geo

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed event-types.tsv
var eventTypesTSV string

// EventType is a row of the type table: what an incident is.
type EventType struct {
	Code  string // "air-strike"
	Group string // "remote-violence"; gives the mark its colour and glyph
	Label string // "Air strike"
	ACLED string // sub-event type of ACLED, empty where there is none
	GLIDE string // two-letter hazard code of GLIDE, empty where there is none
}

// EventTypes is the type table in its order, read from event-types.tsv.
var EventTypes = mustEventTypes(eventTypesTSV)

var eventTypeByCode = func() map[string]EventType {
	m := make(map[string]EventType, len(EventTypes))
	for _, t := range EventTypes {
		m[t.Code] = t
	}
	return m
}()

// EventTypeByCode finds a row of the type table by its code.
func EventTypeByCode(code string) (EventType, bool) {
	t, ok := eventTypeByCode[code]
	return t, ok
}

// EventGroups lists the groups in the order in which the table names them first.
func EventGroups() []string {
	var groups []string
	seen := map[string]bool{}
	for _, t := range EventTypes {
		if !seen[t.Group] {
			seen[t.Group] = true
			groups = append(groups, t.Group)
		}
	}
	return groups
}

// EventTypeFrom goes back from a foreign code: the first row that matches wins.
// scheme is "acled" or "glide".
func EventTypeFrom(scheme, code string) (EventType, bool) {
	for _, t := range EventTypes {
		if scheme == "acled" && code != "" && strings.EqualFold(t.ACLED, code) ||
			scheme == "glide" && code != "" && strings.EqualFold(t.GLIDE, code) {
			return t, true
		}
	}
	return EventType{}, false
}

// mustEventTypes parses the embedded table; a malformed one is a mistake of the
// build that every test meets at once.
func mustEventTypes(tsv string) []EventType {
	var types []EventType
	for i, line := range strings.Split(strings.TrimRight(tsv, "\n"), "\n") {
		col := strings.Split(line, "\t")
		if len(col) != 5 {
			panic(fmt.Sprintf("geo: event-types.tsv line %d: %d columns, want 5", i+1, len(col)))
		}
		if i > 0 {
			types = append(types, EventType{Code: col[0], Group: col[1], Label: col[2], ACLED: col[3], GLIDE: col[4]})
		}
	}
	return types
}
