package gazetteer

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
)

// section is a part of an index in the making, in memory or in a scratch file.
type section interface {
	io.Writer
	size() int64
	open() (io.Reader, error) // from its beginning; nothing may be written afterwards
	close() error
}

func (s Scratch) section() (section, error) {
	if s.Memory == 0 {
		return &memorySection{}, nil
	}
	f, err := os.CreateTemp(s.Dir, ".dateline-part-*")
	if err != nil {
		return nil, err
	}
	return &fileSection{f: f, w: bufio.NewWriterSize(f, 1<<18)}, nil
}

type memorySection struct{ bytes.Buffer }

func (s *memorySection) size() int64              { return int64(s.Len()) }
func (s *memorySection) open() (io.Reader, error) { return bytes.NewReader(s.Bytes()), nil }
func (s *memorySection) close() error             { return nil }

type fileSection struct {
	f *os.File
	w *bufio.Writer
	n int64
}

func (s *fileSection) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.n += int64(n)
	return n, err
}

func (s *fileSection) size() int64 { return s.n }

func (s *fileSection) open() (io.Reader, error) {
	if err := s.w.Flush(); err != nil {
		return nil, err
	}
	if _, err := s.f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(s.f, 1<<18), nil
}

func (s *fileSection) close() error { return errors.Join(s.f.Close(), os.Remove(s.f.Name())) }

// writeFile writes header and sections. The checksum stands before what it is
// of, so the sections are read twice.
func writeFile(w io.Writer, parts []section) (int64, error) {
	table := make([]byte, 0, headerBytes-16)
	at := int64(headerBytes)
	for _, p := range parts {
		at = (at + 7) / 8 * 8
		table = binary.LittleEndian.AppendUint64(table, uint64(at))
		table = binary.LittleEndian.AppendUint64(table, uint64(p.size()))
		at += p.size()
	}
	sum := crc32.New(castagnoli)
	if _, err := writeSections(sum, table, parts); err != nil {
		return 0, err
	}
	head := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(head[8:], version)
	binary.LittleEndian.PutUint32(head[12:], sum.Sum32())
	if _, err := w.Write(head); err != nil {
		return 0, err
	}
	n, err := writeSections(w, table, parts)
	return n + int64(len(head)), err
}

func writeSections(w io.Writer, table []byte, parts []section) (int64, error) {
	if _, err := w.Write(table); err != nil {
		return 0, err
	}
	n := int64(len(table))
	for _, p := range parts {
		for ; (n+16)%8 != 0; n++ {
			if _, err := w.Write([]byte{0}); err != nil {
				return n, err
			}
		}
		from, err := p.open()
		if err != nil {
			return n, err
		}
		copied, err := io.Copy(w, from)
		n += copied
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
