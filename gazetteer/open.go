package gazetteer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"

	"github.com/blevesearch/mmap-go"
)

// wholeBytes is the size up to which OpenFile checks a file whole before it
// answers: reading more would take longer than opening may.
const wholeBytes = 128 << 20

// File is a layer in a file that is mapped into memory.
type File struct {
	*Layer
	data    mmap.MMap
	file    *os.File
	checked chan error // nil where the file was checked on opening
}

// OpenFile maps an index file into memory and opens it in place. It is
// ErrDamaged where the file is not whole or not of this version. The checksum of
// a file over 128 MiB is compared while it is in use: Check waits for that.
func OpenFile(name string) (*File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := mapped(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), f.Close())
	}
	file := &File{data: data, file: f}
	if len(data) <= wholeBytes {
		err = checksum(data)
	} else {
		file.checked = make(chan error, 1)
		go func() { file.checked <- checksum(data) }()
	}
	if err == nil {
		file.Layer, err = open(data)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), file.Close())
	}
	return file, nil
}

func mapped(f *os.File) (mmap.MMap, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() < headerBytes {
		return nil, fmt.Errorf("%w: it is no file of %d bytes or more", ErrDamaged, headerBytes)
	}
	return mmap.Map(f, mmap.RDONLY, 0)
}

// Check waits until the checksum of the whole file is compared: ErrDamaged where
// it does not hold.
func (f *File) Check() error {
	if f.checked == nil {
		return nil
	}
	err := <-f.checked
	f.checked <- err
	if err != nil {
		return fmt.Errorf("%s: %w", f.file.Name(), err)
	}
	return nil
}

// Close unmaps the file: no text of its places may be used afterwards.
func (f *File) Close() error {
	if f.checked != nil {
		_ = f.Check() // it reads the file that goes away
	}
	return errors.Join(f.data.Unmap(), f.file.Close())
}

// checksum compares the checksum of a file.
func checksum(data []byte) error {
	if crc32.Checksum(data[16:], castagnoli) != binary.LittleEndian.Uint32(data[12:]) {
		return fmt.Errorf("%w: its checksum does not hold", ErrDamaged)
	}
	return nil
}
