package table

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	_ "modernc.org/sqlite" // the driver of a GeoPackage
)

// openGeoPackage reads the first layer of features of a GeoPackage, in degrees.
func openGeoPackage(path string, _ *os.File) (*Table, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: absolute}).EscapedPath()+"?mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	var layer, geom string
	var srs int
	err = db.QueryRowContext(ctx, "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name WHERE c.data_type = 'features' ORDER BY c.table_name LIMIT 1").Scan(&layer, &geom, &srs)
	if err != nil {
		db.Close()
		return nil, geo.Invalid("file", "no layer of features: %v", err)
	}
	if srs != 4326 {
		db.Close()
		return nil, geo.Invalid("srs_id", "layer %s has EPSG:%d; convert it to 4326", layer, srs)
	}
	rows, err := db.QueryContext(ctx, `SELECT * FROM "`+strings.ReplaceAll(layer, `"`, `""`)+`"`)
	if err != nil {
		db.Close()
		return nil, err
	}
	names, err := rows.Columns()
	if err != nil {
		db.Close()
		return nil, err
	}
	at := -1
	var header []string
	for k, n := range names {
		if strings.EqualFold(n, geom) {
			at = k
		} else {
			header = append(header, n)
		}
	}
	all := func(yield func(Row, error) bool) {
		defer rows.Close()
		for n := 1; rows.Next(); n++ {
			row, err := gpkgRow(rows, len(names), at)
			row.Number = n
			if !yield(row, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Row{}, err)
		}
	}
	return &Table{Header: header, Rows: all, close: db.Close}, nil
}

func gpkgRow(rows *sql.Rows, width, at int) (Row, error) {
	values, into := make([]any, width), make([]any, width)
	for k := range values {
		into[k] = &values[k]
	}
	if err := rows.Scan(into...); err != nil {
		return Row{}, err
	}
	var row Row
	for k, v := range values {
		if k == at {
			if blob, ok := v.([]byte); ok {
				g, err := gpkgShape(blob)
				if err != nil {
					return row, geo.Invalid("geometry", "%v", err)
				}
				row.Point, row.Placed = pointOf(g)
			}
			continue
		}
		switch v := v.(type) {
		case nil:
			row.Cells = append(row.Cells, "")
		case []byte:
			row.Cells = append(row.Cells, string(v))
		default:
			row.Cells = append(row.Cells, fmt.Sprint(v))
		}
	}
	row.Raw = joined(row.Cells, ',')
	return row, nil
}

// gpkgShape reads a GeoPackage's blob: eight bytes, a box as the flags say, then
// well-known binary.
func gpkgShape(blob []byte) (orb.Geometry, error) {
	if len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' {
		return nil, fmt.Errorf("no GeoPackage geometry")
	}
	box := map[byte]int{0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3]>>1&7]
	if blob[3]&0x10 != 0 { // empty
		return nil, nil
	}
	if len(blob) < 8+box {
		return nil, fmt.Errorf("a cut geometry")
	}
	return wkb.Unmarshal(blob[8+box:])
}
