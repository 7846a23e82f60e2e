package format

import (
	"encoding/binary"
	"time"

	"dateline/geo"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// parquetChunk is some rows as columns of values, whose bytes stand in one slice.
type parquetChunk struct {
	columns []geo.Field
	values  [][]parquet.Value // of the columns, the geometry and the box's sides
	nulls   []parquet.Value   // of each
	data    []byte
	rows    int
	box     orb.Bound
	kinds   map[string]bool // of geometries
}

func newParquetChunk(columns []geo.Field, leaves int) *parquetChunk {
	c := &parquetChunk{columns: columns, values: make([][]parquet.Value, leaves), nulls: make([]parquet.Value, leaves)}
	for k := range c.nulls {
		c.nulls[k] = parquet.NullValue().Level(0, 0, k)
	}
	c.reset()
	return c
}

func (c *parquetChunk) reset() {
	for k := range c.values {
		c.values[k] = c.values[k][:0]
	}
	c.data, c.rows, c.box, c.kinds = c.data[:0], 0, emptyBound(), map[string]bool{}
}

// add a row.
func (c *parquetChunk) add(i geo.Incident, s Shape) error {
	g := orbOf(geometryOf(i, s))
	i = s.shaped(i)
	for k := range c.columns {
		f := &c.columns[k]
		v := f.Value(&i)
		if v == nil {
			c.values[k] = append(c.values[k], c.nulls[k])
			continue
		}
		value, err := c.value(v, f.Kind)
		if err != nil {
			return err
		}
		c.put(k, value)
	}
	c.rows++
	return c.shape(g)
}

// put a value that is stated into a column.
func (c *parquetChunk) put(column int, v parquet.Value) {
	c.values[column] = append(c.values[column], v.Level(0, 1, column))
}

func (c *parquetChunk) value(v any, k geo.Kind) (parquet.Value, error) {
	switch v := v.(type) {
	case time.Time:
		return parquet.Int64Value(v.UnixMilli()), nil
	case int64:
		return parquet.Int64Value(v), nil
	case float64:
		return parquet.DoubleValue(v), nil
	case bool:
		return parquet.BooleanValue(v), nil
	case string:
		if k == geo.KindDay {
			return parquet.Int32Value(int32(geo.Day(v).Time().Unix() / (24 * 3600))), nil
		}
		return c.text(append(c.data, plainText(v)...)), nil
	}
	data, err := geo.AppendJSON(c.data, v)
	return c.text(data), err
}

// text is what was added to the bytes.
func (c *parquetChunk) text(data []byte) parquet.Value {
	from := len(c.data)
	c.data = data
	return parquet.ByteArrayValue(data[from:len(data):len(data)])
}

// shape puts geometry and box, which come after the columns.
func (c *parquetChunk) shape(g orb.Geometry) error {
	at := len(c.columns)
	if g == nil {
		for k := at; k < len(c.values); k++ {
			c.values[k] = append(c.values[k], c.nulls[k])
		}
		return nil
	}
	data, err := wkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return err
	}
	b := g.Bound()
	c.box = c.box.Union(b)
	c.kinds[g.GeoJSONType()] = true
	c.put(at, c.text(append(c.data, data...)))
	for k, x := range []float32{roundDown(b.Min.X()), roundDown(b.Min.Y()), roundUp(b.Max.X()), roundUp(b.Max.Y())} {
		c.put(at+1+k, parquet.FloatValue(x))
	}
	return nil
}
