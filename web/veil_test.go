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
