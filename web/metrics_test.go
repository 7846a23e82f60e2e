package web_test

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"dateline/web"
)

var metricLine = regexp.MustCompile(`^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+$`)

// The text is Prometheus' format, and counts what was asked.
func TestMetrics(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.Loopback = true })
	for range 3 {
		s.json(200, "GET", "/counts", nil, nil)
	}
	id, _ := s.one("q=damascus")
	s.json(200, "GET", "/incidents/"+id, nil, nil)
	s.do("GET", "/no/such/path/"+id, nil)
	answer, body := s.do("GET", "/metrics", nil)
	if answer.StatusCode != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("%d %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	text := string(body)
	wants(t, text,
		`dateline_http_request_duration_seconds_count{method="GET",route="/counts",status="200"} 3`,
		`dateline_http_request_duration_seconds_bucket{method="GET",route="/incidents/:id",status="200",le="+Inf"} 1`,
		`route="other",status="404"`, "dateline_index_ready 1\n", "dateline_incidents_public 16\n", "go_goroutines ")
	if strings.Contains(text, id) {
		t.Error("the metrics tell which incident was looked at")
	}
	typed := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
			name, _, _ = strings.Cut(name, " ")
			if typed[name] {
				t.Errorf("%s has two types", name)
			}
			typed[name] = true
		} else if !strings.HasPrefix(line, "# HELP ") && !metricLine.MatchString(line) {
			t.Errorf("no line of the format: %s", line)
		}
	}
}

// Beyond this machine the metrics are for who holds a token.
func TestMetricsAreClosedToOthers(t *testing.T) {
	s := newSite(t, nil)
	s.json(401, "GET", "/metrics", nil, nil)
	proxied := newSite(t, func(c *web.Config) { c.Loopback, c.PublicURL = true, "https://map.example" })
	proxied.json(401, "GET", "/metrics", nil, nil)
	proxied.signIn()
	if answer, _ := proxied.do("GET", "/metrics", nil); answer.StatusCode != 200 {
		t.Errorf("with a token: %d", answer.StatusCode)
	}
}

func TestRobotsAndSitemap(t *testing.T) {
	s := newSite(t, nil).signIn()
	draft, _ := s.change(201, "POST", items, bomb())
	_, robots := s.do("GET", "/robots.txt", nil)
	wants(t, string(robots), "User-agent: *", "Disallow: /live", "Sitemap: "+s.URL+"/sitemap.xml")
	if strings.Contains(string(robots), "Disallow: /incidents") {
		t.Error("the incidents' pages are to be found")
	}
	_, body := s.do("GET", "/sitemap.xml", nil)
	var sitemap struct {
		URL []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(body, &sitemap); err != nil {
		t.Fatal(err)
	}
	if len(sitemap.URL) != 18 { // 16 incidents, the map, the methodology
		t.Errorf("%d addresses", len(sitemap.URL))
	}
	for _, u := range sitemap.URL {
		if strings.HasSuffix(u.Loc, draft.ID) {
			t.Error("a draft is in the sitemap")
		}
		s.html(200, strings.TrimPrefix(u.Loc, s.URL))
	}
}
