package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"dateline/static"
)

// one incident of the samples that answers a query.
func (s *site) one(query string) (id string, properties map[string]any) {
	s.t.Helper()
	var page features
	s.json(200, "GET", items+"?"+query, nil, &page)
	if len(page.Features) == 0 {
		s.t.Fatalf("nothing for %s", query)
	}
	return page.Features[0].ID, page.Features[0].Properties
}

// html gets a document for people.
func (s *site) html(status int, path string, header ...string) (string, http.Header) {
	s.t.Helper()
	answer, body := s.do("GET", path, nil, append([]string{"Accept", "text/html,*/*;q=0.8"}, header...)...)
	if answer.StatusCode != status || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		s.t.Fatalf("%s: %d %s, want %d: %.300s", path, answer.StatusCode, answer.Header.Get("Content-Type"), status, body)
	}
	return string(body), answer.Header
}

func wants(t *testing.T, page string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestIncidentDocument(t *testing.T) {
	s := newSite(t, nil)
	id, p := s.one("q=damascus")
	page, header := s.html(200, "/incidents/"+id+"?f=html")
	wants(t, page,
		"<title>"+p["title"].(string)+" · Dateline</title>",
		`<link rel="canonical" href="`+s.URL+"/incidents/"+id+`">`,
		`<meta property="og:title" content="`+p["title"].(string)+`">`,
		`<meta property="og:description" content="Air strike. 1 April 2024. Damascus (Syria), a town or village, within about`,
		"7 killed, according to Iran", "<mark>Damascus</mark>", "accused by Iran",
		"Dateline sample, 2 April 2024", `href="/incidents/`+id+`"`, "Names of private persons are hidden.", `href="/methodology"`)
	if strings.Contains(page, "<script") || strings.Contains(page, "style=") {
		t.Error("the document has a script or a style of its own")
	}
	if strings.Contains(page, "noindex") {
		t.Error("a published incident may be found")
	}
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+m[1]+`"`) {
			t.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
	again, _ := s.do("GET", "/incidents/"+id+"?f=html", nil, "If-None-Match", header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d for its own ETag, want 304", again.StatusCode)
	}
	if vary := strings.Join(header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Language") || !strings.Contains(vary, "Cookie") {
		t.Errorf("Vary: %s", vary)
	}
}

func TestIncidentDocumentInAnotherLanguage(t *testing.T) {
	s := newSite(t, nil)
	id, _ := s.one("q=damascus")
	page, header := s.html(200, "/incidents/"+id+"?f=html&lang=ar")
	wants(t, page, `<html lang="ar" dir="rtl">`, "غارة جوية", "1 أبريل 2024", "(سوريا)", `lang="en" dir="ltr"`)
	if header.Get("Content-Language") != "ar" {
		t.Errorf("Content-Language %s", header.Get("Content-Language"))
	}
	page, _ = s.html(200, "/incidents/"+id+"?f=html", "Accept-Language", "uk-UA,uk;q=0.9")
	wants(t, page, `<html lang="uk" dir="ltr">`, "Авіаудар", "1 квітня 2024 р.")
}

func TestReportDocument(t *testing.T) {
	s := newSite(t, nil)
	id, p := s.one("q=damascus")
	report := p["reports"].([]any)[0].(map[string]any)["id"].(string)
	page, _ := s.html(200, "/reports/"+report+"?f=html")
	wants(t, page, "Strike destroys Iranian consulate in Damascus", `href="/incidents/`+id+`?f=html"`, "<mark>air strike</mark>", "••••",
		`<link rel="canonical" href="`+s.URL+"/reports/"+report+`">`)
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+m[1]+`"`) {
			t.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
}

// A report's own language and direction stand on its text.
func TestReportDocumentRightToLeft(t *testing.T) {
	s := newSite(t, nil).signIn()
	const text = "بيروت - قال مسؤولون إن غارة جوية قتلت شخصين في دمشق يوم الاثنين وأصابت خمسة آخرين في حي المزة."
	var answer struct{ Report struct{ ID string } }
	s.json(201, "POST", "/reports", map[string]any{"text": text, "title": "غارة على دمشق", "published": "2024-04-02"}, &answer)
	page, _ := s.html(200, "/reports/"+answer.Report.ID+"?f=html&lang=en")
	wants(t, page, `<div class="text" lang="ar" dir="rtl">`, `<html lang="en" dir="ltr">`, `<h1 dir="auto">غارة على دمشق</h1>`, "noindex")
}

// What anybody wrote is text and nothing else.
func TestDocumentsEscape(t *testing.T) {
	s := newSite(t, nil).signIn()
	f := bomb()
	p := f["properties"].(map[string]any)
	p["status"], p["title"] = "published", `"><script>alert(1)</script>`
	p["place"] = "<b>Baghdad</b>"
	p["actors"] = []map[string]any{{"name": "<i>x</i>", "role": "perpetrator", "attribution": "accused", "by": `"onmouseover=`}}
	p["reports"] = []map[string]any{{"id": "aaaaaaaaaaaa", "publisher": "<u>P</u>", "url": "javascript:alert(1)"}}
	made, _ := s.change(201, "POST", items, f)
	page, _ := s.html(200, "/incidents/"+made.ID+"?f=html")
	for _, bad := range []string{"<script", "<b>Baghdad", "<i>x", "<u>P", "javascript:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q as it was written", bad)
		}
	}
	wants(t, page, "&lt;script&gt;alert(1)", "&lt;b&gt;Baghdad")
}

