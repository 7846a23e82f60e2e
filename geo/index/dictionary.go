package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// dictionary numbers texts in the order in which they first come. It has no
// pointers but to a few large slices: a map of a million texts costs a garbage
// collector, each time, what building all the rest costs.
type dictionary struct {
	list  textList
	seed  maphash.Seed
	slots []slot // open addressing; a power of two, at most two thirds of them taken
}

// slot has a text's number from 1 and the upper half of its hash.
type slot struct{ code, hash uint32 }

// textList is a list of texts one after the other.
type textList struct {
	data []byte
	end  []uint32
}

func (l *textList) add(text string) {
	l.data = append(l.data, text...)
	l.end = append(l.end, uint32(len(l.data)))
}

func (l *textList) len() int { return len(l.end) }

func (l *textList) get(k uint32) []byte {
	from := uint32(0)
	if k > 0 {
		from = l.end[k-1]
	}
	return l.data[from:l.end[k]]
}

// find gives the number of a text, and the slot where it is or would be.
func (d *dictionary) find(text string) (code uint32, at int, hash uint32, ok bool) {
	if d.slots == nil {
		d.seed, d.slots = maphash.MakeSeed(), make([]slot, 64)
	}
	h := maphash.String(d.seed, text)
	hash = uint32(h >> 32)
	for at = int(h) & (len(d.slots) - 1); ; at = (at + 1) & (len(d.slots) - 1) {
		s := d.slots[at]
		if s.code == 0 {
			return 0, at, hash, false
		}
		if s.hash == hash && string(d.list.get(s.code-1)) == text {
			return s.code - 1, at, hash, true
		}
	}
}

// code gives the number of a text, a new one where it is new.
func (d *dictionary) code(text string) uint32 {
	code, at, hash, ok := d.find(text)
	if ok {
		return code
	}
	d.list.add(text)
	code = uint32(d.list.len() - 1)
	d.slots[at] = slot{code + 1, hash}
	if 3*d.list.len() > 2*len(d.slots) {
		d.grow()
	}
	return code
}

func (d *dictionary) grow() {
	d.slots = make([]slot, 2*len(d.slots))
	for k := range d.list.len() {
		h := maphash.Bytes(d.seed, d.list.get(uint32(k)))
		at := int(h) & (len(d.slots) - 1)
		for d.slots[at].code != 0 {
			at = (at + 1) & (len(d.slots) - 1)
		}
		d.slots[at] = slot{uint32(k) + 1, uint32(h >> 32)}
	}
}

// sorted gives the numbers of the texts in the order of the texts.
func (l *textList) sorted() []uint32 {
	type entry struct {
		prefix uint64
		code   uint32
	}
	entries := make([]entry, l.len())
	for k := range entries {
		var first [8]byte
		copy(first[:], l.get(uint32(k)))
		entries[k] = entry{binary.BigEndian.Uint64(first[:]), uint32(k)}
	}
	slices.SortFunc(entries, func(p, q entry) int {
		if p.prefix != q.prefix {
			return cmp.Compare(p.prefix, q.prefix)
		}
		return bytes.Compare(l.get(p.code), l.get(q.code))
	})
	return project(entries, func(e entry) uint32 { return e.code })
}

// ascends reports whether the texts stand in their order, none of them twice.
func (l *textList) ascends() bool {
	for k := 1; k < l.len(); k++ {
		if bytes.Compare(l.get(uint32(k-1)), l.get(uint32(k))) >= 0 {
			return false
		}
	}
	return true
}

// write the texts in an order, one after the other, with where each begins.
func (l *textList) write(w *writer, name string, order []uint32) {
	at := make([]uint32, 0, len(order)+1)
	n := uint32(0)
	for _, k := range order {
		at = append(at, n)
		n += uint32(len(l.get(k)))
	}
	section(w, name+".at", append(at, n))
	w.align()
	w.c.Sections[name+".text"] = [2]int{w.at, int(n)}
	for _, k := range order {
		w.bytes(l.get(k))
	}
}
