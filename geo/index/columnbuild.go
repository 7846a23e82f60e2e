package index

import (
	"cmp"
	"slices"

	"dateline/geo"
)

// columnBuilder gathers the values of a field. Codes are given as values come
// and turned into the places of the sorted dictionary at the end.
type columnBuilder struct {
	name      string
	kind      geo.Kind
	field     geo.Field
	keys      dictionary
	seen      dictionary // texts as written, so that few are folded
	seenCodes []uint32   // of keys, by the numbers of seen
	first     codeList   // of rows: a key's number from 1; shorter than the rows where the last have no value
	more      []rowCode
	last      any // the value that was asked before, with its code
	lastCode  uint32
	small     []uint32 // codes of whole numbers from 0 on; 0 is not known
}

// rowCode is a further value of a row.
type rowCode struct{ row, code uint32 }

// maxSeen bounds the texts whose codes are remembered as written, maxSmall the
// whole numbers.
const (
	maxSeen  = 1 << 16
	maxSmall = 1 << 10
)

func newColumnBuilder(name string, kind geo.Kind) *columnBuilder {
	return &columnBuilder{name: name, kind: kind}
}

// add a value of a row; one that is further goes to the list.
func (c *columnBuilder) add(row uint32, v any, further bool) {
	code := c.code(v)
	if further {
		c.more = append(c.more, rowCode{row, code})
		return
	}
	for c.first.len() < int(row) {
		c.first.add(0)
	}
	c.first.add(code)
}

// addOf adds what an incident has of the column's field.
func (c *columnBuilder) addOf(row uint32, i *geo.Incident) {
	if c.field.Values == nil {
		if v := c.field.Value(i); v != nil {
			c.add(row, v, false)
		}
		return
	}
	for k, v := range c.field.Values(i) {
		c.add(row, v, k > 0)
	}
}

func (c *columnBuilder) code(v any) uint32 {
	if c.lastCode > 0 && v == c.last { // mostly what the row before has
		return c.lastCode
	}
	switch v := v.(type) {
	case string:
		c.lastCode = c.textCode(v)
	case int64:
		c.lastCode = c.intCode(v)
	default:
		c.lastCode = c.keys.code(keyOf(v)) + 1
	}
	c.last = v
	return c.lastCode
}

func (c *columnBuilder) textCode(text string) uint32 {
	if k, _, _, ok := c.seen.find(text); ok {
		return c.seenCodes[k]
	}
	code := c.keys.code(keyOf(text)) + 1
	if c.seen.list.len() < maxSeen {
		c.seen.code(text)
		c.seenCodes = append(c.seenCodes, code)
	}
	return code
}

func (c *columnBuilder) intCode(n int64) uint32 {
	if n < 0 || n >= maxSmall {
		return c.keys.code(keyOf(n)) + 1
	}
	if c.small == nil {
		c.small = make([]uint32, maxSmall)
	}
	if c.small[n] == 0 {
		c.small[n] = c.keys.code(keyOf(n)) + 1
	}
	return c.small[n]
}

// write the column and give the codes of its rows; nothing of a field that no
// incident states.
func (c *columnBuilder) write(w *writer, order, place []uint32) []uint32 {
	if c.keys.list.len() == 0 {
		return nil
	}
	sorted := c.keys.list.sorted()
	final := make([]uint32, len(sorted)+1)
	for k, old := range sorted {
		final[old+1] = uint32(k + 1)
	}
	codes := make([]uint32, len(order))
	for row, old := range order {
		if int64(old) < int64(c.first.len()) {
			codes[row] = final[c.first.get(int(old))]
		}
	}
	width := widthOf(len(sorted))
	w.c.Columns[c.name] = colMeta{len(sorted), width}
	name := "column." + c.name
	switch width {
	case 1:
		section(w, name, project(codes, func(c uint32) uint8 { return uint8(c) }))
	case 2:
		section(w, name, project(codes, func(c uint32) uint16 { return uint16(c) }))
	default:
		section(w, name, codes)
	}
	for k := range c.more {
		c.more[k] = rowCode{place[c.more[k].row], final[c.more[k].code]}
	}
	slices.SortFunc(c.more, func(a, b rowCode) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.code, b.code)) })
	section(w, name+".more", c.more)
	c.keys.list.write(w, name+".keys", sorted)
	*c = columnBuilder{name: c.name, kind: c.kind}
	return codes
}

// widthOf a code, in bytes, where there are so many and 0.
func widthOf(values int) int {
	switch {
	case values < 1<<8:
		return 1
	case values < 1<<16:
		return 2
	}
	return 4
}