// Private persons stay out even for who is signed in: such a page is printed and
// passed on. What is not published is not there for everyone.
func TestDocumentsKeepWhatIsClosed(t *testing.T) {
	s := newSite(t, nil).signIn()
	id, p := s.one("q=damascus")
	var name string
	for _, n := range p["named"].([]any) {
		if n := n.(map[string]any); n["private"] == true {
			name = n["name"].(string)
		}
	}
	if name == "" {
		t.Fatal("the sample names no private person")
	}
	page, _ := s.html(200, "/incidents/"+id+"?f=html")
	if strings.Contains(page, name) {
		t.Errorf("the page names %s", name)
	}
	draft, _ := s.change(201, "POST", items, bomb())
	page, _ = s.html(200, "/incidents/"+draft.ID+"?f=html")
	wants(t, page, "noindex", "Draft: read by machine")
	public := &site{s.Server, t, "", s.store}
	page, header := public.html(404, "/incidents/"+draft.ID+"?f=html")
	wants(t, page, "There is no such incident")
	if header.Get("Cache-Control") != "no-store" || strings.Contains(page, "A strike") {
		t.Errorf("a draft for everyone: %s, %s", header.Get("Cache-Control"), page)
	}
	_, answer := s.change(200, "GET", items+"/"+id, nil)
	s.change(204, "DELETE", items+"/"+id, nil, "If-Match", answer.Header.Get("ETag"))
	page, _ = public.html(410, "/incidents/"+id+"?f=html")
	wants(t, page, "Retracted")
	public.html(404, "/reports/nosuchreport?f=html")
}

// In the map's page the document stands where no script runs, and its title and
// description are the page's.
func TestMapPageCarriesTheDocument(t *testing.T) {
	if _, built := static.Files(); !built {
		t.Skip("the map's page is not built; make page")
	}
	s := newSite(t, nil)
	id, p := s.one("q=damascus")
	page, _ := s.html(200, "/incidents/"+id)
	wants(t, page, "<title>"+p["title"].(string)+" · Dateline</title>", `<div id="map">`, `src="/assets/main-`)
	if n := strings.Count(page, "<title>"); n != 1 {
		t.Errorf("%d titles", n)
	}
	_, after, ok := strings.Cut(page, "<body>")
	_, document, in := strings.Cut(after, "<noscript>")
	if document, _, _ = strings.Cut(document, "</noscript>"); !ok || !in || !strings.Contains(document, "7 killed, according to Iran") {
		t.Error("without a script there is nothing to read")
	}
	page, _ = s.html(404, "/incidents/nosuchincident")
	wants(t, page, `<div id="map">`, "There is no such incident")
}

// The map's own head says what its view shows, and has a picture of it.
func TestMapPageSaysWhatItShows(t *testing.T) {
	if _, built := static.Files(); !built {
		t.Skip("the map's page is not built; make page")
	}
	s := newSite(t, nil)
	page, header := s.html(200, "/?type=air-strike,drone-strike&country=PS&datetime=2024-01-01/2024-01-31&map=8/31.4/34.4&pane=add")
	wants(t, page, "<title>Air strike, Drone strike · Palestinian Territory · 1–31 January 2024 · Dateline</title>",
		`<meta property="og:image" content="`+s.URL+`/preview.png?country=PS&amp;datetime=2024-01-01%2F2024-01-31&amp;map=8%2F31.4%2F34.4&amp;type=air-strike%2Cdrone-strike">`,
		"This map needs JavaScript")
	if strings.Count(page, "<title>") != 1 || header.Get("ETag") == "" {
		t.Error("the head is not as it should be")
	}
	page, _ = s.html(200, `/?q=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C/script%3E`)
	if strings.Contains(page, "<script>alert") {
		t.Error("what the address says is not quoted")
	}
	s.html(200, "/?colour=red&datetime=nonsense&bbox=1")
}

func TestDocumentStyle(t *testing.T) {
	s := newSite(t, nil)
	answer, body := s.do("GET", "/document.css", nil)
	if answer.StatusCode != 200 || !strings.Contains(string(body), "prefers-color-scheme: dark") || !strings.Contains(string(body), "@media print") {
		t.Errorf("%d %.100s", answer.StatusCode, body)
	}
}

// A private name is masked in a report's title as it is in its text.
func TestReportTitleIsMasked(t *testing.T) {
	s := newSite(t, nil).signIn()
	_, p := s.one("q=damascus")
	var name string
	for _, n := range p["named"].([]any) {
		if n := n.(map[string]any); n["private"] == true {
			name = n["name"].(string)
		}
	}
	var old, added struct {
		Report    struct{ ID, Text string }
		Incidents []struct {
			ID       string
			Revision int
		}
	}
	s.json(200, "GET", "/reports/"+p["reports"].([]any)[0].(map[string]any)["id"].(string), nil, &old)
	s.json(201, "POST", "/reports", map[string]any{"text": old.Report.Text + "\nMore later.", "title": name + " is dead", "published": "2024-04-02"}, &added)
	for _, i := range added.Incidents {
		s.json(200, "PATCH", "/incidents/"+i.ID, map[string]any{"base": i.Revision, "why": "test", "set": map[string]any{"status": "published", "weak": false}}, nil)
	}
	public := &site{s.Server, t, "", s.store}
	page, _ := public.html(200, "/reports/"+added.Report.ID+"?f=html")
	_, body := public.do("GET", "/reports/"+added.Report.ID, nil)
	for form, text := range map[string]string{"page": page, "JSON": string(body)} {
		if strings.Contains(text, name) || !strings.Contains(text, "• is dead") {
			t.Errorf("%s: the title names %s", form, name)
		}
	}
}
