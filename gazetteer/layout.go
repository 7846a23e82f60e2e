package gazetteer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/paulmach/orb"
)

// The index file, version 1; FORMAT.md describes it. All numbers are
// little-endian.
const (
	magic       = "DATELINE"
	version     = 1
	headerBytes = 8 + 4 + 4 + sections*16 // magic, version, CRC-32C of what follows the header, sections
	recordBytes = 44
	cellsAcross = 360
	cellsDown   = 180
)

// The sections, in the order of the header's table of offsets and lengths.
const (
	secMeta     = iota // JSON: Meta
	secStrings         // texts, each a byte of length and its bytes
	secRecords         // places, in the order of their cells
	secCells           // for each cell of one degree the number of its first record, and one more at the end
	secFST             // vellum: folded name -> posting
	secPostings        // lists of names' meanings, where there are several
	secIDs             // record numbers in the order of their ids
	secCodes           // feature codes: offsets of strings
	secAdmin1          // first-level divisions: name, record
	secFirst           // first words of names, by hash, with the most words that such a name has
	sections
)

// ErrDamaged is an index file that is none of ours, damaged or of a version
// that this program does not know.
var ErrDamaged = errors.New("gazetteer: not a whole index file of this version")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The parts of a record, by their offset.
const (
	recLon        = 0  // int32, 1e-6 degrees
	recLat        = 4  // int32, 1e-6 degrees
	recPopulation = 8  // uint32
	recRadius     = 12 // uint32, metres
	recName       = 16 // uint32, offset of a string
	recID         = 20 // uint32: a GeoNames id, or the offset of a string where flagID is set
	recParent     = 24 // uint32: record number plus one, 0 for none
	recCode       = 28 // uint16: index into secCodes
	recAdmin1     = 30 // uint16: index into secAdmin1 plus one, 0 for none
	recCountry    = 32 // two ASCII letters, or zeros
	recAlternates = 34 // uint16
	recClass      = 36 // feature class, ASCII
	recFlags      = 37
	recBasis      = 38 // uint16: offset into Meta.Bases
	recPrior      = 40 // float32: see prior
)

// flagID marks a record whose id is a string rather than a GeoNames id.
const flagID = 1

// A posting is a record number with what the name is to it.
const (
	postingKindBits = 3
	postingLoose    = 1 << postingKindBits
	postingShift    = postingKindBits + 1
)

// A first word is kept as its 32-bit FNV-1a hash, the lowest bits replaced by
// the most words that a name beginning with it has. Two words may share a hash:
// then names are looked up in vain, never missed.
const (
	firstBits = 3
	firstMask = 1<<firstBits - 1
)

func hashWord(w string) uint32 {
	h := uint32(2166136261)
	for k := 0; k < len(w); k++ {
		h = (h ^ uint32(w[k])) * 16777619
	}
	return h &^ firstMask
}

// cellOf is the number of the cell of one degree that holds a point: rows from
// south to north, each from west to east.
func cellOf(lon, lat float64) int {
	x := min(max(int(lon+180), 0), cellsAcross-1)
	y := min(max(int(lat+90), 0), cellsDown-1)
	return y*cellsAcross + x
}

// Cell is the number of the cell of one degree that holds a point: the order of
// the places of an index.
func Cell(p orb.Point) int { return cellOf(p.Lon(), p.Lat()) }

// header of a file: the sections as slices of it.
func header(data []byte) (parts [sections][]byte, err error) {
	if len(data) < headerBytes || string(data[:8]) != magic {
		return parts, fmt.Errorf("%w: it does not begin as one", ErrDamaged)
	}
	if v := binary.LittleEndian.Uint32(data[8:]); v != version {
		return parts, fmt.Errorf("%w: it is version %d, wanted %d", ErrDamaged, v, version)
	}
	for k := range parts {
		at := binary.LittleEndian.Uint64(data[16+16*k:])
		length := binary.LittleEndian.Uint64(data[16+16*k+8:])
		if at > uint64(len(data)) || length > uint64(len(data))-at {
			return parts, fmt.Errorf("%w: section %d lies outside", ErrDamaged, k)
		}
		parts[k] = data[at : at+length : at+length]
	}
	return parts, nil
}
