package format

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"

	"dateline/geo"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
	"github.com/paulmach/orb"
)

// rowGroup is how many rows of a Parquet file stand together: of one only what is
// compressed already waits in memory.
const rowGroup = 100_000

// parquetRows is how many rows are turned into columns at once: so few that the
// ends of all columns stay in a processor's cache.
const parquetRows = 200

// parquetDictionary is up to how many bytes of different values a column of a row
// group has a dictionary.
const parquetDictionary = 2 << 20

// WriteGeoParquet writes GeoParquet 1.1: the columns of the flat incident in
// their order, then the geometry as well-known binary and its box. Rows are
// turned into columns beside those before them being encoded and compressed.
func WriteGeoParquet(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	columns := geo.Columns()
	schema := parquetSchema(columns)
	file := parquet.NewGenericWriter[any](w, schema, parquet.DictionaryMaxBytes(parquetDictionary),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1}))
	g := groupWriter{file: file, box: emptyBound(), kinds: map[string]bool{}}
	full, free := make(chan *parquetChunk), make(chan *parquetChunk, 2)
	for range cap(free) {
		free <- newParquetChunk(columns, len(schema.Columns()))
	}
	done := make(chan error, 1)
	go func() { done <- g.writeAll(full, free) }()
	err := gatherParquet(incidents, o.Shape, full, free)
	close(full)
	if failed := <-done; err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	meta, err := geoMetadata(g.box, g.kinds)
	if err != nil {
		return err
	}
	file.SetKeyValueMetadata("geo", meta)
	return file.Close()
}

// gatherParquet turns incidents into chunks of columns.
func gatherParquet(incidents iter.Seq2[geo.Incident, error], s Shape, full chan<- *parquetChunk, free <-chan *parquetChunk) error {
	c := <-free
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if err := c.add(i, s); err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		if c.rows == parquetRows {
			full <- c
			if c = <-free; c == nil {
				return nil // the writer says why
			}
		}
	}
	full <- c
	return nil
}

// groupWriter writes chunks as groups of rows.
type groupWriter struct {
	file  *parquet.GenericWriter[any]
	group *parquet.ConcurrentRowGroupWriter
	rows  int // of the group
	box   orb.Bound
	kinds map[string]bool
}

// writeAll writes chunks until there are no more. After an error it takes the
// rest and gives back nothing.
func (g *groupWriter) writeAll(full <-chan *parquetChunk, free chan<- *parquetChunk) error {
	for c := range full {
		if err := g.write(c); err != nil {
			close(free)
			for range full {
			}
			return err
		}
		c.reset()
		free <- c
	}
	return g.commit()
}

func (g *groupWriter) write(c *parquetChunk) error {
	if g.group == nil {
		g.group = g.file.BeginRowGroup()
	}
	for k, column := range g.group.ColumnWriters() {
		if _, err := column.WriteRowValues(c.values[k]); err != nil {
			return err
		}
	}
	g.box = g.box.Union(c.box)
	for kind := range c.kinds {
		g.kinds[kind] = true
	}
	if g.rows += c.rows; g.rows >= rowGroup {
		return g.commit()
	}
	return nil
}

func (g *groupWriter) commit() error {
	if g.rows == 0 {
		return nil
	}
	if _, err := g.group.Commit(); err != nil {
		return err
	}
	g.rows = 0
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
	covering := map[string][]string{}
	for _, side := range boxSides {
		covering[side] = []string{"bbox", side}
	}
	column := map[string]any{"encoding": "WKB", "geometry_types": types, "covering": map[string]any{"bbox": covering}}
	if box.Min.X() <= box.Max.X() {
		column["bbox"] = []float64{box.Min.X(), box.Min.Y(), box.Max.X(), box.Max.Y()}
	}
	data, err := json.Marshal(map[string]any{"version": "1.1.0", "primary_column": "geometry", "columns": map[string]any{"geometry": column}})
	return string(data), err
}

// boxSides are the columns of a geometry's box.
var boxSides = []string{"xmin", "ymin", "xmax", "ymax"}

// parquetSchema is the columns in their order, then geometry and box.
func parquetSchema(columns []geo.Field) *parquet.Schema {
	all, box := parquetGroup{parquet.Group{}, nil}, parquetGroup{parquet.Group{}, boxSides}
	for _, f := range columns {
		all.add(f.Name, parquetNode(f))
	}
	for _, side := range boxSides {
		box.Group[side] = parquet.Leaf(parquet.FloatType)
	}
	all.add("geometry", parquet.Leaf(parquet.ByteArrayType))
	all.add("bbox", box)
	return parquet.NewSchema("incidents", all)
}

// parquetGroup is a group whose fields stand in an order of ours; those of
// parquet.Group stand by name.
type parquetGroup struct {
	parquet.Group
	names []string
}

func (g *parquetGroup) add(name string, n parquet.Node) {
	g.Group[name], g.names = parquet.Optional(n), append(g.names, name)
}

// Fields in the order of the names.
func (g parquetGroup) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return slices.Index(g.names, a.Name()) - slices.Index(g.names, b.Name()) })
	return fields
}

// ownValues are the columns of which hardly two rows have the same, or that are
// too long for a dictionary.
var ownValues = []string{"id", "origin_id", "lat", "lon", "places", "claims", "named", "quotes", "reports"}

// parquetNode is the type of a column. Of most the values come again and again:
// numbers of a dictionary stand for them, until it would be too large.
func parquetNode(f geo.Field) parquet.Node {
	n := parquetType(f.Kind)
	if f.Kind == geo.KindBool || slices.Contains(ownValues, f.Name) {
		return n
	}
	return parquet.Encoded(n, &parquet.RLEDictionary)
}

func parquetType(k geo.Kind) parquet.Node {
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
