package cql2_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"dateline/geo/query/cql2"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

type (
	op  = cql2.Op
	p   = cql2.Property
	s   = cql2.Text
	num = cql2.Number
)

func of(name string, args ...cql2.Node) op { return op{Name: name, Args: args} }

func day(y int, m time.Month, d int) cql2.Instant {
	return cql2.Instant{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Day: true}
}

// Every construct of the grammar (OGC 21-065, annexes B and C) in both encodings.
func TestParse(t *testing.T) {
	noon := cql2.Instant{Time: time.Date(2024, 1, 4, 12, 0, 0, 500_000_000, time.UTC)}
	square := cql2.Geometry{Geometry: orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}}
	for _, tc := range []struct {
		text, json string
		want       cql2.Node
	}{
		{`a = 1`, `{"op":"=","args":[{"property":"a"},1]}`, of("=", p("a"), num("1"))},
		{`a<>-1.5`, `{"op":"<>","args":[{"property":"a"},-1.5]}`, of("<>", p("a"), num("-1.5"))},
		{`a <= 1e3 AND b >= .5 AND c < 2 AND d > 3`, ``, of("and", of("<=", p("a"), num("1e3")), of(">=", p("b"), num(".5")), of("<", p("c"), num("2")), of(">", p("d"), num("3")))},
		{`a = 'it''s' or not b = TRUE`, `{"op":"or","args":[{"op":"=","args":[{"property":"a"},"it's"]},{"op":"not","args":[{"op":"=","args":[{"property":"b"},true]}]}]}`,
			of("or", of("=", p("a"), s("it's")), of("not", of("=", p("b"), cql2.Bool(true))))},
		{`a = 1 OR b = 2 AND c = 3`, ``, of("or", of("=", p("a"), num("1")), of("and", of("=", p("b"), num("2")), of("=", p("c"), num("3"))))},
		{`(a = 1 OR b = 2) AND c = 3`, ``, of("and", of("or", of("=", p("a"), num("1")), of("=", p("b"), num("2"))), of("=", p("c"), num("3")))},
		{`weak`, `{"property":"weak"}`, p("weak")},
		{`"date" = 1`, ``, of("=", p("date"), num("1"))},
		{`date = minx`, ``, of("=", p("date"), p("minx"))},
		{`point = "the ""x"""`, ``, of("=", p("point"), p(`the "x"`))},
		{`überfall:x.y_1 = 1`, ``, of("=", p("überfall:x.y_1"), num("1"))},
		{`a LIKE 'x%'`, `{"op":"like","args":[{"property":"a"},"x%"]}`, of("like", p("a"), s("x%"))},
		{`CASEI(a) NOT LIKE accenti('É_')`, ``, of("not", of("like", of("casei", p("a")), of("accenti", s("É_"))))},
		{`a BETWEEN 1 AND 2 + 1`, `{"op":"between","args":[{"property":"a"},1,{"op":"+","args":[2,1]}]}`, of("between", p("a"), num("1"), of("+", num("2"), num("1")))},
		{`a NOT BETWEEN 1 AND 2 AND b = 1`, ``, of("and", of("not", of("between", p("a"), num("1"), num("2"))), of("=", p("b"), num("1")))},
		{`a IN ('x', 'y')`, `{"op":"in","args":[{"property":"a"},["x","y"]]}`, of("in", p("a"), cql2.List{s("x"), s("y")})},
		{`a not in (1)`, ``, of("not", of("in", p("a"), cql2.List{num("1")}))},
		{`a IS NULL`, `{"op":"isNull","args":[{"property":"a"}]}`, of("isnull", p("a"))},
		{`a IS NOT NULL`, ``, of("not", of("isnull", p("a")))},
		{`a + 2 * b - c / 3 = 4`, ``, of("=", of("-", of("+", p("a"), of("*", num("2"), p("b"))), of("/", p("c"), num("3"))), num("4"))},
		{`a ^ 2 ^ 3 = 5 % 3 div 2`, ``, of("=", of("^", p("a"), of("^", num("2"), num("3"))), of("div", of("%", num("5"), num("3")), num("2")))},
		{`-a = -(1 - 2)`, ``, of("=", of("-", num("0"), p("a")), of("-", num("0"), of("-", num("1"), num("2"))))},
		{`d = DATE('2024-01-04')`, `{"op":"=","args":[{"property":"d"},{"date":"2024-01-04"}]}`, of("=", p("d"), day(2024, 1, 4))},
		{`d > TIMESTAMP('2024-01-04T12:00:00.5Z')`, `{"op":">","args":[{"property":"d"},{"timestamp":"2024-01-04T12:00:00.5Z"}]}`, of(">", p("d"), noon)},
		{`T_DURING(d, INTERVAL('2024-01-01', '..'))`, `{"op":"t_during","args":[{"property":"d"},{"interval":["2024-01-01",".."]}]}`,
			of("t_during", p("d"), cql2.Interval{Start: day(2024, 1, 1), End: cql2.Open{}})},
		{`t_finishedBy(INTERVAL(a, b), datetime)`, `{"op":"t_finishedBy","args":[{"interval":[{"property":"a"},{"property":"b"}]},{"property":"datetime"}]}`,
			of("t_finishedby", cql2.Interval{Start: p("a"), End: p("b")}, p("datetime"))},
		{`S_INTERSECTS(geometry, POLYGON((0 0,4 0,4 4,0 4,0 0)))`,
			`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]]]}]}`, of("s_intersects", p("geometry"), square)},
		{`S_WITHIN(geometry, BBOX(-1.5,2,3,+4))`, `{"op":"s_within","args":[{"property":"geometry"},{"bbox":[-1.5,2,3,4]}]}`, of("s_within", p("geometry"), cql2.BBox{X1: -1.5, Y1: 2, X2: 3, Y2: 4})},
		{`S_WITHIN(geometry, ENVELOPE(1,2,0,3,4,9))`, ``, of("s_within", p("geometry"), cql2.BBox{X1: 1, Y1: 2, X2: 3, Y2: 4})},
		{`S_EQUALS(geometry, POINT Z(1 -2 3))`, `{"op":"s_equals","args":[{"property":"geometry"},{"type":"Point","coordinates":[1,-2,3]}]}`, of("s_equals", p("geometry"), cql2.Geometry{Geometry: orb.Point{1, -2}})},
		{`S_TOUCHES(geometry, LINESTRING(0 0, 1 1))`, ``, of("s_touches", p("geometry"), cql2.Geometry{Geometry: orb.LineString{{0, 0}, {1, 1}}})},
		{`S_CROSSES(geometry, MULTILINESTRING((0 0,1 1),(2 2,3 3)))`, ``, of("s_crosses", p("geometry"), cql2.Geometry{Geometry: orb.MultiLineString{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}}}})},
		{`S_OVERLAPS(geometry, MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0))))`, ``, of("s_overlaps", p("geometry"), cql2.Geometry{Geometry: orb.MultiPolygon{square.Geometry.(orb.Polygon)}})},
		{`S_CONTAINS(MULTIPOINT(0 0, 1 1), geometry)`, ``, of("s_contains", cql2.Geometry{Geometry: orb.MultiPoint{{0, 0}, {1, 1}}}, p("geometry"))},
		{`S_DISJOINT(geometry, MULTIPOINT((0 0), (1 1)))`, ``, of("s_disjoint", p("geometry"), cql2.Geometry{Geometry: orb.MultiPoint{{0, 0}, {1, 1}}})},
		{`S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0,1 1)))`,
			`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[0,0],[1,1]]}]}]}`,
			of("s_intersects", p("geometry"), cql2.Geometry{Geometry: orb.Collection{orb.Point{1, 2}, orb.LineString{{0, 0}, {1, 1}}}})},
		{`A_CONTAINS(tags, ('a','b'))`, `{"op":"a_contains","args":[{"property":"tags"},["a","b"]]}`, of("a_contains", p("tags"), cql2.List{s("a"), s("b")})},
		{`A_EQUALS(['a'], tags) OR A_OVERLAPS(tags, ()) OR A_CONTAINEDBY(tags, ['a', 1])`, ``,
			of("or", of("a_equals", cql2.List{s("a")}, p("tags")), of("a_overlaps", p("tags"), cql2.List{}), of("a_containedby", p("tags"), cql2.List{s("a"), num("1")}))},
		{`near(geometry, 5) = TRUE`, `{"op":"=","args":[{"op":"near","args":[{"property":"geometry"},5]},true]}`, of("=", cql2.Call{Name: "near", Args: []cql2.Node{p("geometry"), num("5")}}, cql2.Bool(true))},
	} {
		t.Run(tc.text, func(t *testing.T) {
			got, err := cql2.Parse(tc.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			if tc.json == "" {
				return
			}
			if got, err = cql2.ParseJSON([]byte(tc.json)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("JSON (-want +got):\n%s", diff)
			}
		})
	}
}

