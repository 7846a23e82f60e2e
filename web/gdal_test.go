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

// fill puts n incidents into the site's store, a thousand a report, and waits
// until the index, which is made again behind so many, has them.
func (s *site) fill(n int) {
	s.t.Helper()
	var counts struct{ Total int }
	s.json(200, "GET", "/counts", nil, &counts)
	want := counts.Total + n
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
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for counts.Total < want {
		<-tick.C
		s.json(200, "GET", "/counts", nil, &counts)
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
	if os.Getenv("DATELINE_QGIS") != "" {
		began := time.Now()
		got := s.qgis(`ids = [f["id"] for f in layer.getFeatures()]` + "\nprint('ids', len(ids), len(set(ids)))")
		if want := fmt.Sprintf("ids %d %[1]d\n", n+samples); !strings.Contains(got, want) {
			t.Errorf("QGIS prints %q, want %q", got, want)
		}
		t.Logf("QGIS: %d features in %v", n+samples, time.Since(began).Round(time.Millisecond))
	}
}

// qgis runs Python within QGIS, by which Debian's interpreter finds it, with the
// layer of incidents open.
func (s *site) qgis(python string) string {
	s.t.Helper()
	python = "from qgis.core import *\nQgsApplication.setPrefixPath('/usr', True)\na = QgsApplication([], False)\na.initQgis()\n" +
		`layer = QgsVectorLayer("pagingEnabled='true' pageSize='1000' url='` + s.URL + `/' typename='incidents'", "Incidents", "OAPIF")` + "\nassert layer.isValid()\n" + python
	command := exec.CommandContext(s.t.Context(), "/usr/bin/python3", "-c", python)
	command.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "HOME="+s.t.TempDir())
	out, err := command.CombinedOutput()
	if err != nil {
		s.t.Errorf("QGIS: %v: %s", err, out)
	}
	return string(out)
}
