package format

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	_ "modernc.org/sqlite" // the driver of a GeoPackage
)

// The identity of a GeoPackage 1.3 file, and the layer in it.
const (
	gpkgApplication = 0x47504B47
	gpkgVersion     = 10300
	gpkgLayer       = "incidents"
	wgs84           = 4326
)

// gpkgTables are those that OGC 12-128r17 wants of every file.
const gpkgTables = `
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
 ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
 ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
 ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]', 'longitude and latitude in degrees');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name));
`

// WriteGeoPackage writes a GeoPackage (OGC 12-128r17) with one layer, its
// columns typed and its geometries indexed. It is built in a file beside the
// system's temporary ones and copied out.
func WriteGeoPackage(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	dir, err := os.MkdirTemp("", "dateline-gpkg-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "incidents.gpkg")
	if err := buildGeoPackage(path, incidents, o.Shape); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(w, file)
	return err
}

func buildGeoPackage(path string, incidents iter.Seq2[geo.Incident, error], s Shape) (err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=locking_mode(exclusive)&_pragma=cache_size(-32000)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() {
		if closing := db.Close(); err == nil {
			err = closing
		}
	}()
	ctx := context.Background()
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; %s %s", gpkgApplication, gpkgVersion, gpkgTables, gpkgLayerTable())); err != nil {
		return fmt.Errorf("GeoPackage: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	layer := gpkgWriter{ctx: ctx, tx: tx, shape: s, columns: geo.Columns(), bound: emptyBound()}
	if err := layer.rows(incidents); err != nil {
		return err
	}
	if err := layer.describe(); err != nil {
		return fmt.Errorf("GeoPackage: %w", err)
	}
	return tx.Commit()
}

func emptyBound() orb.Bound {
	inf := math.Inf(1)
	return orb.Bound{Min: orb.Point{inf, inf}, Max: orb.Point{-inf, -inf}}
}

// gpkgLayerTable is the layer's table and its index.
func gpkgLayerTable() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY", gpkgLayer)
	for _, f := range geo.Columns() {
		fmt.Fprintf(&b, ", %q %s", f.Name, gpkgType(f.Kind))
	}
	fmt.Fprintf(&b, "); CREATE VIRTUAL TABLE rtree_%s_geom USING rtree(id, minx, maxx, miny, maxy);", gpkgLayer)
	return b.String()
}

func gpkgType(k geo.Kind) string {
	switch k {
	case geo.KindInt:
		return "INTEGER"
	case geo.KindNumber:
		return "DOUBLE"
	case geo.KindBool:
		return "BOOLEAN"
	case geo.KindDay:
		return "DATE"
	case geo.KindTime:
		return "DATETIME"
	}
	return "TEXT"
}

type gpkgWriter struct {
	ctx     context.Context
	tx      *sql.Tx
	shape   Shape
	columns []geo.Field
	bound   orb.Bound
	latest  time.Time
}

func (g *gpkgWriter) rows(incidents iter.Seq2[geo.Incident, error]) error {
	names := make([]string, len(g.columns))
	for k, f := range g.columns {
		names[k] = fmt.Sprintf("%q", f.Name)
	}
	into := insertRows{ctx: g.ctx, tx: g.tx, columns: len(names) + 2, most: 4,
		head: fmt.Sprintf("INSERT INTO %s (fid, geom, %s) VALUES ", gpkgLayer, strings.Join(names, ", "))}
	args := make([]any, 0, len(names)+2)
	var boxes []rtreeItem
	fid := int64(0)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		fid++
		values, err := cells(i, g.shape, g.columns)
		if err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		args = append(args[:0], fid, nil)
		if shape := orbOf(geometryOf(i, g.shape)); shape != nil {
			if args[1], err = gpkgGeometry(shape); err != nil {
				return err
			}
			b := shape.Bound()
			g.bound = g.bound.Union(b)
			boxes = append(boxes, rtreeItemOf(fid, b))
		}
		for _, v := range values {
			if t, ok := v.(time.Time); ok {
				v = t.UTC().Format("2006-01-02T15:04:05.000Z")
			}
			args = append(args, v)
		}
		if i.Updated.After(g.latest) {
			g.latest = i.Updated
		}
		if err := into.add(args...); err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
	}
	if err := into.close(); err != nil {
		return err
	}
	tree := rtreeWriter{ctx: g.ctx, tx: g.tx, table: "rtree_" + gpkgLayer + "_geom"}
	return tree.write(boxes, g.bound)
}

