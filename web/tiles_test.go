package web_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
)

const quad = "/tiles/WebMercatorQuad"

// tileFeatures are the features of a tile by layer.
func (s *site) tileFeatures(path string) (map[string][]map[string]any, http.Header) {
	s.t.Helper()
	answer, data := s.do("GET", path, nil)
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
		s.t.Fatalf("%s: %d %s %s", path, answer.StatusCode, answer.Header.Get("Content-Type"), data)
	}
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		s.t.Fatalf("%s: %v", path, err)
	}
	all := map[string][]map[string]any{}
	for _, l := range layers {
		for _, f := range l.Features {
			all[l.Name] = append(all[l.Name], f.Properties)
		}
	}
	return all, answer.Header
}

// A tile shows what the items of its box show under the same filter.
func TestTilesShowWhatItemsShow(t *testing.T) {
	s := newSite(t, nil)
	for _, filter := range []string{"", "type=earthquake", "q=genoa", "datetime=2019-01-01/2024-12-31&killed_best=1..",
		"filter=title%20LIKE%20%27%25a%25%27"} {
		var items features
		s.json(200, "GET", "/collections/incidents/items?limit=1000&"+filter, nil, &items)
		want := map[string]bool{}
		for _, f := range items.Features {
			if f.Geometry != nil {
				want[f.ID] = true
			}
		}
		got, header := s.tileFeatures("/collections/incidents" + quad + "/0/0/0?" + filter)
		for _, p := range got["incidents"] {
			if !want[fmt.Sprint(p["id"])] {
				t.Errorf("%s: the tile has %v, which items have not", filter, p)
			}
		}
		if len(got["incidents"]) != len(want) {
			t.Errorf("%s: %d incidents in the tile, %d among the items", filter, len(got["incidents"]), len(want))
		}
		if says := fmt.Sprintf("matched=%d, drawn=%d, clustered=0, left_out=0", len(want), len(want)); header.Get("Dateline-Tile") != says {
			t.Errorf("%s: %q, want %q", filter, header.Get("Dateline-Tile"), says)
		}
	}
	clustered, _ := s.tileFeatures("/collections/incidents" + quad + "/0/0/0?limit=1")
	n := len(clustered["incidents"])
	for _, c := range clustered["clusters"] {
		n += int(c["count"].(float64))
	}
	if summary := clustered["summary"]; len(summary) != 1 || summary[0]["matched"] != float64(n) || len(clustered["clusters"]) == 0 {
		t.Errorf("%d counted, summary %v", n, summary)
	}
	areas, _ := s.tileFeatures("/collections/areas" + quad + "/0/0/0")
	if len(areas["areas"]) == 0 {
		t.Error("no areas")
	}
}

// What an editor changes is in the next tile; a draft is in none that everybody sees.
func TestTilesFollowChanges(t *testing.T) {
	s := newSite(t, nil).signIn()
	lon, lat := 10.0, 10.0
	draft, err := s.store.Save(t.Context(), geo.Edit{Incident: geo.Incident{ID: "somedraft", Type: "flood", Status: geo.Draft, Modality: geo.Asserted,
		Places: []geo.Site{{Role: geo.RoleSite, Place: "Here", Lon: &lon, Lat: &lat, RadiusM: 500, Precision: "settlement"}}}})
	if err != nil {
		t.Fatal(err)
	}
	at := maptile.At(orb.Point{lon, lat}, 9)
	path := fmt.Sprintf("/collections/incidents%s/%d/%d/%d", quad, at.Z, at.Y, at.X)
	shown := func(signedIn bool) int {
		s.token = map[bool]string{true: secret}[signedIn]
		all, _ := s.tileFeatures(path)
		return len(all["incidents"])
	}
	if shown(true) != 1 || shown(false) != 0 {
		t.Error("a draft is to be seen signed in, and only so")
	}
	draft.Status = geo.Published
	if _, err := s.store.Save(t.Context(), geo.Edit{Incident: draft, Base: 1}); err != nil {
		t.Fatal(err)
	}
	if shown(false) != 1 {
		t.Error("what was published is not in the tile")
	}
	s.token = secret
	s.json(200, "DELETE", "/incidents/somedraft", map[string]any{"base": 2, "why": "test"}, nil)
	if shown(false) != 0 {
		t.Error("what was retracted is still in the tile")
	}
}

