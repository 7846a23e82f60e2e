// Package spill sorts more records than fit into memory: it sorts what fits,
// writes it to scratch files as sorted runs and merges them as they are read. A
// record is bytes and sorts as such; so a key stands at its beginning, numbers
// big-endian.
package spill

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// MaxRecord bounds a record, in bytes.
const MaxRecord = 64 << 20

// Sorter takes records in any order and gives them back sorted, equal ones too.
// It is not safe for concurrent use.
type Sorter struct {
	dir    string
	memory int // bytes that may stay in memory
	data   []byte
	at     []span
	runs   []*os.File
	count  int
}

// span of a record in data.
type span struct {
	head       uint64 // its first eight bytes: most comparisons need no more
	start, end uint32
}

// New makes a sorter that keeps up to memory bytes of records (and 16 bytes more
// a record), at most 1 GiB, and writes the rest into files in dir; "" is the
// system's folder for such files.
func New(dir string, memory int) *Sorter {
	return &Sorter{dir: dir, memory: min(memory, 1<<30)}
}

// Len is the number of records.
func (s *Sorter) Len() int { return s.count }

// Add copies a record.
func (s *Sorter) Add(record []byte) error {
	if len(record) > MaxRecord {
		return fmt.Errorf("spill: a record of %d bytes, over %d", len(record), MaxRecord)
	}
	if len(s.data)+len(record)+16*len(s.at) > s.memory && len(s.at) > 0 {
		if err := s.flush(); err != nil {
			return fmt.Errorf("spill: write a run: %w", err)
		}
	}
	start := uint32(len(s.data))
	if need := len(s.data) + len(record); need > cap(s.data) { // doubled, yet never far over what is allowed
		grown := make([]byte, len(s.data), max(need, min(2*cap(s.data)+1<<16, s.memory)))
		copy(grown, s.data)
		s.data = grown
	}
	s.data = append(s.data, record...)
	s.at = append(s.at, span{head(record), start, uint32(len(s.data))})
	s.count++
	return nil
}

func head(record []byte) uint64 {
	var b [8]byte
	copy(b[:], record)
	return binary.BigEndian.Uint64(b[:])
}

func (s *Sorter) sort() {
	slices.SortFunc(s.at, func(a, b span) int {
		if c := cmp.Compare(a.head, b.head); c != 0 {
			return c
		}
		return bytes.Compare(s.data[a.start:a.end], s.data[b.start:b.end])
	})
}

// flush writes what is in memory as a run.
func (s *Sorter) flush() error {
	s.sort()
	f, err := os.CreateTemp(s.dir, ".dateline-run-*")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	w := bufio.NewWriterSize(f, 1<<18)
	var length [binary.MaxVarintLen64]byte
	for _, r := range s.at {
		n := binary.PutUvarint(length[:], uint64(r.end-r.start))
		if _, err := w.Write(length[:n]); err != nil {
			return err
		}
		if _, err := w.Write(s.data[r.start:r.end]); err != nil {
			return err
		}
	}
	s.data, s.at = s.data[:0], s.at[:0]
	return w.Flush()
}

// Close removes the scratch files.
func (s *Sorter) Close() error {
	var errs []error
	for _, f := range s.runs {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	s.runs, s.data, s.at = nil, nil, nil
	return errors.Join(errs...)
}

// All gives the records in order; each is valid until the next. Nothing may be
// added afterwards.
func (s *Sorter) All() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		s.sort()
		m := merge{}
		for _, f := range s.runs {
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				yield(nil, fmt.Errorf("spill: read a run: %w", err))
				return
			}
			m = append(m, &run{from: bufio.NewReaderSize(f, 1<<18)})
		}
		m = append(m, &run{sorter: s})
		for k := 0; k < len(m); {
			ok, err := m[k].next()
			if err != nil {
				yield(nil, err)
				return
			}
			if !ok {
				m = slices.Delete(m, k, k+1)
				continue
			}
			k++
		}
		heap.Init(&m)
		for len(m) > 0 {
			if !yield(m[0].record, nil) {
				return
			}
			ok, err := m[0].next()
			switch {
			case err != nil:
				yield(nil, err)
				return
			case ok:
				heap.Fix(&m, 0)
			default:
				heap.Pop(&m)
			}
		}
	}
}

// run is a sorted run: a file, or what is still in memory.
type run struct {
	from   *bufio.Reader
	sorter *Sorter
	at     int
	record []byte
}

func (r *run) next() (ok bool, err error) {
	if r.sorter != nil {
		if r.at == len(r.sorter.at) {
			return false, nil
		}
		s := r.sorter.at[r.at]
		r.at++
		r.record = r.sorter.data[s.start:s.end]
		return true, nil
	}
	n, err := binary.ReadUvarint(r.from)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err == nil && n > MaxRecord {
		err = fmt.Errorf("a record of %d bytes", n)
	}
	if err == nil {
		r.record = slices.Grow(r.record[:0], int(n))[:n]
		_, err = io.ReadFull(r.from, r.record)
	}
	if err != nil {
		return false, fmt.Errorf("spill: read a run: %w", err)
	}
	return true, nil
}

// merge is a heap of runs, the smallest record first.
type merge []*run

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return bytes.Compare(m[i].record, m[j].record) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*run)) }
func (m *merge) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}
