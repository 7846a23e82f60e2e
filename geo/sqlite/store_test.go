package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/sqlite"
	"dateline/geo/storetest"
)

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) geo.Store { return open(t, filepath.Join(t.TempDir(), "test.db")) })
}
