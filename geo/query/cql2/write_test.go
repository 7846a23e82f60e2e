package cql2_test

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/geo/query/cql2"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// FuzzParse: nothing breaks the reader of either encoding, and what it takes
// can be written as text and read to the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a = 1 AND NOT (b LIKE 'x%' OR c IN (1,2))", "S_INTERSECTS(geometry, POLYGON((0 0,4 0,4 4,0 4,0 0)))", "a BETWEEN 1 AND -2e3",
		"T_DURING(datetime, INTERVAL('2024-01-01','..'))", "A_CONTAINS(tags, ['a','b'])", "CASEI(ACCENTI(a)) = 'x' AND d <> DATE('2024-01-04')",
		`{"op":"and","args":[{"op":"isNull","args":[{"property":"a"}]},{"op":"<","args":[1,{"op":"/","args":[2,3]}]}]}`,
		`{"op":"s_within","args":[{"property":"g"},{"bbox":[1,2,3,4]}]}`, `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`, "((((", "'", `"`, "a ^ -1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, parse := range []func(string) (cql2.Node, error){cql2.Parse, func(s string) (cql2.Node, error) { return cql2.ParseJSON([]byte(s)) }} {
			first, err := parse(text)
			var e *cql2.Error
			if err != nil && !errors.As(err, &e) {
				t.Fatalf("%q: %T", text, err)
			}
			if err != nil || strings.ContainsAny(text, "\\") { // a backslash before a quote can't be written
				continue
			}
			written := write(first)
			second, err := cql2.Parse(written)
			if err != nil && (strings.Contains(err.Error(), "within each other") || strings.Contains(err.Error(), "at most") || strings.Contains(err.Error(), "more than")) {
				continue // brackets are parts too
			}
			if strings.Contains(written, "NULL") || strings.Contains(text, "{") && err != nil {
				continue // JSON says more than text can
			}
			if err != nil {
				t.Fatalf("%q was written as %q: %v", text, written, err)
			}
			if !reflect.DeepEqual(first, second) && !strings.Contains(text, "{") {
				t.Fatalf("%q (-first +second):\n%s", text, cmp.Diff(first, second))
			}
		}
	})
}

// write gives the expression as cql2-text that Parse reads to the same tree.
// Every part of two stands in brackets.
func write(n cql2.Node) string {
	switch n := n.(type) {
	case cql2.Op:
		return writeOp(n)
	case cql2.Call:
		return n.Name + writeList(n.Args, "(", ")")
	case cql2.Property:
		return `"` + strings.ReplaceAll(string(n), `"`, `""`) + `"`
	case cql2.Text:
		return "'" + strings.ReplaceAll(string(n), "'", "''") + "'"
	case cql2.Number:
		return string(n)
	case cql2.Bool:
		return strings.ToUpper(strconv.FormatBool(bool(n)))
	case cql2.Null:
		return "NULL"
	case cql2.Instant:
		if n.Day {
			return "DATE(" + writeEnd(n) + ")"
		}
		return "TIMESTAMP(" + writeEnd(n) + ")"
	case cql2.Interval:
		return "INTERVAL(" + writeEnd(n.Start) + "," + writeEnd(n.End) + ")"
	case cql2.Geometry:
		return writeGeometry(n.Geometry)
	case cql2.BBox:
		return "BBOX(" + decimal(n.X1) + "," + decimal(n.Y1) + "," + decimal(n.X2) + "," + decimal(n.Y2) + ")"
	case cql2.List:
		return writeList(n, "[", "]")
	}
	return ""
}

func writeOp(o op) string {
	a := o.Args
	switch o.Name {
	case "and", "or":
		parts := make([]string, len(a))
		for k, part := range a {
			parts[k] = write(part)
		}
		return "(" + strings.Join(parts, " "+strings.ToUpper(o.Name)+" ") + ")"
	case "not":
		return "(NOT " + write(a[0]) + ")"
	case "isnull":
		return "(" + write(a[0]) + " IS NULL)"
	case "between":
		return "(" + write(a[0]) + " BETWEEN " + write(a[1]) + " AND " + write(a[2]) + ")"
	case "in":
		list, _ := a[1].(cql2.List)
		return "(" + write(a[0]) + " IN " + writeList(list, "(", ")") + ")"
	}
	if strings.Contains(o.Name, "_") || o.Name == "casei" || o.Name == "accenti" {
		return strings.ToUpper(o.Name) + writeList(a, "(", ")")
	}
	return "(" + write(a[0]) + " " + strings.ToUpper(o.Name) + " " + write(a[1]) + ")"
}

func writeList(list []cql2.Node, opening, closing string) string {
	parts := make([]string, len(list))
	for k, n := range list {
		parts[k] = write(n)
	}
	return opening + strings.Join(parts, ",") + closing
}

func writeEnd(n cql2.Node) string {
	switch n := n.(type) {
	case cql2.Open:
		return "'..'"
	case cql2.Instant:
		if n.Day {
			return "'" + n.Time.Format(time.DateOnly) + "'"
		}
		return "'" + n.Time.Format(time.RFC3339Nano) + "'"
	}
	return write(n)
}

func writeGeometry(g orb.Geometry) string { return wkt.MarshalString(g) }

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
