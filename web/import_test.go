package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dateline/geo"
)

// importAnswer is what POST /imports says.
type importAnswer struct {
	Mapping                                                  string
	Rows, Added, Updated, Same, Located, Unlocated, Rejected int
	Rejects                                                  []struct {
		Row               int
		Column, Why, Line string
	}
	Incidents []geo.Incident
}

const floods = "id,date,type,place,country,lat,lon,killed\n1,2024-03-05,Flood,Derna,LY,,,3\n2,2024-03-06,Earthquake,Herat,AF,34.34,62.2,4\n3,2024-33-06,Earthquake,Herat,AF,34.34,62.2,4\n"

// upload sends a file as it is.
func (s *site) upload(status int, query, mediaType, file string, into any) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.URL+"/imports?"+query, strings.NewReader(file))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", mediaType)
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if answer.StatusCode != status {
		s.t.Fatalf("%s: status %d, want %d: %s", query, answer.StatusCode, status, data)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(data, into); err != nil {
		s.t.Fatalf("%s: %v: %s", query, err, data)
	}
}

func TestImports(t *testing.T) {
	s := newSite(t, nil)
	s.upload(http.StatusUnauthorized, "name=a.csv", "text/csv", floods, nil)
	s = s.signIn()
	var dry, first, again importAnswer
	s.upload(http.StatusOK, "name=floods.csv&dry_run", "text/csv", floods, &dry)
	if dry.Rows != 3 || dry.Added != 0 || len(dry.Incidents) != 2 || !strings.Contains(dry.Mapping, "start = date") {
		t.Errorf("dry run: %+v", dry)
	}
	s.upload(http.StatusOK, "name=floods.csv&status=published", "text/csv", floods, &first)
	if first.Added != 2 || first.Located != 2 || first.Rejected != 1 || len(first.Rejects) != 1 {
		t.Fatalf("first: %+v", first)
	}
	if r := first.Rejects[0]; r.Row != 4 || r.Column != "date" || r.Line != "3,2024-33-06,Earthquake,Herat,AF,34.34,62.2,4" || !strings.Contains(r.Why, "YYYY-MM-DD") {
		t.Errorf("the reject says %+v", r)
	}
	s.upload(http.StatusOK, "origin=floods", "text/csv", floods, &again)
	if again.Same != 2 || again.Added != 0 {
		t.Errorf("again: %+v", again)
	}
	var page struct{ NumberMatched int }
	s.json(http.StatusOK, http.MethodGet, "/collections/incidents/items?origin=floods", nil, &page)
	if page.NumberMatched != 2 {
		t.Errorf("%d are published", page.NumberMatched)
	}
	mapped := "map=" + url.QueryEscape("type = Art\ntype Beben = earthquake\nstart = Tag")
	s.upload(http.StatusOK, mapped+"&name=b.csv", "text/csv", "Art;Tag\nBeben;04.01.2024\n", &again)
	if again.Added != 1 {
		t.Errorf("with a mapping: %+v", again)
	}
	for name, query := range map[string]string{"status": "name=a.csv&status=bad", "mood": "name=a.csv&mood=x", "colour": "name=a.csv&map=colour+%3D+a", "file": "name=a.exe", "body": "name=a.xlsx"} {
		var problem struct{ Detail string }
		s.upload(http.StatusBadRequest, query, "text/csv", floods, &problem)
		if !strings.Contains(problem.Detail, name) {
			t.Errorf("%s: %q does not name %s", query, problem.Detail, name)
		}
	}
	s.upload(http.StatusBadRequest, "", "application/x-unknown", floods, nil)
}
