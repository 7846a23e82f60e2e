package index

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/blevesearch/mmap-go"
)

// scratch takes bytes and gives them back once all are there.
type scratch interface {
	io.Writer
	bytes() ([]byte, error)
	close() error
}

// heapScratch is one on the heap.
type heapScratch struct{ bytes.Buffer }

func (s *heapScratch) bytes() ([]byte, error) { return s.Bytes(), nil }
func (s *heapScratch) close() error           { return nil }

// fileScratch is one in a file that goes with it.
type fileScratch struct {
	*bufio.Writer
	file *os.File
	mmap mmap.MMap
}

func newFileScratch(name string) (*fileScratch, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &fileScratch{Writer: bufio.NewWriterSize(f, 1<<20), file: f}, nil
}

func (s *fileScratch) bytes() ([]byte, error) {
	err := s.Flush()
	if info, statErr := s.file.Stat(); err != nil || statErr != nil || info.Size() == 0 { // nothing can be mapped of an empty file
		return nil, errors.Join(err, statErr)
	}
	s.mmap, err = mmap.Map(s.file, mmap.RDONLY, 0)
	return s.mmap, err
}

func (s *fileScratch) close() error {
	var err error
	if s.mmap != nil {
		err = s.mmap.Unmap()
	}
	return errors.Join(err, s.file.Close(), os.Remove(s.file.Name()))
}
