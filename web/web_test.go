package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo"
	"dateline/geo/ingest"
	"dateline/geo/lexicon"
	"dateline/geo/report"
	"dateline/geo/sample"
	"dateline/geo/sqlite"
	"dateline/web"
)

// site is a server with the samples published, and a token.
type site struct {
	*httptest.Server
	t     *testing.T
	token string
	store *sqlite.Store
}

const secret = "a-token-for-tests"

func newSite(t *testing.T, change func(*web.Config)) *site {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	layer, err := world.Open()
	if err != nil {
		t.Fatal(err)
	}
	english, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	g := gazetteer.Stack(layer)
	parser := geoparse.New(g, english)
	service := &ingest.Service{Store: store, Reader: report.New(parser, english)}
	reports, err := sample.Reports()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if _, err := service.Add(t.Context(), r, ingest.By{Name: "test", Why: "sample", Status: geo.Published}); err != nil {
			t.Fatal(err)
		}
	}
	config := web.Config{Store: store, Ingest: service, Gazetteer: g, Parser: parser, Log: slog.New(slog.DiscardHandler), Version: "test"}
	if change != nil {
		change(&config)
	}
	server, err := web.New(config)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{httptest.NewServer(server.Handler()), t, "", store}
	t.Cleanup(s.Close)
	return s
}

// signIn makes requests carry a token.
func (s *site) signIn() *site {
	s.t.Helper()
	if err := s.store.AddToken(s.t.Context(), geo.Token{Name: "anna", Hash: geo.TextSHA256(secret), Created: time.Now()}); err != nil {
		s.t.Fatal(err)
	}
	s.token = secret
	return s
}

func (s *site) do(method, path string, body any, header ...string) (*http.Response, []byte) {
	s.t.Helper()
	var r io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		r = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, r)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	for k := 0; k+1 < len(header); k += 2 {
		request.Header.Set(header[k], header[k+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, data
}

func (s *site) json(status int, method, path string, body, into any) {
	s.t.Helper()
	answer, data := s.do(method, path, body)
	if answer.StatusCode != status {
		s.t.Fatalf("%s %s: status %d, want %d: %s", method, path, answer.StatusCode, status, data)
	}
	if into != nil {
		if err := json.Unmarshal(data, into); err != nil {
			s.t.Fatalf("%s %s: %v: %s", method, path, err, data)
		}
	}
}

type features struct {
	NumberMatched  int
	NumberReturned int
	Features       []struct {
		ID         string
		Geometry   *struct{ Type string }
		Properties map[string]any
	}
	Links []struct{ Href, Rel string }
}

func TestItemsPageByPage(t *testing.T) {
	s := newSite(t, nil)
	var all features
	s.json(200, "GET", "/collections/incidents/items?limit=1000", nil, &all)
	if all.NumberMatched < 10 || all.NumberMatched != len(all.Features) {
		t.Fatalf("%d matched, %d there", all.NumberMatched, len(all.Features))
	}
	seen := map[string]bool{}
	for path := "/collections/incidents/items?limit=3"; path != ""; {
		var page features
		s.json(200, "GET", path, nil, &page)
		path = ""
		for _, f := range page.Features {
			if seen[f.ID] {
				t.Errorf("%s comes twice", f.ID)
			}
			seen[f.ID] = true
		}
		for _, l := range page.Links {
			if l.Rel == "next" {
				path = strings.TrimPrefix(l.Href, s.URL)
			}
		}
	}
	if len(seen) != all.NumberMatched {
		t.Errorf("%d by pages, want %d", len(seen), all.NumberMatched)
	}
}

func TestFiltersAndShapes(t *testing.T) {
	s := newSite(t, nil)
	for _, tc := range []struct {
		name, path string
		want       int
	}{
		{"type", "/collections/incidents/items?type=earthquake", 3},
		{"bbox", "/collections/incidents/items?bbox=8,44,10,45&type=building-collapse", 1},
		{"datetime", "/collections/incidents/items?type=peaceful-protest&datetime=2019-01-01/2019-12-31", 1},
		{"words", "/collections/incidents/items?q=genoa+bri", 1},
		{"killed", "/collections/incidents/items?killed_best=50000..", 1},
		{"none", "/collections/incidents/items?country=AQ", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var page features
			s.json(200, "GET", tc.path, nil, &page)
			if page.NumberMatched != tc.want {
				t.Errorf("%d, want %d", page.NumberMatched, tc.want)
			}
		})
	}
	var areas features
	s.json(200, "GET", "/collections/areas/items?limit=1000", nil, &areas)
	for _, f := range areas.Features {
		if f.Geometry == nil || !strings.HasSuffix(f.Geometry.Type, "Polygon") {
			t.Errorf("area %s has the geometry %v", f.ID, f.Geometry)
		}
	}
}

func TestErrorsSayWhatToMend(t *testing.T) {
	s := newSite(t, nil)
	for _, tc := range []struct {
		path   string
		status int
		says   string
	}{
		{"/collections/incidents/items?colour=red", 400, "colour"},
		{"/collections/incidents/items?bbox=1,2", 400, "bbox"},
		{"/collections/incidents/items?limit=many", 400, "limit"},
		{"/collections/nothing/items", 404, "not found"},
		{"/incidents/aaaaaaaaaaaa", 404, "not found"},
		{"/gazetteer", 400, "q"},
		{"/gazetteer/reverse?lon=400&lat=1", 400, "lon"},
		{"/reports", 401, "sign in"},
	} {
		answer, data := s.do("GET", tc.path, nil)
		if answer.StatusCode != tc.status || !strings.Contains(string(data), tc.says) {
			t.Errorf("%s: %d %s, want %d that says %q", tc.path, answer.StatusCode, data, tc.status, tc.says)
		}
		if got := answer.Header.Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("%s: %s", tc.path, got)
		}
	}
}

func TestETag(t *testing.T) {
	s := newSite(t, nil)
	first, body := s.do("GET", "/collections/incidents/items", nil)
	second, same := s.do("GET", "/collections/incidents/items", nil)
	if tag := first.Header.Get("ETag"); tag == "" || tag != second.Header.Get("ETag") || !bytes.Equal(body, same) {
		t.Errorf("the same request has the tags %q and %q", tag, second.Header.Get("ETag"))
	}
	third, _ := s.do("GET", "/collections/incidents/items", nil, "If-None-Match", first.Header.Get("ETag"))
	if third.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", third.StatusCode)
	}
}

func TestPageMayNotBeFramed(t *testing.T) {
	s := newSite(t, nil)
	page, _ := s.do("GET", "/", nil, "Accept", "text/html")
	policy := page.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("policy %s", policy)
	}
	embedded, _ := s.do("GET", "/?embed", nil, "Accept", "text/html")
	if !strings.Contains(embedded.Header.Get("Content-Security-Policy"), "frame-ancestors *") {
		t.Error("?embed may be framed")
	}
}
