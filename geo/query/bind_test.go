package query_test

import (
	"net/url"
	"testing"

	"dateline/geo"
	"dateline/geo/query"

	"github.com/google/go-cmp/cmp"
)

// strike is an incident with something to say to every kind of condition.
func strike() *geo.Incident {
	return &geo.Incident{
		ID: "strike", Title: "Strike on Café José, Baghdad", Type: "air-strike", Status: geo.Published, Modality: geo.Asserted,
		When: geo.When{Start: "2024-01-04", End: "2024-01-06"},
		Places: []geo.Site{
			{Role: geo.RoleSite, Place: "Baghdad", Country: "IQ", Lon: new(44.36), Lat: new(33.31), RadiusM: 15000, Precision: "settlement"},
			{Role: geo.RoleSite, Place: "Damascus", Country: "SY", Lon: new(36.3), Lat: new(33.5), RadiusM: 9000, Precision: "settlement"},
		},
		Tolls:  geo.Tolls{Killed: geo.Range{Best: new(int64(5))}},
		Actors: []geo.Actor{{Name: "Anna Private", Role: "victim"}, {Name: "The Army", ActorID: "army", Role: "perpetrator"}},
		Named:  []geo.Named{{Name: "Anna Private", Private: true}}, Tags: []string{"a", "b"},
	}
}

func TestFilterMeaning(t *testing.T) {
	for _, tc := range []struct {
		filter string
		want   bool
	}{
		{"killed_best = 5", true},
		{"killed_best > 4.5 AND killed_best <= 5", true},
		{"killed_best * 2 + 1 = 11", true},
		{"killed_best BETWEEN 1 AND 4", false},
		{"killed_best NOT BETWEEN 1 AND 4", true},
		{"injured_best = 5", false},
		{"NOT injured_best = 5", false}, // not stated is neither
		{"injured_best IS NULL", true},
		{"injured_best IS NULL OR injured_best > 3", true},
		{"killed_best IS NOT NULL", true},
		{"(killed_best = 5) = TRUE", true},
		{"killed_best IN (1, 5)", true},
		{"killed_best NOT IN (1, 2)", true},
		{"type = 'air-strike' AND group = 'remote-violence'", true},
		{"type <> 'air-strike'", false},
		{"country = 'IQ' AND country = 'SY'", true}, // any of the sites
		{"country = 'iq'", false},
		{"CASEI(country) = CASEI('iq')", true},
		{"NOT country = 'LB'", true},
		{"title LIKE 'Strike%'", true},
		{"title LIKE 'strike%'", false},
		{"CASEI(title) LIKE casei('%BAGHDAD')", true},
		{"ACCENTI(title) LIKE '%Cafe Jose%'", true},
		{"ACCENTI(CASEI(title)) LIKE ACCENTI(CASEI('%CAFÉ JOSÉ_ b%'))", true},
		{"title LIKE '%100\\%%'", false},
		{"weak", false},
		{"NOT weak AND located", true},
		{"S_INTERSECTS(geometry, BBOX(44,33,45,34))", true},
		{"S_WITHIN(geometry, BBOX(44,33,45,34))", false}, // not all of its sites
		{"S_WITHIN(geometry, BBOX(36,33,45,34))", true},
		{"S_DISJOINT(geometry, BBOX(170,33,-170,34))", true},
		{"S_CONTAINS(geometry, POINT(44.36 33.31))", true},
		{"S_EQUALS(geometry, MULTIPOINT(36.3 33.5, 44.36 33.31))", true},
		{"S_TOUCHES(geometry, LINESTRING(44.36 33.31, 50 50))", true},
		{"S_CROSSES(geometry, POLYGON((44 33,45 33,45 34,44 34,44 33)))", true},
		{"S_OVERLAPS(geometry, MULTIPOINT(44.36 33.31, 0 0))", true},
		{"T_INTERSECTS(datetime, INTERVAL('2024-01-06','..'))", true},
		{"T_INTERSECTS(datetime, TIMESTAMP('2024-01-05T23:00:00Z'))", true},
		{"T_BEFORE(datetime, DATE('2024-01-07'))", true},
		{"T_AFTER(datetime, DATE('2024-01-04'))", false},
		{"T_DURING(datetime, INTERVAL('2024-01-01','2024-01-31'))", true},
		{"T_CONTAINS(datetime, DATE('2024-01-05'))", true},
		{"T_EQUALS(datetime, INTERVAL('2024-01-04','2024-01-06'))", true},
		{"T_STARTS(datetime, INTERVAL('2024-01-04','2024-01-31'))", true},
		{"T_STARTEDBY(datetime, INTERVAL('2024-01-04','2024-01-05'))", true},
		{"T_FINISHES(datetime, INTERVAL('..','2024-01-06'))", true},
		{"T_FINISHEDBY(datetime, INTERVAL('2024-01-05','2024-01-06'))", true},
		{"T_MEETS(datetime, INTERVAL('2024-01-06','2024-01-31'))", true},
		{"T_METBY(datetime, INTERVAL('2024-01-01','2024-01-04'))", true},
		{"T_OVERLAPS(datetime, INTERVAL('2024-01-05','2024-01-31'))", true},
		{"T_OVERLAPPEDBY(datetime, INTERVAL('2024-01-01','2024-01-05'))", true},
		{"T_DISJOINT(datetime, INTERVAL('2024-01-01','2024-01-03'))", true},
		{"T_INTERSECTS(INTERVAL(start, end), DATE('2024-01-05'))", true},
		{"start = '2024-01-04'", true},
		{"start < DATE('2024-01-05')", true},
		{"A_CONTAINS(tags, ('a'))", true},
		{"A_EQUALS(tags, ['b', 'a'])", true},
		{"A_CONTAINEDBY(tags, ['a', 'b', 'c'])", true},
		{"A_OVERLAPS(tags, ['x', 'b'])", true},
		{"A_CONTAINS(actors, ['The Army', 'army'])", true},
		{"A_OVERLAPS(actors, ['Anna Private'])", false}, // nobody finds a private person
		{"actor = 'Anna Private'", false},
		{"perpetrator = 'army'", true},
	} {
		t.Run(tc.filter, func(t *testing.T) {
			e, err := query.ParseFilter(tc.filter, "", "")
			if err != nil {
				t.Fatal(err)
			}
			if got := (geo.Filter{Expr: e}).Match(strike()); got != tc.want {
				t.Errorf("%v", got)
			}
		})
	}
}

