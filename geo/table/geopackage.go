package table

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

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
	types, err := rows.ColumnTypes()
	if err != nil {
		db.Close()
		return nil, err
	}
	kinds := make([]string, len(types))
	for k, c := range types {
		kinds[k] = strings.ToUpper(c.DatabaseTypeName())
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
	var total int64
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM "`+strings.ReplaceAll(layer, `"`, `""`)+`"`).Scan(&total); err != nil {
		db.Close()
		return nil, err
	}
	all := func(yield func(Row, error) bool) {
		defer rows.Close()
		for n := 1; rows.Next(); n++ {
			row, err := gpkgRow(rows, kinds, at)
			row.Number = n
			if !yield(row, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Row{}, err)
		}
	}
	return &Table{Header: header, Rows: all, Total: total, close: db.Close}, nil
}

func gpkgRow(rows *sql.Rows, kinds []string, at int) (Row, error) {
	values, into := make([]any, len(kinds)), make([]any, len(kinds))
	for k := range values {
		into[k] = &values[k]
	}
	if err := rows.Scan(into...); err != nil {
		return Row{}, err
	}
	var row Row
	var damaged error
	for k, v := range values {
		if k != at {
			row.Cells = append(row.Cells, gpkgText(v, kinds[k]))
			continue
		}
		if blob, ok := v.([]byte); ok {
			if row.Shape, damaged = gpkgShape(blob); damaged != nil {
				damaged = geo.Invalid("geometry", "%v", damaged)
			}
		}
	}
	row.Raw = joined(row.Cells, ',')
	return row, damaged
}

// gpkgText is a value as text: a DATE has no hours, a BOOLEAN is true or false.
func gpkgText(v any, kind string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return strings.ToValidUTF8(string(v), "\ufffd")
	case string:
		return strings.ToValidUTF8(v, "\ufffd")
	case time.Time:
		if kind == "DATE" {
			return v.Format(time.DateOnly)
		}
		return v.UTC().Format(time.RFC3339Nano)
	case int64:
		if kind == "BOOLEAN" {
			return strconv.FormatBool(v != 0)
		}
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// gpkgShape reads a GeoPackage's blob: eight bytes, a box as the flags say, then
// well-known binary.
func gpkgShape(blob []byte) (g orb.Geometry, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			g, err = nil, fmt.Errorf("a damaged geometry: %v", fault)
		}
	}()
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
	g, err = wkb.Unmarshal(blob[8+box:])
	if p, ok := g.(orb.Point); ok && p != p { // of NaN: empty
		return nil, err
	}
	return g, err
}
