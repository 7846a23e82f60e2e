package index

import "encoding/binary"

// wordBuilder gathers the words of rows.
type wordBuilder struct {
	words dictionary
	of    []byte   // their numbers, row after row; those that come often were seen early and are short
	end   []uint32 // of each row's numbers
}

func (b *wordBuilder) add(words []string) {
	for _, w := range words {
		b.of = binary.AppendUvarint(b.of, uint64(b.words.code(w)))
	}
	b.end = append(b.end, uint32(len(b.of)))
}

// write the sorted words, and for each the rows that have it as the steps from
// one to the next.
func (b *wordBuilder) write(w *writer, order []uint32) {
	lists := make([][]byte, b.words.list.len())
	last := make([]uint32, len(lists))
	for row, old := range order {
		if old == noIncident {
			continue
		}
		from := uint32(0)
		if old > 0 {
			from = b.end[old-1]
		}
		for rest := b.of[from:b.end[old]]; len(rest) > 0; {
			code, n := binary.Uvarint(rest)
			rest = rest[n:]
			lists[code] = binary.AppendUvarint(lists[code], uint64(uint32(row)-last[code]))
			last[code] = uint32(row)
		}
	}
	sorted := b.words.list.sorted()
	b.words.list.write(w, "words", sorted)
	texts := make([][]byte, len(sorted))
	for k, code := range sorted {
		texts[k] = lists[code]
	}
	writeTexts(w, "rows", texts)
}
