package web_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example of the README: a fenced block with its language.
type example struct{ language, text string }

var fence = regexp.MustCompile("(?ms)^```(sh|python|python qgis|html)\n(.*?)^```$")

func readmeExamples(t *testing.T) []example {
	t.Helper()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for _, m := range fence.FindAllStringSubmatch(string(readme), -1) {
		all = append(all, example{m[1], m[2]})
	}
	return all
}

var namedFence = regexp.MustCompile("(?ms)^```[a-z]+ ([a-z]+\\.[a-z]+)\n(.*?)^```$")

// readmeFiles are the files that the README shows, by their names.
func readmeFiles(t *testing.T) map[string]string {
	t.Helper()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, m := range namedFence.FindAllStringSubmatch(string(readme), -1) {
		files[m[1]] = m[2]
	}
	return files
}

// Every example of the README runs against a server with the samples, and finds
// something.
func TestReadmeExamples(t *testing.T) {
	s := newSite(t, nil).signIn()
	all := readmeExamples(t)
	if len(all) < 6 {
		t.Fatalf("%d examples", len(all))
	}
	here := strings.NewReplacer("http://127.0.0.1:8080", s.URL)
	dir := t.TempDir()
	for name, text := range readmeFiles(t) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range all {
		text := here.Replace(e.text)
		switch e.language {
		case "sh":
			for _, command := range strings.Split(strings.ReplaceAll(text, "\\\n", " "), "\n") {
				if strings.TrimSpace(command) != "" {
					runShell(t, dir, command)
				}
			}
		case "python":
			if out := run(t, dir, "python3", "-c", text); strings.Count(out, "\n") < 3 {
				t.Errorf("the Python example prints %q", out)
			}
		case "html":
			address, _, _ := strings.Cut(strings.SplitN(text, `fetch("`, 2)[1], `"`)
			var page features
			s.json(200, "GET", strings.TrimPrefix(address, s.URL), nil, &page)
			answer, _ := s.do("GET", strings.TrimPrefix(address, s.URL), nil, "Origin", "https://elsewhere.example")
			if len(page.Features) == 0 || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("the Leaflet example gets %d features, for origins %q", len(page.Features), answer.Header.Get("Access-Control-Allow-Origin"))
			}
		case "python qgis":
			if os.Getenv("DATELINE_QGIS") == "" {
				continue // make qgis runs it
			}
			out := s.qgis(text + "print(sum(1 for f in layer.getFeatures()), 'features')\n" +
				"layer.setSubsetString('\"killed_best\" >= 50')\nprint(sum(1 for f in layer.getFeatures()), 'under a filter')\n")
			if !strings.Contains(out, "features") || strings.Contains(out, "\n0 ") {
				t.Errorf("the QGIS example prints %q", out)
			}
		}
	}
}

func runShell(t *testing.T, dir, command string) {
	t.Helper()
	out := run(t, dir, "sh", "-c", "TOKEN="+secret+"; "+command)
	if !strings.HasPrefix(command, "curl") {
		if strings.HasPrefix(command, "ogr2ogr") {
			out = run(t, dir, "ogrinfo", "-ro", "-so", "-al", "deadly.gpkg")
		}
		if !strings.Contains(out, "Feature Count: ") || strings.Contains(out, "Feature Count: 0") {
			t.Errorf("%s: %s", command, out)
		}
		return
	}
	var answer struct {
		Type     string
		ID       string
		Features []json.RawMessage
		TileJSON string
		Added    int
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || answer.TileJSON == "" && answer.Added == 0 && (answer.Type == "" || answer.ID == "" && len(answer.Features) == 0) {
		t.Errorf("%s: %v %.300s", command, err, out)
	}
}

func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed; make tools installs what the tests need", name)
	}
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%s %v: %v: %s", name, args, err, out)
	}
	return string(out)
}