// What drafts of the standard wrote, and clients still send.
func TestParseDrafts(t *testing.T) {
	for _, tc := range []struct {
		json string
		want cql2.Node
	}{
		{`{"op":"between","args":[{"property":"a"},[1,2]]}`, of("between", p("a"), num("1"), num("2"))},
		{`{"op":"=","args":[{"casei":{"property":"a"}},{"casei":"X"}]}`, of("=", of("casei", p("a")), of("casei", s("X")))},
		{`{"op":"=","args":[{"function":{"name":"f","args":[1]}},2]}`, of("=", cql2.Call{Name: "f", Args: []cql2.Node{num("1")}}, num("2"))},
	} {
		got, err := cql2.ParseJSON([]byte(tc.json))
		if diff := cmp.Diff(tc.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", tc.json, err, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tc := range []struct{ text, says string }{
		{"", "it ends"},
		{"a =", "it ends"},
		{"a = 1 b", `"b" stands where the end`},
		{"a = 'x", "does not end"},
		{"a == 1", `"=" stands`},
		{"a = 1 AND", "it ends"},
		{"a IN ()x", "stands where"},
		{"a BETWEEN 1 OR 2", "and should"},
		{"a ! 1", "no meaning"},
		{"a = DATE('yesterday')", "want DATE("},
		{"T_AFTER(a, INTERVAL('x','..'))", "want INTERVAL("},
		{"T_AFTER(a)", "two arguments"},
		{"S_INTERSECTS(g, POLYGON((0 0,1 1)))", "four positions"},
		{"S_INTERSECTS(g, POLYGON((0 0,1 1,2 2,3 3)))", "four positions"},
		{"S_INTERSECTS(g, LINESTRING(0 0))", "two positions"},
		{"S_INTERSECTS(g, POINT(0))", "a number"},
		{"S_INTERSECTS(g, POINT(1e999 0))", "a number"},
		{"S_INTERSECTS(g, BBOX(1,2,3))", "3 numbers"},
		{strings.Repeat("(", 100) + "a" + strings.Repeat(")", 100), "within each other"},
		{strings.Repeat("NOT ", 100) + "a", "within each other"},
		{"a = " + strings.Repeat("-", 100) + "b", "within each other"},
		{"a = 1" + strings.Repeat("+1", 100), "within each other"},
		{"a = " + strings.Repeat("2^", 100) + "2", "within each other"},
		{"a IN (1" + strings.Repeat(",1", cql2.MaxNodes) + ")", "more than"},
		{strings.Repeat(" ", cql2.MaxBytes+1), "at most"},
	} {
		_, err := cql2.Parse(tc.text)
		var e *cql2.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%.60q: %v, want one that says %q", tc.text, err, tc.says)
		}
	}
	for _, tc := range []struct{ json, says string }{
		{"", "not JSON"},
		{"{} {}", "something stands after"},
		{"{}", "an object is none"},
		{`{"op":"and"}`, "lacks its args"},
		{`{"op":"and","args":[true]}`, "1 arguments"},
		{`{"op":"in","args":[1,2]}`, "is a list"},
		{`{"type":"Point","coordinates":[1]}`, "two numbers"},
		{`{"type":"Point","coordinates":["1","2"]}`, "of numbers"},
		{`{"type":"Circle","coordinates":[1,2]}`, "no geometry"},
		{`{"type":"GeometryCollection"}`, "no geometries"},
		{strings.Repeat(`{"op":"not","args":[`, 100) + "true" + strings.Repeat("]}", 100), "within each other"},
		{strings.Repeat("[", 20000), "not JSON"},
	} {
		if _, err := cql2.ParseJSON([]byte(tc.json)); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%.60q: %v, want one that says %q", tc.json, err, tc.says)
		}
	}
}
