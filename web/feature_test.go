package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bomb is a feature as a GIS program would send it.
func bomb() map[string]any {
	return map[string]any{
		"type": "Feature", "geometry": map[string]any{"type": "Point", "coordinates": []float64{44.4, 33.3}},
		"properties": map[string]any{"type": "air-strike", "title": "A strike", "start": "2024-03-06", "end": "2024-03-06",
			"place": "Baghdad", "country": "IQ", "radius_m": 500, "precision": "site", "killed_best": 3},
	}
}

type feature struct {
	Type     string `json:"type"`
	ID       string `json:"id"`
	Geometry *struct {
		Type        string    `json:"type"`
		Coordinates []float64 `json:"coordinates"`
	} `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

func (s *site) change(status int, method, path string, body any, header ...string) (feature, *http.Response) {
	s.t.Helper()
	answer, data := s.do(method, path, body, append([]string{"Content-Type", "application/geo+json"}, header...)...)
	if answer.StatusCode != status {
		s.t.Fatalf("%s %s: status %d, want %d: %s", method, path, answer.StatusCode, status, data)
	}
	var f feature
	if status < 300 && status != 204 {
		if err := json.Unmarshal(data, &f); err != nil {
			s.t.Fatal(err)
		}
	}
	return f, answer
}

func TestFeatureIsMadeReplacedUpdatedRetracted(t *testing.T) {
	s := newSite(t, nil).signIn()
	made, answer := s.change(201, "POST", items, bomb())
	path := items + "/" + made.ID
	if got := answer.Header.Get("Location"); got != s.URL+path {
		t.Errorf("Location %s, want %s", got, s.URL+path)
	}
	if made.Properties["status"] != "draft" || made.Properties["place"] != "Baghdad" || made.Geometry.Coordinates[0] != 44.4 {
		t.Errorf("made %+v", made)
	}
	public := &site{s.Server, t, "", s.store}
	public.json(404, "GET", path, nil, nil)

	first, answer := s.change(200, "GET", path, nil)
	tag := answer.Header.Get("ETag")
	s.change(428, "PUT", path, bomb())
	s.change(412, "PUT", path, bomb(), "If-Match", `"r9-x"`)
	same, answer := s.change(200, "PUT", path, first, "If-Match", tag) // what was got can be sent back
	for _, name := range []string{"revision", "updated", "edited"} {
		delete(first.Properties, name)
		delete(same.Properties, name)
	}
	if diff := cmp.Diff(first, same); diff != "" {
		t.Errorf("sent back as it was got (-got +answered):\n%s", diff)
	}
	s.change(412, "PUT", path, bomb(), "If-Match", tag) // the other one was first
	tag = answer.Header.Get("ETag")

	patched, answer := s.change(200, "PATCH", path+"?why=published", map[string]any{"properties": map[string]any{"status": "published", "killed_best": nil, "killed_low": 2}}, "If-Match", tag)
	if _, stated := patched.Properties["killed_best"]; stated || patched.Properties["killed_low"] != 2.0 || patched.Properties["title"] != "A strike" {
		t.Errorf("patched %v", patched.Properties)
	}
	tag = answer.Header.Get("ETag")
	public.json(200, "GET", path, nil, nil)
	moved, answer := s.change(200, "PATCH", path, map[string]any{"geometry": map[string]any{"type": "Point", "coordinates": []float64{33.4, 44.5}}},
		"If-Match", tag, "Content-Crs", "<"+epsg+"4326>")
	if diff := cmp.Diff([]float64{44.5, 33.4}, moved.Geometry.Coordinates); diff != "" {
		t.Error(diff)
	}
	tag = answer.Header.Get("ETag")
	without := bomb()
	delete(without["properties"].(map[string]any), "killed_best")
	without["properties"].(map[string]any)["status"] = "published"
	replaced, answer := s.change(200, "PUT", path, without, "If-Match", tag)
	if _, stated := replaced.Properties["killed_low"]; stated || replaced.Properties["created"] != made.Properties["created"] {
		t.Errorf("replaced %v", replaced.Properties)
	}
	s.change(428, "DELETE", path, nil)
	s.change(204, "DELETE", path, nil, "If-Match", answer.Header.Get("ETag"))
	public.json(410, "GET", path, nil, nil)
	s.change(410, "PUT", path, bomb(), "If-Match", "*")
}

func TestFeatureRefused(t *testing.T) {
	s := newSite(t, nil).signIn()
	with := func(change func(f, properties map[string]any)) map[string]any {
		f := bomb()
		change(f, f["properties"].(map[string]any))
		return f
	}
	for _, tc := range []struct {
		name string
		body any
		says string
	}{
		{"no type", with(func(_, p map[string]any) { delete(p, "type") }), "no event type"},
		{"no radius", with(func(_, p map[string]any) { delete(p, "radius_m") }), "radius_m"},
		{"unknown", with(func(_, p map[string]any) { p["mood"] = "bad" }), "mood"},
		{"kind", with(func(_, p map[string]any) { p["killed_best"] = "many" }), "killed_best"},
		{"day", with(func(_, p map[string]any) { p["start"] = "yesterday" }), "start"},
		{"line", with(func(f, _ map[string]any) {
			f["geometry"] = map[string]any{"type": "LineString", "coordinates": [][]float64{{1, 2}, {3, 4}}}
		}), "points or null"},
		{"off the Earth", with(func(f, _ map[string]any) {
			f["geometry"] = map[string]any{"type": "Point", "coordinates": []float64{200, 2}}
		}), "leaves"},
		{"collection", map[string]any{"type": "FeatureCollection"}, "no Feature"},
		{"list", []int{1}, "not a GeoJSON feature"},
	} {
		answer, data := s.do("POST", items, tc.body, "Content-Type", "application/geo+json")
		if answer.StatusCode != 400 || !strings.Contains(string(data), tc.says) {
			t.Errorf("%s: %d %s, want one that says %q", tc.name, answer.StatusCode, data, tc.says)
		}
	}
	s.change(405, "POST", "/collections/areas/items", bomb())
	s.change(405, "POST", "/collections/places/items", bomb())
	s.change(404, "POST", "/collections/mood/items", bomb())
	s.change(404, "PUT", items+"/mood", bomb(), "If-Match", "*")
	s.change(400, "POST", items+"?mood=1", bomb())
	s.change(415, "POST", items, bomb(), "Content-Type", "text/plain")
	s.change(400, "POST", items, bomb(), "Content-Crs", "<mood>")
	(&site{s.Server, t, "", s.store}).change(401, "POST", items, bomb())
}

// A region's coordinates are never shown, so what is sent back lacks them; they stay.
func TestRegionKeepsItsCircle(t *testing.T) {
	s := newSite(t, nil).signIn()
	var all features
	s.json(200, "GET", items+"?limit=1000&filter=precision+IN+('region','country','district')", nil, &all)
	if len(all.Features) == 0 {
		t.Skip("no sample is placed in a region")
	}
	path := all.Features[0].ID
	got, answer := s.change(200, "GET", items+"/"+path, nil)
	s.change(200, "PUT", items+"/"+path, got, "If-Match", answer.Header.Get("ETag"))
	s.json(200, "GET", "/collections/areas/items/"+path, nil, nil)
	i, err := s.store.Incident(t.Context(), path)
	if where, _ := i.Where(); err != nil || !where.Located() {
		t.Errorf("after it was sent back it is not located any more: %+v", where)
	}
}
