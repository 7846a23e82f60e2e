package gazetteer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/blevesearch/vellum"
)

// writeNames writes the FST, the lists of postings and the first words, from
// names in their order.
func (b *Builder) writeNames() error {
	fst, err := vellum.New(b.parts[secFST], nil)
	if err != nil {
		return err
	}
	first := map[uint32]uint32{}
	var key []byte
	var list []uint32
	insert := func() error {
		if len(list) == 0 {
			return nil
		}
		value, err := b.postings(list)
		if err == nil {
			err = fst.Insert(key, value)
		}
		if err != nil {
			return fmt.Errorf("name %q: %w", key, err)
		}
		firstWord(first, key)
		b.meta.Names++
		list = list[:0]
		return nil
	}
	for record, err := range b.names.All() {
		if err != nil {
			return err
		}
		name, posting := record[:len(record)-9], binary.BigEndian.Uint32(record[len(record)-4:])
		if !bytes.Equal(name, key) {
			if err := insert(); err != nil {
				return err
			}
			key = append(key[:0], name...)
		}
		if !slices.ContainsFunc(list, func(have uint32) bool { return have>>postingShift == posting>>postingShift }) && len(list) < maxMeanings {
			list = append(list, posting)
		}
	}
	if err := insert(); err != nil {
		return err
	}
	for _, h := range slices.Sorted(maps.Keys(first)) {
		if err := put32(b.parts[secFirst], h|first[h]); err != nil {
			return err
		}
	}
	return fst.Close()
}

// maxMeanings bounds the places of one name, the likeliest kept: there are about
// 2,000 of the commonest names of villages in the world.
const maxMeanings = 20_000

// firstWord notes which words may begin a name.
func firstWord(longest map[uint32]uint32, key []byte) {
	word, _, _ := bytes.Cut(key, []byte{' '})
	words := uint32(bytes.Count(key, []byte{' '}) + 1)
	h := hashWord(string(word))
	longest[h] = min(max(longest[h], words), firstMask)
}

// postings gives the FST's value of a name: the only posting and a one in the
// lowest bit, or the place of its list, shifted.
func (b *Builder) postings(list []uint32) (uint64, error) {
	if len(list) == 1 {
		return uint64(list[0])<<1 | 1, nil
	}
	s := b.parts[secPostings]
	at := s.size()
	if at > math.MaxUint32 {
		return 0, fmt.Errorf("more than 4 GiB of postings")
	}
	var out []byte
	out = binary.LittleEndian.AppendUint32(out, uint32(len(list)))
	for _, posting := range list {
		out = binary.LittleEndian.AppendUint32(out, posting)
	}
	_, err := s.Write(out)
	return uint64(at) << 1, err
}

func put32(w io.Writer, n uint32) error {
	var x [4]byte
	binary.LittleEndian.PutUint32(x[:], n)
	_, err := w.Write(x[:])
	return err
}
