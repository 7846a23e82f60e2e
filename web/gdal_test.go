package web_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/geo"
)

// fill puts n incidents into the site's store, a thousand a report.
func (s *site) fill(n int) {
	s.t.Helper()
	for first := 0; first < n; first += 1000 {
		submission := geo.Submission{Report: geo.Report{Text: fmt.Sprintf("report %d", first)}, By: "test", Why: "fill"}
		for k := first; k < min(first+1000, n); k++ {
			day := geo.Day("2010-01-01").Add(k % 5000)
			lon, lat := float64(k%3600)/10-180, float64(k%1500)/10-75
			submission.Incidents = append(submission.Incidents, geo.Incident{
				ID: fmt.Sprintf("filled%06d", k), Title: fmt.Sprintf("Incident %d", k), Type: geo.EventTypes[k%len(geo.EventTypes)].Code,
				Status: geo.Published, Modality: geo.Asserted, When: geo.When{Start: day, End: day},
				Places: []geo.Site{{Role: geo.RoleSite, Place: "Somewhere", Lon: &lon, Lat: &lat, RadiusM: 1000, Precision: "settlement"}},
				Tolls:  geo.Tolls{Killed: geo.Range{Best: new(int64(k % 100))}},
			})
		}
		if _, err := s.store.Add(s.t.Context(), submission); err != nil {
			s.t.Fatal(err)
		}
	}
}

// GDAL's OAPIF driver pages through DATELINE_GDAL_PAGES features (make
// gdal-pages) and gets each once; a filter that it hands on gets the same as one
// that it applies itself.
func TestGDALPages(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("DATELINE_GDAL_PAGES"))
	if err != nil {
		t.Skip("make gdal-pages runs it")
	}
	s := newSite(t, nil)
	samples := len(s.collectAll(items + "?limit=1000"))
	s.fill(n)
	for _, tc := range []struct {
		name    string
		options []string
		want    int
	}{
		{"pages of 1000", []string{"-oo", "PAGE_SIZE=1000"}, n + samples},
		{"pages of 10000", []string{"-oo", "PAGE_SIZE=10000"}, n + samples},
		{"filter handed on", []string{"-oo", "PAGE_SIZE=1000", "-where", "killed_best >= 90 AND type = 'earthquake'"}, 0},
		{"box", []string{"-oo", "PAGE_SIZE=1000", "-spat", "0", "0", "20", "20"}, 0},
	} {
		want := tc.want
		file := filepath.Join(t.TempDir(), "out.csv")
		began := time.Now()
		args := append([]string{"-f", "CSV", file, "OAPIF:" + s.URL, "incidents", "-select", "id,killed_best,type"}, tc.options...)
		out, err := exec.CommandContext(t.Context(), "ogr2ogr", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("ogr2ogr %v: %v: %s", args, err, out)
		}
		took := time.Since(began)
		rows, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, row := range strings.Split(strings.TrimSpace(string(rows)), "\n")[1:] {
			id, _, _ := strings.Cut(row, ",")
			if seen[id] {
				t.Errorf("%s: %s comes twice", tc.name, id)
			}
			seen[id] = true
		}
		switch tc.name {
		case "filter handed on":
			want = len(s.collectAll(items + "?limit=10000&killed_best=90..&type=earthquake"))
		case "box":
			want = len(s.collectAll(items + "?limit=10000&bbox=0,0,20,20"))
		}
		if len(seen) != want || want == 0 {
			t.Errorf("%s: %d features, want %d", tc.name, len(seen), want)
		}
		t.Logf("%s: %d features in %v", tc.name, len(seen), took.Round(time.Millisecond))
	}
}
