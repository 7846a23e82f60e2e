package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/sqlite"

	"github.com/google/go-cmp/cmp"
)

func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, tc := range []struct {
		name string
		make func(t *testing.T, path string)
		want string
	}{
		{"text file", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("no database\n", 500)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "no SQLite database"},
		{"another program's", func(t *testing.T, path string) { execute(t, path, "CREATE TABLE bookmark (url TEXT)") }, "another program"},
		{"another program's of version 1", func(t *testing.T, path string) {
			execute(t, path, "CREATE TABLE bookmark (url TEXT)", "PRAGMA user_version = 1")
		}, "another program"},
		{"newer", func(t *testing.T, path string) {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			execute(t, path, "PRAGMA user_version = 9999")
		}, "newer dateline"},
		{"folder that is not there", func(t *testing.T, path string) {
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}, "is its folder there"},
		{"damaged", func(t *testing.T, path string) {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copy(data[100:], slices.Repeat([]byte{0xff}, 8000))
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}, "damaged"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "folder", "test.db")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			tc.make(t, path)
			before, _ := os.ReadFile(path)
			store, err := sqlite.Open(t.Context(), path, time.Now)
			if err == nil {
				store.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %q does not say %q", err, tc.want)
			}
			if after, _ := os.ReadFile(path); !slices.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// What was kept is there after closing, in a path that needs escaping.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my reports?#%20.db")
	store := open(t, path)
	want, err := store.Add(t.Context(), geo.Submission{Report: geo.Report{Text: "A report."}, Incidents: []geo.Incident{struck("a")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the file is elsewhere: %v", err)
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("the log was not folded into the file")
	}
	store = open(t, path)
	defer store.Close()
	got, err := store.Incident(t.Context(), "a")
	if diff := cmp.Diff(want.Incidents[0], got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// A program whose fields are others makes the tables for filters again.
func TestReindex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	store := open(t, path)
	if _, err := store.Save(t.Context(), geo.Edit{Incident: struck("a")}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, path, "DELETE FROM value", "DELETE FROM word", "UPDATE meta SET value = 'older' WHERE key = 'fields'")
	store = open(t, path)
	defer store.Close()
	for _, e := range []geo.Expr{geo.Words{"baghdad"}, geo.Compare{Field: "country", Op: geo.Eq, Value: "IQ"}, geo.BBox{West: 44, South: 33, East: 45, North: 34}} {
		n := 0
		for _, err := range store.Query(t.Context(), geo.Query{Filter: geo.Filter{Expr: e}}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != 1 {
			t.Errorf("%v finds %d", e, n)
		}
	}
}

// Every pooled connection has the pragmas, since a lost one loses data.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	a, b := open(t, path), open(t, path)
	defer a.Close()
	defer b.Close()
	if _, err := a.Save(t.Context(), geo.Edit{Incident: struck("a")}); err != nil {
		t.Fatal(err)
	}
	i, err := b.Incident(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Save(t.Context(), geo.Edit{Incident: i, Base: 1}); err != nil {
		t.Fatal(err)
	}
	if i, err := a.Incident(t.Context(), "a"); err != nil || i.Revision != 2 {
		t.Errorf("revision %d, %v", i.Revision, err)
	}
}
