package web_test

import (
	"strings"
	"testing"

	"dateline/geo"
)

func TestNamesHidden(t *testing.T) {
	s := newSite(t, nil).signIn()
	const text = "A bus crashed near Nakuru on Tuesday, killing three people. Amina Otieno, a teacher, died in the bus."
	added, path := s.kept(map[string]any{"text": text, "published": "2024-03-06"},
		map[string]any{"named": []map[string]any{{"name": "Amina Otieno", "private": true}}, "tags": []string{geo.TagGraphic}})
	report := "/reports/" + added.Report.ID
	id := strings.TrimPrefix(path, "/incidents/")
	s.kept(map[string]any{"text": strings.ReplaceAll(text, "Tuesday", "Monday"), "published": "2024-03-06"}, map[string]any{"title": "Amina Otieno killed", "named": []map[string]any{{"name": "Amina Otieno", "private": true}}})
	for _, at := range []string{"/collections/incidents/items?q=Nakuru", "/collections/areas/items?q=Nakuru", "/collections/areas/items?q=Nakuru&skipGeometry=true",
		"/collections/incidents/items/" + id + "?f=json", "/collections/areas/items/" + id + "?f=json", path + "/related?", path + "/candidates?"} {
		if _, body := s.do("GET", at, nil); !strings.Contains(string(body), "Otieno") {
			t.Errorf("%s hides the name from who is signed in: %s", at, body)
		}
		if _, body := s.do("GET", at+"&names=hidden", nil); strings.Contains(string(body), "Otieno") || !strings.Contains(string(body), "Nakuru") {
			t.Errorf("%s with names=hidden: %s", at, body)
		}
	}
	if answer, body := s.do("GET", "/collections/incidents/items?names=hiden", nil); answer.StatusCode != 400 || strings.Contains(string(body), "Otieno") {
		t.Errorf("a misspelt value: %d %s", answer.StatusCode, body)
	}
	for _, at := range []string{path, report} {
		if _, body := s.do("GET", at, nil); !strings.Contains(string(body), "Otieno") {
			t.Errorf("%s hides the name from who is signed in", at)
		}
		if _, body := s.do("GET", at+"?names=hidden", nil); strings.Contains(string(body), "Otieno") {
			t.Errorf("%s?names=hidden shows the name", at)
		}
		_, body := s.do("GET", at+"?f=html", nil)
		if page := string(body); strings.Contains(page, "Otieno") || !strings.Contains(page, `<details class="veiled">`) {
			t.Errorf("%s as a page shows the name, or what is graphic without a click", at)
		}
	}
}
