package index

import (
	"encoding/binary"
	"slices"
	"strings"
)

// wordBuilder gathers the words of rows.
type wordBuilder struct {
	codes map[string]uint32
	words []string
	of    []uint32 // codes, row after row
	end   []uint32 // of each row's codes
}

func (b *wordBuilder) add(words []string) {
	for _, w := range words {
		code, ok := b.codes[w]
		if !ok {
			w = strings.Clone(w)
			code = uint32(len(b.words))
			b.codes[w] = code
			b.words = append(b.words, w)
		}
		b.of = append(b.of, code)
	}
	b.end = append(b.end, uint32(len(b.of)))
}

// write the sorted words, and for each the rows that have it as the steps from
// one to the next.
func (b *wordBuilder) write(w *writer, order []uint32) {
	lists := make([][]byte, len(b.words))
	last := make([]uint32, len(b.words))
	for row, old := range order {
		from := uint32(0)
		if old > 0 {
			from = b.end[old-1]
		}
		for _, code := range b.of[from:b.end[old]] {
			lists[code] = binary.AppendUvarint(lists[code], uint64(uint32(row)-last[code]))
			last[code] = uint32(row)
		}
	}
	sorted := make([]uint32, len(b.words))
	for k := range sorted {
		sorted[k] = uint32(k)
	}
	slices.SortFunc(sorted, func(p, q uint32) int { return strings.Compare(b.words[p], b.words[q]) })
	words, texts := make([]string, len(sorted)), make([]string, len(sorted))
	for k, code := range sorted {
		words[k], texts[k] = b.words[code], string(lists[code])
		lists[code] = nil
	}
	writeTexts(w, "words", words)
	writeTexts(w, "rows", texts)
}
