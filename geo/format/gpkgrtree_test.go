package format_test

import (
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"dateline/geo"
	"dateline/geo/format"
)

// The index of a GeoPackage is one that SQLite finds no fault with, and finds in
// each box what lies there, from no feature to three levels of nodes.
func TestGeoPackageIndex(t *testing.T) {
	for _, n := range []int{0, 1, 51, 52, 51*51 + 1, 6000} {
		path := filepath.Join(t.TempDir(), "x.gpkg")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, 2))
		points := make([][2]float64, n)
		for k := range points {
			points[k] = [2]float64{math.Round(random.Float64()*360e7)/1e7 - 180, math.Round(random.Float64()*180e7)/1e7 - 90}
		}
		err = format.WriteGeoPackage(file, func(yield func(geo.Incident, error) bool) {
			for k, p := range points {
				i := geo.Incident{ID: fmt.Sprint(k), Type: "attack", Places: []geo.Site{{Role: geo.RoleSite, Lon: &p[0], Lat: &p[1], RadiusM: 1, Precision: "exact"}}}
				if !yield(i, nil) {
					return
				}
			}
		}, format.Options{})
		if err != nil || file.Close() != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		var check string
		if err := db.QueryRow("SELECT rtreecheck('rtree_incidents_geom')").Scan(&check); err != nil || check != "ok" {
			t.Errorf("%d features: the index is %q, %v", n, check, err)
		}
		for range 20 {
			west, south := random.Float64()*300-180, random.Float64()*150-90
			want := 0
			for _, p := range points {
				if p[0] >= west && p[0] <= west+60 && p[1] >= south && p[1] <= south+30 {
					want++
				}
			}
			var got int
			err := db.QueryRow(`SELECT count(*) FROM rtree_incidents_geom r JOIN incidents i ON i.fid = r.id
				WHERE r.minx <= ?1 + 60 AND r.maxx >= ?1 AND r.miny <= ?2 + 30 AND r.maxy >= ?2
				AND i.lon >= ?1 AND i.lon <= ?1 + 60 AND i.lat >= ?2 AND i.lat <= ?2 + 30`, west, south).Scan(&got)
			if err != nil || got != want {
				t.Errorf("%d features: %d in a box, %v, want %d", n, got, err, want)
			}
		}
		if _, err := db.Exec("INSERT INTO rtree_incidents_geom VALUES (-1, 0, 0, 0, 0)"); err != nil { // the tree can be written on
			t.Errorf("%d features: %v", n, err)
		}
		if err := db.QueryRow("SELECT rtreecheck('rtree_incidents_geom')").Scan(&check); err != nil || check != "ok" {
			t.Errorf("%d features: after one more the index is %q, %v", n, check, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