func TestTilesetsSayHowToGetTiles(t *testing.T) {
	s := newSite(t, nil)
	var list struct {
		Tilesets []struct {
			DataType string
			Links    []struct{ Href string }
		}
	}
	s.json(200, "GET", "/collections/incidents/tiles", nil, &list)
	if len(list.Tilesets) != 1 || list.Tilesets[0].DataType != "vector" {
		t.Fatalf("tilesets %+v", list)
	}
	var set struct {
		Links []struct {
			Href, Rel string
			Templated bool
		}
		TileMatrixSetURI string
	}
	s.json(200, "GET", strings.TrimPrefix(list.Tilesets[0].Links[0].Href, s.URL)+"?type=earthquake", nil, &set)
	template := ""
	for _, l := range set.Links {
		if l.Rel == "item" && l.Templated {
			template = strings.TrimPrefix(l.Href, s.URL)
		}
	}
	all, _ := s.tileFeatures(strings.NewReplacer("{tileMatrix}", "0", "{tileRow}", "0", "{tileCol}", "0").Replace(template))
	for _, p := range all["incidents"] {
		if p["type"] != "earthquake" {
			t.Errorf("the tileset's filter is lost: %v", p)
		}
	}
	var json struct {
		Tiles        []string
		VectorLayers []struct {
			ID     string
			Fields map[string]string
		} `json:"vector_layers"`
	}
	s.json(200, "GET", "/collections/incidents"+quad+"?f=tilejson", nil, &json)
	if len(json.Tiles) != 1 || len(json.VectorLayers) != 3 {
		t.Fatalf("%+v", json)
	}
	whole, _ := s.tileFeatures(strings.TrimPrefix(strings.NewReplacer("{z}", "0", "{y}", "0", "{x}", "0").Replace(json.Tiles[0]), s.URL) + "?limit=1")
	for _, l := range json.VectorLayers {
		for _, f := range whole[l.ID] {
			for name := range f {
				if l.Fields[name] == "" {
					t.Errorf("layer %s: %s is not described", l.ID, name)
				}
			}
		}
	}
}

func TestTilesRefuse(t *testing.T) {
	s := newSite(t, nil)
	for path, status := range map[string]int{
		"/collections/places" + quad:                              404,
		"/collections/incidents" + quad + "/1/2/0":                404,
		"/collections/incidents" + quad + "/23/0/0":               404,
		"/collections/incidents" + quad + "/0/0/x":                400,
		"/collections/incidents" + quad + "/0/0/0?colour=red":     400,
		"/collections/incidents" + quad + "/0/0/0?sortby=killed":  400,
		"/collections/incidents" + quad + "/0/0/0?f=png":          400,
		"/collections/incidents" + quad + "/0/0/0?limit=none":     400,
		"/collections/incidents" + quad + "?f=xml":                400,
		"/collections/incidents" + quad + "/0/0/0?by=taste":       400,
		"/collections/areas" + quad + "/0/0/0?f=json&wide=much":   400,
		"/collections/incidents" + quad + "/0/0/0?f=json&limit=1": 200,
	} {
		if answer, data := s.do("GET", path, nil); answer.StatusCode != status {
			t.Errorf("%s: %d, want %d: %s", path, answer.StatusCode, status, data)
		}
	}
}

// As GeoJSON every mark and cluster has its class by what the request names, and
// places that are no points come each once with the incidents in them.
func TestTilesAsGeoJSON(t *testing.T) {
	s := newSite(t, nil)
	type tiled struct {
		Summary  struct{ Matched, Drawn, Clustered int }
		Features []struct {
			ID         string
			BBox       []float64
			Geometry   struct{ Type string }
			Properties struct {
				Cluster bool
				Count   int
				Class   string
				Classes map[string]int
			}
		}
	}
	for _, by := range geo.Classings {
		codes := map[string]bool{}
		for _, c := range by.Classes {
			codes[c.Code] = true
		}
		var got tiled
		s.json(200, "GET", "/collections/incidents"+quad+"/0/0/0?f=json&limit=1&by="+by.Name, nil, &got)
		seen := 0
		for _, f := range got.Features {
			p := f.Properties
			if !p.Cluster {
				seen++
				if !codes[p.Class] {
					t.Errorf("by %s: %s is of class %q", by.Name, f.ID, p.Class)
				}
				continue
			}
			sum := 0
			for code, n := range p.Classes {
				sum += n
				if !codes[code] {
					t.Errorf("by %s: a cluster counts %q", by.Name, code)
				}
			}
			seen += p.Count
			if sum != p.Count || len(f.BBox) != 4 || f.BBox[0] > f.BBox[2] || f.BBox[1] > f.BBox[3] {
				t.Errorf("by %s: %+v", by.Name, f)
			}
		}
		if seen != got.Summary.Matched || got.Summary.Clustered == 0 {
			t.Errorf("by %s: %d of %+v", by.Name, seen, got.Summary)
		}
	}
	var points, all, wide tiled
	s.json(200, "GET", "/collections/incidents"+quad+"/0/0/0?f=json", nil, &points)
	s.json(200, "GET", "/collections/incidents"+quad+"/0/0/0?f=json&wide=20000000", nil, &all)
	s.json(200, "GET", "/collections/areas"+quad+"/0/0/0?f=json", nil, &wide)
	in := 0
	for _, f := range wide.Features {
		in += f.Properties.Count
		if f.Geometry.Type != "Polygon" || f.Properties.Count < 1 {
			t.Errorf("an area that is none: %+v", f)
		}
	}
	if in == 0 || points.Summary.Matched+in != all.Summary.Matched || wide.Summary.Matched != in {
		t.Errorf("%d points and %d in areas, %d in all", points.Summary.Matched, in, all.Summary.Matched)
	}
}

