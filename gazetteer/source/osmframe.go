package source

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The limits of the PBF format on a block
// (https://wiki.openstreetmap.org/wiki/PBF_Format, recalled), in bytes.
const (
	maxBlockHeader = 64 << 10
	maxBlock       = 32 << 20
)

// compressions are the fields of a block that hold its data, by their number.
var compressions = map[uint64]string{4: "lzma", 5: "bzip2", 6: "lz4", 7: "zstd"}

// checkFrames reads the frame of every block of an OpenStreetMap extract: that
// the file is whole, and that its blocks are stored as they are or with zlib,
// which alone is read. An error names the block, from 1 on, and its byte.
//
// It gives the bytes at which the blocks begin, and the file's end.
func checkFrames(r io.ReaderAt, size int64) (blocks []int64, err error) {
	at := int64(0)
	for at < size {
		blocks = append(blocks, at)
		next, err := checkFrame(r, at, size, len(blocks))
		if err != nil {
			return nil, fmt.Errorf("block %d at byte %d: %w", len(blocks), at, err)
		}
		at = next
	}
	if len(blocks) == 0 {
		return nil, errors.New("block 1 at byte 0: the file is empty")
	}
	return append(blocks, size), nil
}

func checkFrame(r io.ReaderAt, at, size int64, n int) (next int64, err error) {
	var length [4]byte
	if err := readAt(r, at, length[:]); err != nil {
		return 0, err
	}
	header := int64(binary.BigEndian.Uint32(length[:]))
	if header == 0 || header > maxBlockHeader {
		return 0, fmt.Errorf("it is no OpenStreetMap PBF: a header of %d bytes", header)
	}
	b := make([]byte, header)
	if err := readAt(r, at+4, b); err != nil {
		return 0, err
	}
	kind, data, err := frame(b)
	if err != nil {
		return 0, err
	}
	if n == 1 && kind != "OSMHeader" {
		return 0, fmt.Errorf("it is no OpenStreetMap PBF: its first block is %q", kind)
	}
	if data < 0 || data > maxBlock {
		return 0, fmt.Errorf("it claims %d bytes, over %d", data, maxBlock)
	}
	start := at + 4 + header
	if start+data > size {
		return 0, errors.New("the file ends in it")
	}
	peek := make([]byte, min(data, 64))
	if err := readAt(r, start, peek); err != nil {
		return 0, err
	}
	return start + data, checkCompression(peek)
}

func readAt(r io.ReaderAt, at int64, b []byte) error {
	if _, err := r.ReadAt(b, at); err != nil {
		return errors.New("the file ends in it")
	}
	return nil
}

var errProtobuf = errors.New("it is no OpenStreetMap PBF: a damaged header")

// frame reads a block's header: 1 its type, 3 the size of its data.
func frame(b []byte) (kind string, size int64, err error) {
	size = -1
	for len(b) > 0 {
		field, value, data, rest, err := protoField(b)
		if err != nil {
			return "", 0, err
		}
		switch field {
		case 1:
			kind = string(data)
		case 3:
			size = int64(value)
		}
		b = rest
	}
	if size < 0 {
		return "", 0, errProtobuf
	}
	return kind, size, nil
}

// checkCompression looks at the first fields of a block for the one that holds
// its data.
func checkCompression(b []byte) error {
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		if n <= 0 {
			return errProtobuf
		}
		if name, ok := compressions[tag>>3]; ok {
			return fmt.Errorf("compressed with %s, which is not read: write it with zlib", name)
		}
		if tag>>3 != 2 { // the data, or something new
			return nil
		}
		_, _, _, rest, err := protoField(b)
		if err != nil {
			return err
		}
		b = rest
	}
	return nil
}

// protoField reads a field of a protocol buffer: its number, and a varint's value
// or the bytes of the others that PBF headers have.
func protoField(b []byte) (field, value uint64, data, rest []byte, err error) {
	tag, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, 0, nil, nil, errProtobuf
	}
	b = b[n:]
	switch tag & 7 {
	case 0:
		if value, n = binary.Uvarint(b); n <= 0 {
			return 0, 0, nil, nil, errProtobuf
		}
		return tag >> 3, value, nil, b[n:], nil
	case 2:
		length, n := binary.Uvarint(b)
		if n <= 0 || length > uint64(len(b)-n) {
			return 0, 0, nil, nil, errProtobuf
		}
		return tag >> 3, 0, b[n : n+int(length)], b[n+int(length):], nil
	case 1, 5:
		size := map[uint64]int{1: 8, 5: 4}[tag&7]
		if size > len(b) {
			return 0, 0, nil, nil, errProtobuf
		}
		return tag >> 3, 0, b[:size], b[size:], nil
	}
	return 0, 0, nil, nil, errProtobuf
}
