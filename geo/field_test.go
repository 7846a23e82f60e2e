package geo_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestEveryFieldIsDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range geo.Fields {
		if len(f.Doc) < 5 || strings.HasSuffix(f.Doc, ".") {
			t.Errorf("%s: doc %q; want a phrase without a full stop", f.Name, f.Doc)
		}
		if seen[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		seen[f.Name] = true
		if got, ok := geo.FieldByName(f.Name); !ok || got.Name != f.Name {
			t.Errorf("%s is not found by its name", f.Name)
		}
		if !f.Filterable && f.Value == nil {
			t.Errorf("%s serves neither columns nor filters", f.Name)
		}
	}
}

// designColumns are the names of the design, in its order.
var designColumns = strings.Fields(`
	id title type group status modality weak start end date_precision time_text
	place place_id locative lat lon radius_m precision admin1 country places count_low count_best count_high
	killed_low killed_best killed_high injured_low injured_best injured_high missing_low missing_best missing_high
	abducted_low abducted_best abducted_high arrested_low arrested_best arrested_high displaced_low displaced_best displaced_high
	claims actors named quotes reports tags origin origin_id origin_type origin_precision reader confidence revision created updated`)

// Beyond the design's columns there are geonameid, beside place_id, edited, and merged_into.
func TestColumnsAreTheDesigns(t *testing.T) {
	var got []string
	for _, f := range geo.Columns() {
		if f.Name != "geonameid" && f.Name != "edited" && f.Name != "merged_into" {
			got = append(got, f.Name)
		}
	}
	if diff := cmp.Diff(designColumns, got); diff != "" {
		t.Errorf("(-design +columns):\n%s", diff)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := storetest.Complete("abc").Draw(t, "incident")
		if err := want.Check(); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got geo.Incident
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		checkMembers(t, data, &want)
	})
}

// checkMembers wants the members of the JSON to be the columns that are stated,
// in their order, with values that read as the column's.
func checkMembers(t *rapid.T, data []byte, i *geo.Incident) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, f := range geo.Columns() {
		v := f.Value(i)
		if stated := v != nil && v != false; stated != (values[f.Name] != nil) {
			t.Fatalf("%s: stated is %v, in the JSON it is %s", f.Name, stated, values[f.Name])
		} else if !stated {
			continue
		}
		if moment, ok := v.(time.Time); ok {
			v = moment.Format(time.RFC3339Nano)
		}
		want, err := json.Marshal(v)
		if err != nil || string(want) != string(values[f.Name]) {
			t.Fatalf("%s: %s in the JSON, want %s, %v", f.Name, values[f.Name], want, err)
		}
		next := strings.Index(string(data[at:]), `"`+f.Name+`":`)
		if next < 0 {
			t.Fatalf("%s is out of order in %s", f.Name, data)
		}
		at += next + len(f.Name) + len(want)
	}
}

func FuzzIncidentJSON(f *testing.F) {
	f.Add([]byte(`{"id":"a","type":"flood","status":"draft","modality":"asserted","start":"2024-01-01","places":[{"role":"site","lon":1,"lat":2,"radius_m":3,"precision":"exact"}],"killed_low":0}`))
	f.Add([]byte(`{"places":[{"area":[[[1,2],[3,4]]]}],"created":"2024-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var i geo.Incident
		if json.Unmarshal(data, &i) != nil || i.Check() != nil {
			return
		}
		first, err := json.Marshal(i)
		if err != nil {
			t.Fatalf("%s was read and passed the check but can't be written: %v", data, err)
		}
		var again geo.Incident
		if err := json.Unmarshal(first, &again); err != nil {
			t.Fatal(err)
		}
		if second, err := json.Marshal(again); err != nil || string(first) != string(second) {
			t.Fatalf("%s became %s, %v", first, second, err)
		}
	})
}