// Counts by bins add up to the days.
func TestBins(t *testing.T) {
	s := newSite(t, nil)
	var got struct {
		Total, Undated int
		Bins           map[string]struct{ Classes map[string]int }
	}
	s.json(200, "GET", "/counts?bin=month&by=status", nil, &got)
	n := 0
	for from, b := range got.Bins {
		if !strings.HasSuffix(from, "-01") {
			t.Errorf("a month begins on %s", from)
		}
		n += b.Classes["published"]
	}
	if n == 0 || n != got.Total-got.Undated {
		t.Errorf("%d in bins, %d dated", n, got.Total-got.Undated)
	}
	if answer, _ := s.do("GET", "/counts?bin=hour", nil); answer.StatusCode != 400 {
		t.Errorf("bins of an hour: %d", answer.StatusCode)
	}
}

// What the index keeps encoded is what is written of the incident itself.
func TestWrittenPages(t *testing.T) {
	s := newSite(t, nil)
	_, page := s.do("GET", "/collections/incidents/items?limit=5", nil)
	var some features
	s.json(200, "GET", "/collections/incidents/items?limit=5", nil, &some)
	for _, f := range some.Features {
		_, one := s.do("GET", "/collections/incidents/items/"+f.ID, nil)
		written, _, ok := strings.Cut(string(one), `,"links":[`)
		if !ok || !strings.Contains(string(page), written+"}") {
			t.Errorf("%s alone is not what it is in a page: %s", f.ID, one)
		}
	}
	s.signIn()
	_, signedIn := s.do("GET", "/collections/incidents/items?limit=5", nil)
	if string(signedIn) != string(page) && !strings.Contains(string(signedIn), `"private":true`) {
		t.Error("a page differs signed in, though it names no private person")
	}
}

// Without geometries a page is the same features, from the index as from the store.
func TestPagesWithoutGeometry(t *testing.T) {
	s := newSite(t, nil)
	box := "?limit=1000&bbox=-30,20,60,60&"
	for _, path := range []string{"/collections/incidents/items" + box, "/collections/areas/items" + box, "/collections/areas/items" + box + "crs=" + epsg + "3857&"} {
		var whole, bare features
		s.json(200, "GET", path, nil, &whole)
		s.json(200, "GET", path+"skipGeometry=true", nil, &bare)
		if len(whole.Features) < 3 || len(whole.Features) != len(bare.Features) || whole.NumberMatched != bare.NumberMatched {
			t.Errorf("%s: %d features, %d without geometry", path, len(whole.Features), len(bare.Features))
			continue
		}
		for k, f := range bare.Features {
			if f.Geometry != nil || whole.Features[k].Geometry == nil || f.ID != whole.Features[k].ID || !reflect.DeepEqual(f.Properties, whole.Features[k].Properties) {
				t.Errorf("%s: %v with %v is not %v", path, f.ID, f.Geometry, whole.Features[k].ID)
			}
		}
	}
	for _, query := range []string{"skipGeometry=maybe", "skipGeometry=true&f=csv"} {
		if answer, _ := s.do("GET", "/collections/areas/items?"+query, nil); answer.StatusCode != 400 {
			t.Errorf("%s: %d", query, answer.StatusCode)
		}
	}
}
