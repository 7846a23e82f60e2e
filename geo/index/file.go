package index

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"unsafe"

	"github.com/blevesearch/mmap-go"
)

// The layout of a segment, in the byte order of the machine that wrote it:
//
//	 0  "DTLNIDX" and the version of this layout
//	 8  byteOrder as uint32
//	12  CRC-32C of what stands between 32 and the features, uint32
//	16  contents: where the table of contents (JSON) begins, uint64
//	24  features: where it ends and the features' bytes begin, uint64
//	32  sections, each at a multiple of 8, of which one has the features' checksums
//
// The rows are written first, with a table of contents of their own; what is late
// (see lateBuilder) is written behind it with a table of all, and the header last
// says where that is: what stands behind the table of a header that is not whole
// is nothing. A segment is read in place.
const (
	magic       = "DTLNIDX3"
	byteOrder   = 0x01020304
	headerBytes = 32
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errStale is a file that is damaged or of another version, machine or store.
var errStale = errors.New("stale index")

// contents of a segment: what it is of, and where its sections are.
type contents struct {
	Fields   string             `json:"fields"` // checksum of the code and the table of fields that made it
	Seq      int64              `json:"seq"`    // number of the store's change up to which it goes
	Last     string             `json:"last"`   // id and time of that change
	Rows     int                `json:"rows"`
	Pinned   int                `json:"pinned"`
	Located  int                `json:"located"`
	Whole    bool               `json:"whole"`    // with what is late
	Features int                `json:"features"` // bytes
	Sections map[string][2]int  `json:"sections"` // offset and length, bytes
	Columns  map[string]colMeta `json:"columns"`
}

// colMeta of a column.
type colMeta struct {
	Values int `json:"values"` // of its dictionary
	Width  int `json:"width"`  // bytes of a code
}

// writer writes a segment.
type writer struct {
	w   *bufio.Writer
	at  int
	sum uint32
	c   contents
	err error
}

func newWriter(w io.Writer) *writer {
	out := &writer{w: bufio.NewWriterSize(w, 1<<20), c: contents{Sections: map[string][2]int{}, Columns: map[string]colMeta{}}}
	out.bytes(make([]byte, headerBytes))
	out.sum = 0
	return out
}

func (w *writer) bytes(b []byte) {
	if w.err != nil {
		return
	}
	w.sum = crc32.Update(w.sum, castagnoli, b)
	_, w.err = w.w.Write(b)
	w.at += len(b)
}

func (w *writer) align() {
	var zero [8]byte
	if rest := w.at % 8; rest != 0 {
		w.bytes(zero[rest:])
	}
}

// section writes a slice of numbers under a name.
func section[T any](w *writer, name string, items []T) {
	w.align()
	w.c.Sections[name] = [2]int{w.at, len(items) * int(unsafe.Sizeof(*new(T)))}
	w.bytes(asBytes(items))
}

func asBytes[T any](items []T) []byte {
	if len(items) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(items))), len(items)*int(unsafe.Sizeof(items[0])))
}

// contents writes the table of contents and gives the header, which is to be
// written over the beginning once all is there.
func (w *writer) contents() (header []byte, err error) {
	w.align()
	at := w.at
	table, err := json.Marshal(w.c)
	if err != nil {
		return nil, err
	}
	w.bytes(table)
	header = make([]byte, headerBytes)
	copy(header, magic)
	binary.NativeEndian.PutUint32(header[8:], byteOrder)
	binary.NativeEndian.PutUint32(header[12:], w.sum)
	binary.NativeEndian.PutUint64(header[16:], uint64(at))
	binary.NativeEndian.PutUint64(header[24:], uint64(w.at))
	return header, w.flush()
}

func (w *writer) flush() error {
	if w.err == nil {
		w.err = w.w.Flush()
	}
	return w.err
}

// behind makes a writer that goes on behind the rows of a segment.
func behind(w io.Writer, m *mapped) *writer {
	c := m.c
	c.Sections, c.Columns = maps.Clone(c.Sections), maps.Clone(c.Columns)
	return &writer{w: bufio.NewWriterSize(w, 1<<20), at: int(m.end()), sum: binary.NativeEndian.Uint32(m.data[12:]), c: c}
}

// mapped is a segment's bytes, out of a file or on the heap.
type mapped struct {
	data     []byte
	features []byte
	c        contents
	mmap     mmap.MMap
	file     *os.File
	asKept   []uint32 // rows of the incidents as they are kept; nil where that is not known
}

// end of the table of contents, in bytes.
func (m *mapped) end() uint64 { return binary.NativeEndian.Uint64(m.data[24:]) }

// openFile maps a segment's file; errStale where it can't be used.
func openFile(name string) (*mapped, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() < headerBytes {
		err = fmt.Errorf("%w: it is too short", errStale)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	data, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	m, err := openBytes(data)
	if err != nil {
		return nil, errors.Join(err, data.Unmap(), f.Close())
	}
	m.mmap, m.file = data, f
	return m, nil
}

// openBytes checks the header and checksum and reads the table of contents.
func openBytes(data []byte) (*mapped, error) {
	if len(data) < headerBytes || string(data[:8]) != magic || binary.NativeEndian.Uint32(data[8:]) != byteOrder {
		return nil, fmt.Errorf("%w: of another version or machine", errStale)
	}
	at, end := binary.NativeEndian.Uint64(data[16:]), binary.NativeEndian.Uint64(data[24:])
	if at < headerBytes || end < at || end > uint64(len(data)) {
		return nil, fmt.Errorf("%w: cut off", errStale)
	}
	if crc32.Checksum(data[headerBytes:end], castagnoli) != binary.NativeEndian.Uint32(data[12:]) {
		return nil, fmt.Errorf("%w: its checksum does not hold", errStale)
	}
	m := &mapped{data: data, features: data[end:]}
	if err := json.Unmarshal(data[at:end], &m.c); err != nil {
		return nil, fmt.Errorf("%w: %w", errStale, err)
	}
	if m.c.Fields != fieldsChecksum() {
		return nil, fmt.Errorf("%w: made by another version", errStale)
	}
	for name, s := range m.c.Sections {
		if s[0] < headerBytes || s[1] < 0 || s[0]%8 != 0 || s[0]+s[1] > len(data) {
			return nil, fmt.Errorf("%w: section %s", errStale, name)
		}
	}
	if len(m.features) < m.c.Features || m.c.Whole && len(m.features) > m.c.Features {
		return nil, fmt.Errorf("%w: cut off", errStale)
	}
	return m, nil
}

func (m *mapped) close() error {
	if m.file == nil {
		return nil
	}
	return errors.Join(m.mmap.Unmap(), m.file.Close())
}

// view of a section in place, empty where there is none.
func view[T any](m *mapped, name string) []T {
	s := m.c.Sections[name]
	n := s[1] / int(unsafe.Sizeof(*new(T)))
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&m.data[s[0]])), n)
}
