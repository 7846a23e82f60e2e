package web_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/web"
)

const kabul = "A bomb exploded in Kabul on Tuesday, killing three people, police said."

type answer struct {
	Report    geo.Report
	Incidents []geo.Incident
	Existing  bool
	Mentions  []struct{ Text string }
}

func TestDraftUntilPublished(t *testing.T) {
	s := newSite(t, nil).signIn()
	report := map[string]any{"text": kabul, "publisher": "Gazette", "published": "2024-03-06"}
	var preview, added, again answer
	s.json(200, "POST", "/reports?preview", report, &preview)
	if len(preview.Incidents) != 1 || len(preview.Mentions) == 0 {
		t.Fatalf("preview gives %+v", preview)
	}
	s.json(404, "GET", "/reports/"+preview.Report.ID, nil, nil)
	s.json(201, "POST", "/reports", report, &added)
	s.json(200, "POST", "/reports", report, &again)
	if !again.Existing || again.Report.ID != added.Report.ID {
		t.Errorf("the same text again gives %+v", again.Report)
	}
	path := "/incidents/" + added.Incidents[0].ID

	public := &site{s.Server, t, "", s.store}
	public.json(404, "GET", path, nil, nil)
	public.json(404, "GET", "/reports/"+added.Report.ID, nil, nil)
	public.json(401, "PATCH", path, map[string]any{"base": 1, "why": "x", "set": map[string]any{"title": "x"}}, nil)

	s.json(400, "PATCH", path, map[string]any{"base": 1, "set": map[string]any{"status": "published"}}, nil)
	s.json(400, "PATCH", path, map[string]any{"base": 1, "why": "checked", "set": map[string]any{"type": "no-type"}}, nil)
	s.json(200, "PATCH", path, map[string]any{"base": 1, "why": "checked", "set": map[string]any{"status": "published", "killed_high": 4}}, nil)
	s.json(409, "PATCH", path, map[string]any{"base": 1, "why": "too late", "set": map[string]any{"title": "x"}}, nil)
	public.json(200, "GET", path, nil, nil)
	var read answer
	public.json(200, "GET", "/reports/"+added.Report.ID, nil, &read)
	if read.Report.Text != kabul || len(read.Incidents) != 1 {
		t.Errorf("the open report reads %+v", read)
	}

	s.json(200, "DELETE", path, map[string]any{"base": 2, "why": "not so"}, nil)
	public.json(410, "GET", path, nil, nil)
	var revisions []geo.Change
	s.json(200, "GET", path+"/revisions", nil, &revisions)
	if len(revisions) != 3 || revisions[1].By != "anna" || revisions[1].Why != "checked" {
		t.Errorf("revisions %+v", revisions)
	}
}

func TestBadReports(t *testing.T) {
	s := newSite(t, nil).signIn()
	for _, tc := range []struct {
		name   string
		body   map[string]any
		status int
	}{
		{"empty", map[string]any{"text": " "}, 400},
		{"binary", map[string]any{"text": "a\x00b"}, 400},
		{"large", map[string]any{"text": strings.Repeat("a ", 1<<20)}, 413},
		{"huge", map[string]any{"text": strings.Repeat("a", 10<<20)}, 413},
		{"day", map[string]any{"text": "x", "published": "yesterday"}, 400},
		{"field", map[string]any{"text": "x", "colour": "red"}, 400},
	} {
		t.Run(tc.name, func(t *testing.T) { s.json(tc.status, "POST", "/reports", tc.body, nil) })
	}
}

func TestPreviewWithoutTokenOnLoopbackOnly(t *testing.T) {
	body := map[string]any{"text": kabul, "published": "2024-03-06"}
	newSite(t, nil).json(401, "POST", "/reports?preview", body, nil)
	local := newSite(t, func(c *web.Config) { c.Loopback = true })
	local.json(200, "POST", "/reports?preview", body, nil)
	local.json(401, "POST", "/reports", body, nil)
	local.signIn().token = ""
	local.json(401, "POST", "/reports?preview", body, nil)
}

func TestSession(t *testing.T) {
	s := newSite(t, nil).signIn()
	s.token = ""
	s.json(401, "POST", "/session", map[string]any{"token": "wrong"}, nil)
	in, _ := s.do("POST", "/session", map[string]any{"token": secret})
	cookies := in.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookies %v", cookies)
	}
	cookie := cookies[0].Name + "=" + cookies[0].Value
	if a, _ := s.do("GET", "/reports", nil, "Cookie", cookie); a.StatusCode != 200 {
		t.Errorf("signed in, /reports answers %d", a.StatusCode)
	}
	report := map[string]any{"text": kabul}
	if a, _ := s.do("POST", "/reports", report, "Cookie", cookie, "Origin", "https://elsewhere.example"); a.StatusCode != 403 {
		t.Errorf("a page of another site gets %d, want 403", a.StatusCode)
	}
	if a, _ := s.do("DELETE", "/session", nil, "Cookie", cookie); a.StatusCode != 204 {
		t.Errorf("sign out: %d", a.StatusCode)
	}
	if a, _ := s.do("GET", "/reports", nil, "Cookie", cookie); a.StatusCode != 401 {
		t.Errorf("signed out, /reports answers %d", a.StatusCode)
	}
}

func TestOpenAPINamesEveryRoute(t *testing.T) {
	s := newSite(t, nil)
	var api struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			Parameters []struct{ Name string }
		}
	}
	s.json(200, "GET", "/api", nil, &api)
	for _, path := range []string{"/", "/conformance", "/collections/{collection}/items/{id}", "/reports", "/live", "/session", "/healthz"} {
		if len(api.Paths[path]) == 0 {
			t.Errorf("%s is not in the document", path)
		}
	}
	var names []string
	for _, p := range api.Paths["/collections/{collection}/items"]["get"].Parameters {
		names = append(names, p.Name)
	}
	for _, f := range geo.Fields {
		if f.Filterable && !strings.Contains(" "+strings.Join(names, " ")+" ", " "+f.Name+" ") {
			t.Errorf("the parameter %s is not in the document", f.Name)
		}
	}
}

func TestLiveResumes(t *testing.T) {
	s := newSite(t, nil)
	request, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Last-Event-ID", "0")
	stream, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	lines, events := bufio.NewScanner(stream.Body), 0
	for lines.Scan() && lines.Text() != ": up to date" {
		if lines.Text() == "event: incident" {
			events++
		}
	}
	if events < 10 {
		t.Errorf("%d events since the beginning", events)
	}
}
