package format

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"dateline/geo"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// rowGroup is how many rows of a Parquet file wait in memory.
const rowGroup = 20_000

// WriteGeoParquet writes GeoParquet 1.1: the geometry as well-known binary with
// its box beside it, and the columns of the flat incident. The file is written
// group by group of rows.
func WriteGeoParquet(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	columns := geo.Columns()
	group := parquet.Group{
		"geometry": parquet.Optional(parquet.Leaf(parquet.ByteArrayType)),
		"bbox":     parquet.Optional(parquet.Group{"xmin": parquet.Leaf(parquet.DoubleType), "ymin": parquet.Leaf(parquet.DoubleType), "xmax": parquet.Leaf(parquet.DoubleType), "ymax": parquet.Leaf(parquet.DoubleType)}),
	}
	for _, f := range columns {
		group[f.Name] = parquet.Optional(parquetNode(f.Kind))
	}
	schema := parquet.NewSchema("incidents", group)
	at := map[string]int{} // column number of each leaf
	for k, path := range schema.Columns() {
		at[path[len(path)-1]] = k
	}
	out := parquet.NewWriter(w, schema, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowGroup))
	box, kinds := emptyBound(), map[string]bool{}
	var rows []parquet.Row
	for i, err := range incidents {
		if err != nil {
			return err
		}
		values, err := cells(i, o.Shape, columns)
		if err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		row := make(parquet.Row, len(schema.Columns()))
		for k, f := range columns {
			row[at[f.Name]] = parquetValue(values[k], f.Kind).Level(0, level(values[k] != nil), at[f.Name])
		}
		if err := parquetShape(row, at, orbOf(geometryOf(i, o.Shape)), &box, kinds); err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		if rows = append(rows, row); len(rows) == 1000 {
			if _, err := out.WriteRows(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	if _, err := out.WriteRows(rows); err != nil {
		return err
	}
	meta, err := geoMetadata(box, kinds)
	if err != nil {
		return err
	}
	out.SetKeyValueMetadata("geo", meta)
	return out.Close()
}

func level(stated bool) int {
	if stated {
		return 1
	}
	return 0
}

func parquetNode(k geo.Kind) parquet.Node {
	switch k {
	case geo.KindInt:
		return parquet.Int(64)
	case geo.KindNumber:
		return parquet.Leaf(parquet.DoubleType)
	case geo.KindBool:
		return parquet.Leaf(parquet.BooleanType)
	case geo.KindDay:
		return parquet.Date()
	case geo.KindTime:
		return parquet.Timestamp(parquet.Millisecond)
	case geo.KindList:
		return parquet.JSON()
	}
	return parquet.String()
}

func parquetValue(v any, k geo.Kind) parquet.Value {
	switch v := v.(type) {
	case time.Time:
		return parquet.Int64Value(v.UnixMilli())
	case int64:
		return parquet.Int64Value(v)
	case float64:
		return parquet.DoubleValue(v)
	case bool:
		return parquet.BooleanValue(v)
	case string:
		if k == geo.KindDay {
			return parquet.Int32Value(int32(geo.Day(v).Time().Unix() / (24 * 3600)))
		}
		return parquet.ByteArrayValue([]byte(v))
	}
	return parquet.NullValue()
}

// parquetShape fills in geometry and box.
func parquetShape(row parquet.Row, at map[string]int, g orb.Geometry, box *orb.Bound, kinds map[string]bool) error {
	sides := []string{"xmin", "ymin", "xmax", "ymax"}
	if g == nil {
		for _, name := range append(sides, "geometry") {
			row[at[name]] = parquet.NullValue().Level(0, 0, at[name])
		}
		return nil
	}
	data, err := wkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return err
	}
	b := g.Bound()
	*box = box.Union(b)
	kinds[g.GeoJSONType()] = true
	row[at["geometry"]] = parquet.ByteArrayValue(data).Level(0, 1, at["geometry"])
	for k, x := range []float64{b.Min.X(), b.Min.Y(), b.Max.X(), b.Max.Y()} {
		row[at[sides[k]]] = parquet.DoubleValue(x).Level(0, 1, at[sides[k]])
	}
	return nil
}

// geoMetadata is what GeoParquet 1.1 wants under the key geo. The CRS is left
// out, which is OGC:CRS84.
func geoMetadata(box orb.Bound, kinds map[string]bool) (string, error) {
	types := []string{}
	for _, k := range []string{"Point", "Polygon", "MultiPolygon"} {
		if kinds[k] {
			types = append(types, k)
		}
	}
	column := map[string]any{"encoding": "WKB", "geometry_types": types,
		"covering": map[string]any{"bbox": map[string][]string{"xmin": {"bbox", "xmin"}, "ymin": {"bbox", "ymin"}, "xmax": {"bbox", "xmax"}, "ymax": {"bbox", "ymax"}}}}
	if box.Min.X() <= box.Max.X() {
		column["bbox"] = []float64{box.Min.X(), box.Min.Y(), box.Max.X(), box.Max.Y()}
	}
	data, err := json.Marshal(map[string]any{"version": "1.1.0", "primary_column": "geometry", "columns": map[string]any{"geometry": column}})
	return string(data), err
}