// orbOf is the geometry as orb has it, nil where there is none.
func orbOf(g *geometry) orb.Geometry {
	if g == nil {
		return nil
	}
	switch c := g.Coordinates.(type) {
	case orb.Point:
		return c
	case orb.Polygon:
		return c
	case orb.MultiPolygon:
		return c
	}
	return nil
}

// gpkgGeometry is a geometry as a GeoPackage's blob: header with its box, then
// well-known binary, little endian.
func gpkgGeometry(g orb.Geometry) ([]byte, error) {
	point, isPoint := g.(orb.Point)
	if isPoint {
		b := append(make([]byte, 0, 29), 'G', 'P', 0, 0b0000_0001)
		b = binary.LittleEndian.AppendUint32(b, wgs84)
		b = binary.LittleEndian.AppendUint32(append(b, 1), 1) // little endian, a point
		for _, x := range point {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
		return b, nil
	}
	b := binary.LittleEndian.AppendUint32([]byte{'G', 'P', 0, 0b0000_0011}, wgs84)
	box := g.Bound()
	for _, x := range []float64{box.Min.X(), box.Max.X(), box.Min.Y(), box.Max.Y()} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	body, err := wkb.Marshal(g, binary.LittleEndian)
	return append(b, body...), err
}

// gpkgTriggers keep the index of a layer true where someone edits it, as the
// RTree extension of the standard wants.
const gpkgTriggers = `
CREATE TRIGGER rtree_%[1]s_geom_insert AFTER INSERT ON %[1]s WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN INSERT OR REPLACE INTO rtree_%[1]s_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_%[1]s_geom_update1 AFTER UPDATE OF geom ON %[1]s WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN INSERT OR REPLACE INTO rtree_%[1]s_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_%[1]s_geom_update2 AFTER UPDATE OF geom ON %[1]s WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM rtree_%[1]s_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_%[1]s_geom_update3 AFTER UPDATE ON %[1]s WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM rtree_%[1]s_geom WHERE id = OLD.fid; INSERT OR REPLACE INTO rtree_%[1]s_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_%[1]s_geom_update4 AFTER UPDATE ON %[1]s WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM rtree_%[1]s_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_%[1]s_geom_delete AFTER DELETE ON %[1]s WHEN old.geom NOT NULL BEGIN DELETE FROM rtree_%[1]s_geom WHERE id = OLD.fid; END;
`

// describe enters the layer where readers look for it.
func (g *gpkgWriter) describe() error {
	box := []any{nil, nil, nil, nil}
	if g.bound.Min.X() <= g.bound.Max.X() {
		box = []any{g.bound.Min.X(), g.bound.Min.Y(), g.bound.Max.X(), g.bound.Max.Y()}
	}
	kind := "POINT"
	if g.shape == Areas {
		kind = "GEOMETRY"
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{"INSERT INTO gpkg_contents VALUES (?, 'features', ?, 'incidents', ?, ?, ?, ?, ?, ?)",
			append(append([]any{gpkgLayer, gpkgLayer, g.latest.UTC().Format("2006-01-02T15:04:05.000Z")}, box...), wgs84)},
		{"INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", []any{gpkgLayer, kind, wgs84}},
		{"INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", []any{gpkgLayer}},
		{fmt.Sprintf(gpkgTriggers, gpkgLayer), nil},
	} {
		if _, err := g.tx.ExecContext(g.ctx, step.sql, step.args...); err != nil {
			return err
		}
	}
	return nil
}