// Coordinates stand in the order of their system's axes.
func TestFilterCRS(t *testing.T) {
	const epsg = "http://www.opengis.net/def/crs/EPSG/0/"
	for _, tc := range []struct{ filter, bbox, system string }{
		{"S_INTERSECTS(geometry, BBOX(33,44,34,45))", "33,44,34,45", epsg + "4326"},
		{"S_INTERSECTS(geometry, POLYGON((33 44,33 45,34 45,34 44,33 44)))", "33,44,0,34,45,9", epsg + "4326"},
		{"S_INTERSECTS(geometry, BBOX(4938000,3936000,4939000,3937000))", "4938000,3936000,4939000,3937000", epsg + "3857"},
		{"S_INTERSECTS(geometry, BBOX(440000,3685000,441000,3686000))", "440000,3685000,441000,3686000", epsg + "32638"},
	} {
		for _, params := range []url.Values{
			{"filter": {tc.filter}, "filter-crs": {tc.system}}, {"bbox": {tc.bbox}, "bbox-crs": {tc.system}},
		} {
			r, err := query.Parse(params)
			if err != nil {
				t.Fatalf("%v: %v", params, err)
			}
			if !r.Filter.Match(strike()) {
				t.Errorf("%v does not hold", params)
			}
			written, err := query.Encode(r.Filter)
			if err != nil {
				t.Fatal(err)
			}
			again, err := query.Parse(written)
			if diff := cmp.Diff(r.Filter, again.Filter); err != nil || diff != "" {
				t.Errorf("%v: %v %s", written, err, diff)
			}
		}
	}
}

func TestFilterRefuses(t *testing.T) {
	for _, tc := range []struct{ params, field, reason string }{
		{"filter=mood='bad'", "mood", "no field to filter by"},
		{"filter=quotes='bad'", "quotes", "no field to filter by"},
		{"filter=named IS NULL", "named", "no field to filter by"},
		{"filter=tags='a'", "tags", "A_CONTAINS"},
		{"filter=killed_best='a'", "filter", "a number compares"},
		{"filter=killed_best", "killed_best", "no condition"},
		{"filter=title LIKE 5", "filter", "pattern"},
		{"filter=start='yesterday'", "filter", "neither a day"},
		{"filter=geometry=1", "geometry", "S_INTERSECTS"},
		{"filter=datetime>1", "datetime", "T_INTERSECTS"},
		{"filter=S_INTERSECTS(title,POINT(1 2))", "title", "no geometry"},
		{"filter=S_INTERSECTS(geometry,POINT(200 2))", "filter", "leaves"},
		{"filter=S_INTERSECTS(geometry,POLYGON((0 0,2 2,0 2,2 0,0 0)))", "filter", "not valid"},
		{"filter=T_DURING(datetime,INTERVAL('2024-02-01','2024-01-01'))", "filter", "after its end"},
		{"filter=near(geometry)=TRUE", "filter", "no function near"},
		{"filter=weak<TRUE", "filter", "= and <>"},
		{"filter=killed_best=1&filter-lang=sql", "filter-lang", "cql2-text"},
		{"filter=killed_best=1&filter-crs=EPSG:1", "filter-crs", "no system"},
		{"filter-lang=cql2-text", "filter-lang", "not given"},
		{"filter=", "filter", "it ends"},
		{"filter={\"op\":\"=\",\"args\":[{\"property\":\"killed_best\"},null]}&filter-lang=cql2-json", "filter", "isNull"},
		{"bbox=1,2,3,4&bbox-crs=x", "bbox-crs", "no system"},
		{"bbox=1,2,300,400&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", "bbox", "leaves"},
		{"bbox=5,6,1,2&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32638", "bbox", "corners"},
		{"sortby=mood", "sortby", "no field to sort by"},
		{"sortby=title", "sortby", "no field to sort by"},
		{"sortby=type,-type", "sortby", "twice"},
		{"properties=mood", "properties", "no property"},
		{"crs=x", "crs", "no system"},
	} {
		refused(t, tc.params, tc.field, tc.reason)
	}
}

func TestSortAndProperties(t *testing.T) {
	r, err := query.Parse(url.Values{"sortby": {"+type,-killed_best, end"}, "properties": {"id,title"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []geo.SortKey{{Field: "type"}, {Field: "killed_best", Descending: true}, {Field: "end"}}
	if diff := cmp.Diff(want, r.Sort); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"id", "title"}, r.Properties); diff != "" {
		t.Error(diff)
	}
}
