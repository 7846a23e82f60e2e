package index

import (
	"sort"
	"sync"
)

// column is a field of every row: a code of the sorted dictionary, 0 where it is
// not stated. One of the three widths is there.
type column struct {
	c8   []uint8
	c16  []uint16
	c32  []uint32
	more []rowCode // further values of rows, by row
	keys texts

	once   sync.Once // of isFull
	isFull bool
	naming sync.Once // of names
	names  []string
}

func newColumn(m *mapped, name string, meta colMeta) *column {
	section := "column." + name
	c := &column{more: view[rowCode](m, section+".more"), keys: textsOf(m, section+".keys")}
	switch meta.Width {
	case 1:
		c.c8 = view[uint8](m, section)
	case 2:
		c.c16 = view[uint16](m, section)
	default:
		c.c32 = view[uint32](m, section)
	}
	return c
}

// code of a row, 0 also of a column that is not there.
func (c *column) code(row uint32) uint32 {
	switch {
	case c == nil:
		return 0
	case c.c8 != nil:
		return uint32(c.c8[row])
	case c.c16 != nil:
		return uint32(c.c16[row])
	}
	return c.c32[row]
}

// key of a row's first value, empty where there is none.
func (c *column) key(row uint32) []byte {
	if code := c.code(row); code > 0 {
		return c.keys.get(int(code - 1))
	}
	return nil
}

// moreOf the rows from a up to before b.
func (c *column) moreOf(from, to uint32) []rowCode {
	if len(c.more) == 0 {
		return nil
	}
	a := sort.Search(len(c.more), func(k int) bool { return c.more[k].row >= from })
	b := a
	for b < len(c.more) && c.more[b].row < to {
		b++
	}
	return c.more[a:b]
}

// atLeast is the code of the first value that is not before key, atMost that of
// the last that is not behind it.
func (c *column) atLeast(key string) uint32 { return uint32(c.keys.search(key)) + 1 }

func (c *column) atMost(key string) uint32 {
	return uint32(sort.Search(c.keys.len(), func(k int) bool { return string(c.keys.get(k)) > key }))
}

// full reports whether every row has a value.
func (c *column) full(rows int) bool {
	c.once.Do(func() {
		for row := range uint32(rows) {
			if c.code(row) == 0 {
				return
			}
		}
		c.isFull = true
	})
	return c.isFull
}

// maxNamed is up to how many values a column's texts are kept as strings.
const maxNamed = 1000

// text of a row's first value, empty where there is none.
func (c *column) text(row uint32) string {
	code := c.code(row)
	if code == 0 {
		return ""
	}
	if c.keys.len() > maxNamed {
		return string(c.keys.get(int(code - 1)))
	}
	c.naming.Do(func() {
		c.names = make([]string, c.keys.len())
		for k := range c.names {
			c.names[k] = string(c.keys.get(k))
		}
	})
	return c.names[code-1]
}
