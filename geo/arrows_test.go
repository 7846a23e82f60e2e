package geo_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed says which packages of ours each package may import: the arrows of
// the house. A pattern ending in /... covers a whole tree.
var allowed = map[string][]string{
	"gazetteer":              {"gazetteer/spill"},
	"gazetteer/spill":        {},
	"gazetteer/source":       {"gazetteer", "gazetteer/spill"},
	"gazetteer/world":        {"gazetteer"},
	"gazetteer/geoparse":     {"gazetteer", "geo/lexicon"},
	"gazetteer/geoparse/fit": {"gazetteer", "gazetteer/geoparse"},
	"geo":                    {"gazetteer"},
	"geo/lexicon":            {},
	"geo/sample":             {"geo"},
	"geo/document":           {"geo"},
	"geo/table":              {"geo", "gazetteer"},
	"geo/query":              {"geo", "geo/query/cql2", "geo/crs", "gazetteer"},
	"geo/query/cql2":         {},
	"geo/crs":                {},
	"geo/index":              {"geo", "gazetteer"},
	"geo/format":             {"geo", "gazetteer"},
	"geo/storetest":          {"geo", "gazetteer"},
	"geo/sqlite":             {"geo", "gazetteer"},
	"geo/postgis":            {"geo", "gazetteer"},
	"geo/tile":               {"geo", "geo/index"},
	"geo/report":             {"geo", "geo/lexicon", "gazetteer", "gazetteer/geoparse"},
	"geo/ingest":             {"geo", "geo/format", "geo/table", "geo/report", "gazetteer", "gazetteer/geoparse"},
	"static":                 {},
	"web/words":              {"geo", "gazetteer"},
	"web/preview":            {"geo"},
	"web": {"web/words", "web/preview", "geo", "geo/query", "geo/crs", "geo/index", "geo/tile", "geo/format", "geo/report", "geo/ingest", "geo/document", "geo/table",
		"gazetteer", "gazetteer/geoparse", "static"},
	"cmd/dateline": {"..."},
	"cmd/fit":      {"..."},
	"cmd/bench":    {"..."},
}

// onlyUnder says under which folders alone a foreign module may be imported.
var onlyUnder = map[string][]string{
	"github.com/labstack/echo": {"web"},
	"modernc.org/sqlite":       {"geo/sqlite", "geo/format", "geo/table"}, // a GeoPackage is a SQLite file
	"database/sql":             {"geo/sqlite", "geo/postgis", "geo/format", "geo/table"},
	"github.com/jackc/pgx":     {"geo/postgis"},
}

type sourceFile struct {
	pkg, name string
	test      bool
	doc       bool
	imports   []string
}

func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	var files []sourceFile
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || (strings.HasPrefix(d.Name(), ".") && name != ".")) {
			return fs.SkipDir
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		file := sourceFile{pkg: path.Dir(name), name: name, test: strings.HasSuffix(name, "_test.go"), doc: f.Doc != nil}
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			file.imports = append(file.imports, imp)
		}
		files = append(files, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("found %d Go files: the walk is broken", len(files))
	}
	return files
}

func TestArrows(t *testing.T) {
	for _, f := range sourceFiles(t) {
		may, known := allowed[f.pkg]
		if !known {
			t.Errorf("%s: package %s is not in the table of arrows", f.name, f.pkg)
			continue
		}
		for _, imp := range f.imports {
			ours, ok := strings.CutPrefix(imp, "dateline/")
			if !ok {
				checkForeign(t, f, imp)
				continue
			}
			if f.test || ours == f.pkg { // a test may look further, but nobody imports cmd
				if strings.HasPrefix(ours, "cmd/") {
					t.Errorf("%s imports %s: nobody imports cmd", f.name, imp)
				}
				continue
			}
			if !slices.Contains(may, ours) && !slices.Contains(may, "...") || strings.HasPrefix(ours, "cmd/") {
				t.Errorf("%s imports %s: the arrows do not allow it", f.name, imp)
			}
		}
	}
}

func checkForeign(t *testing.T, f sourceFile, imp string) {
	t.Helper()
	for module, folders := range onlyUnder {
		if !strings.HasPrefix(imp, module) {
			continue
		}
		if !slices.ContainsFunc(folders, func(dir string) bool { return f.pkg == dir || strings.HasPrefix(f.pkg, dir+"/") }) {
			t.Errorf("%s imports %s, which belongs under %s alone", f.name, imp, strings.Join(folders, ", "))
		}
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range sourceFiles(t) {
		if !f.test {
			documented[f.pkg] = documented[f.pkg] || f.doc
		}
	}
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %s has no comment that says what it is for", pkg)
		}
	}
}

// The top level is fixed: what grows goes under its five folders.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join(".."))
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"cmd", "geo", "web", "static", "gazetteer", "bin"}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(known, e.Name()) {
			t.Errorf("top-level folder %s: everything lives under cmd, geo, web, static and gazetteer", e.Name())
		}
	}
}
