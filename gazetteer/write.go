package gazetteer

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// WriteTo completes the index and writes it. It can be called once.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	for _, step := range []func() error{b.writeIDs, b.writeRecords, b.writeCells, b.writeDivisions, b.writeNames, b.writeMeta} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return writeFile(w, b.parts[:])
}

func (b *Builder) writeIDs() error {
	for record, err := range b.ids.All() {
		if err != nil {
			return err
		}
		if err := put32(b.parts[secIDs], binary.BigEndian.Uint32(record[len(record)-4:])); err != nil {
			return err
		}
	}
	return nil
}

// writeRecords copies the records with their parents.
func (b *Builder) writeRecords() error {
	byHash := func(x, y hashed) int { return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.record, y.record)) }
	slices.SortFunc(b.byHash, byHash)
	for k := 1; k < len(b.byHash); k++ {
		if b.byHash[k].hash == b.byHash[k-1].hash {
			return fmt.Errorf("two places have the same id (rows %d and %d of the index)", b.byHash[k-1].record, b.byHash[k].record)
		}
	}
	from, err := b.records.open()
	if err != nil {
		return err
	}
	var r [recordBytes]byte
	next := 0
	for n := range b.count {
		if _, err := io.ReadFull(from, r[:]); err != nil {
			return err
		}
		if next < len(b.parents) && b.parents[next].record == n {
			if parent, ok := b.find(b.parents[next].hash); ok && parent != n {
				binary.LittleEndian.PutUint32(r[recParent:], parent+1)
			}
			next++
		}
		if _, err := b.parts[secRecords].Write(r[:]); err != nil {
			return err
		}
	}
	return nil
}

// find the record of an id by its hash.
func (b *Builder) find(hash uint64) (uint32, bool) {
	if instead, ok := b.aliases[hash]; ok {
		hash = instead
	}
	at, ok := slices.BinarySearchFunc(b.byHash, hash, func(h hashed, hash uint64) int { return cmp.Compare(h.hash, hash) })
	if !ok {
		return 0, false
	}
	return b.byHash[at].record, true
}

func (b *Builder) writeCells() error {
	first, cells := uint32(0), b.parts[secCells]
	for _, n := range b.cells {
		if err := put32(cells, first); err != nil {
			return err
		}
		first += n
	}
	return put32(cells, first)
}

func (b *Builder) writeDivisions() error {
	for _, d := range b.division {
		if err := errors.Join(put32(b.parts[secAdmin1], d.name), put32(b.parts[secAdmin1], d.record)); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) writeMeta() error {
	b.meta.Places = int(b.count)
	meta, err := json.Marshal(b.meta)
	if err != nil {
		return err
	}
	_, err = b.parts[secMeta].Write(meta)
	return err
}

// Encode makes the index file of some places. The same entries and meta give the
// same bytes, in whatever order the entries come. An error names the place that
// can't be kept.
func Encode(entries []Entry, meta Meta) ([]byte, error) {
	b, err := NewBuilder(meta, Scratch{})
	if err != nil {
		return nil, err
	}
	defer b.Close()
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, CompareEntries)
	known := make(map[string]bool, len(sorted))
	for _, e := range sorted {
		if known[e.ID] {
			return nil, fmt.Errorf("two places have the same id %s", e.ID)
		}
		known[e.ID] = true
	}
	for _, e := range sorted {
		if e.Parent != "" && !known[e.Parent] {
			return nil, fmt.Errorf("place %s: its parent %s is not there", e.ID, e.Parent)
		}
		if err := b.Add(e); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	_, err = b.WriteTo(&out)
	return out.Bytes(), err
}
