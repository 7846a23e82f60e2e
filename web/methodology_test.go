package web_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/report"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

var update = flag.Bool("update", false, "write accuracy.tsv anew from BENCHMARKS.md")

// accuracyOfBenchmarks is the table of BENCHMARKS.md as accuracy.tsv has it.
func accuracyOfBenchmarks(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../BENCHMARKS.md")
	if err != nil {
		t.Fatal(err)
	}
	section := regexp.MustCompile(`(?s)\n## Accuracy \((\d{4}-\d{2}-\d{2})[^\n]*\n(.*?)\n##`).FindSubmatch(text)
	if section == nil {
		t.Fatal("BENCHMARKS.md has no section Accuracy with its day")
	}
	lines := []string{string(section[1])}
	for _, line := range strings.Split(string(section[2]), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if !strings.HasPrefix(line, "|") || len(cells) != 4 || strings.Contains(line, "---") || strings.TrimSpace(cells[0]) == "corpus" {
			continue
		}
		for k := range cells {
			cells[k] = strings.TrimSpace(strings.NewReplacer("`", "", "**", "").Replace(cells[k]))
		}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	return strings.Join(lines, "\n") + "\n"
}

// What the methodology says was measured is what BENCHMARKS.md says.
func TestAccuracyIsThatOfBenchmarks(t *testing.T) {
	want := accuracyOfBenchmarks(t)
	if *update {
		if err := os.WriteFile("document/accuracy.tsv", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("document/accuracy.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(want, "\n") < 15 {
		t.Fatalf("BENCHMARKS.md gives %d rows", strings.Count(want, "\n"))
	}
	if string(got) != want {
		t.Error("document/accuracy.tsv is not what BENCHMARKS.md says; run: go test ./web -run Accuracy -update")
	}
}

func TestMethodology(t *testing.T) {
	s := newSite(t, nil)
	page, header := s.html(200, "/methodology")
	wants(t, page, `<html lang="en" dir="ltr">`, "English", "a hatched extent, never a point", "Western Sahara", "LGL, raw text", "Atom feed",
		`<link rel="canonical" href="`+s.URL+`/methodology">`)
	for _, a := range geo.Attributions {
		if !strings.Contains(page, "<dt>"+string(a)+"</dt><dd>") || strings.Contains(page, "<dt>"+string(a)+"</dt><dd></dd>") {
			t.Errorf("nothing is said of %s", a)
		}
	}
	for _, code := range report.Languages() {
		if l := display.English.Languages().Name(language.Make(code)); !strings.Contains(page, l) {
			t.Errorf("reports are read in %s, which is not said", l)
		}
	}
	answer, _ := s.do("GET", "/methodology", nil, "If-None-Match", header.Get("ETag"))
	if answer.StatusCode != 304 {
		t.Errorf("its own ETag is answered by %d", answer.StatusCode)
	}
	var landing struct{ Links []struct{ Rel, Href string } }
	s.json(200, "GET", "/?f=json", nil, &landing)
	found := false
	for _, l := range landing.Links {
		found = found || l.Href == s.URL+"/methodology"
	}
	if !found {
		t.Error("the landing page does not lead to it")
	}
}
