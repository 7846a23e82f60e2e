package index

import (
	"cmp"
	"slices"
	"strings"

	"dateline/geo"
)

// columnBuilder gathers the values of a field. Codes are given as values come
// and turned into the places of the sorted dictionary at the end.
type columnBuilder struct {
	name  string
	kind  geo.Kind
	field geo.Field
	codes map[string]uint32 // of keys, from 1
	keys  []string
	seen  map[string]uint32 // codes of texts as written, so that few are folded
	first []uint32          // of rows; shorter than the rows where the last have no value
	more  []rowCode
}

// rowCode is a further value of a row.
type rowCode struct{ row, code uint32 }

// maxSeen bounds the texts whose codes are remembered as written.
const maxSeen = 1 << 16

func newColumnBuilder(name string, kind geo.Kind) *columnBuilder {
	return &columnBuilder{name: name, kind: kind, codes: map[string]uint32{}, seen: map[string]uint32{}}
}

// add a value of a row; one that is further goes to the list.
func (c *columnBuilder) add(row uint32, v any, further bool) {
	code := c.code(v)
	if further {
		c.more = append(c.more, rowCode{row, code})
		return
	}
	for uint32(len(c.first)) < row {
		c.first = append(c.first, 0)
	}
	c.first = append(c.first, code)
}

func (c *columnBuilder) code(v any) uint32 {
	text, isText := v.(string)
	if isText {
		if code, ok := c.seen[text]; ok {
			return code
		}
	}
	key := keyOf(v)
	code, ok := c.codes[key]
	if !ok {
		key = strings.Clone(key)
		c.keys = append(c.keys, key)
		code = uint32(len(c.keys))
		c.codes[key] = code
	}
	if isText && len(c.seen) < maxSeen {
		c.seen[strings.Clone(text)] = code
	}
	return code
}

// write the column and give the codes of its rows; nothing of a field that no
// incident states.
func (c *columnBuilder) write(w *writer, order, place []uint32) []uint32 {
	if len(c.keys) == 0 {
		return nil
	}
	sorted := make([]uint32, len(c.keys))
	for k := range sorted {
		sorted[k] = uint32(k)
	}
	slices.SortFunc(sorted, func(a, b uint32) int { return strings.Compare(c.keys[a], c.keys[b]) })
	final := make([]uint32, len(c.keys)+1)
	keys := make([]string, len(sorted))
	for k, old := range sorted {
		final[old+1], keys[k] = uint32(k+1), c.keys[old]
	}
	codes := make([]uint32, len(order))
	for row, old := range order {
		if old < uint32(len(c.first)) {
			codes[row] = final[c.first[old]]
		}
	}
	width := widthOf(len(keys))
	w.c.Columns[c.name] = colMeta{len(keys), width}
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
	writeTexts(w, name+".keys", keys)
	c.codes, c.seen, c.keys, c.first, c.more = nil, nil, nil, nil, nil
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
