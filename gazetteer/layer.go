package gazetteer

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"sync"
	"unsafe"

	"github.com/blevesearch/vellum"
	"github.com/paulmach/orb"
)

// Layer is one opened index file. Its texts are views of the file's bytes.
type Layer struct {
	parts   [sections][]byte
	text    string // secStrings
	meta    Meta
	fst     *vellum.FST
	readers sync.Pool // of *vellum.Reader
	count   int
}

// Open opens an index file in place: the bytes must not change afterwards. It
// is ErrDamaged where they are no whole file of this version.
func Open(data []byte) (*Layer, error) {
	l, err := open(data)
	if err != nil {
		return nil, err
	}
	if err := checksum(data); err != nil {
		return nil, err
	}
	return l, nil
}

// open opens a file without comparing its checksum.
func open(data []byte) (*Layer, error) {
	parts, err := header(data)
	if err != nil {
		return nil, err
	}
	l := &Layer{parts: parts, text: unsafe.String(unsafe.SliceData(parts[secStrings]), len(parts[secStrings]))}
	if err := json.Unmarshal(parts[secMeta], &l.meta); err != nil {
		return nil, fmt.Errorf("%w: meta: %w", ErrDamaged, err)
	}
	l.meta.Checksum = fmt.Sprintf("%08x", binary.LittleEndian.Uint32(data[12:]))
	l.count = len(parts[secRecords]) / recordBytes
	if len(parts[secRecords])%recordBytes != 0 || len(parts[secCells]) != 4*(cellsAcross*cellsDown+1) || len(parts[secIDs]) != 4*l.count {
		return nil, fmt.Errorf("%w: sections of the wrong length", ErrDamaged)
	}
	err = errors.New("its decoder failed")
	guard(func() { l.fst, err = vellum.Load(parts[secFST]) })
	if err != nil {
		return nil, fmt.Errorf("%w: names: %w", ErrDamaged, err)
	}
	l.readers.New = func() any {
		r, err := l.fst.Reader()
		if err != nil {
			return nil
		}
		return r
	}
	return l, nil
}

// Meta of the layer.
func (l *Layer) Meta() Meta { return l.meta }

func get16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint16(b[at:])
}

func get32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

func (l *Layer) string(at uint32) string {
	if uint64(at) >= uint64(len(l.text)) {
		return ""
	}
	from := int(at) + 1
	to := from + int(l.text[at])
	if to > len(l.text) {
		return ""
	}
	return l.text[from:to]
}

// record is the bytes of a place; nil where there is no such number.
func (l *Layer) record(n uint32) []byte {
	if int64(n) >= int64(l.count) {
		return nil
	}
	at := int(n) * recordBytes
	return l.parts[secRecords][at : at+recordBytes]
}

func pointOf(r []byte) orb.Point {
	return orb.Point{float64(int32(get32(r, recLon))) / 1e6, float64(int32(get32(r, recLat))) / 1e6}
}

func (l *Layer) idOf(r []byte) string {
	n := get32(r, recID)
	if r[recFlags]&flagID != 0 {
		return l.string(n)
	}
	return "gn:" + strconv.FormatUint(uint64(n), 10)
}

// codeOf is the feature code of a record.
func (l *Layer) codeOf(r []byte) string {
	return l.string(get32(l.parts[secCodes], 4*int(get16(r, recCode))))
}

// place makes the Place of a record.
func (l *Layer) place(n uint32) (Place, bool) {
	r := l.record(n)
	if r == nil {
		return Place{}, false
	}
	p := Place{
		ID: l.idOf(r), Name: l.string(get32(r, recName)), Class: r[recClass],
		Code:  l.codeOf(r),
		Point: pointOf(r), RadiusM: float64(get32(r, recRadius)),
		Population: int64(get32(r, recPopulation)), AltNames: int(get16(r, recAlternates)),
	}
	if r[recCountry] != 0 {
		p.Country = unsafe.String(&r[recCountry], 2)
	}
	if k := int(get16(r, recAdmin1)); k > 0 {
		p.Admin1 = l.string(get32(l.parts[secAdmin1], 8*(k-1)))
	}
	if parent := l.record(get32(r, recParent) - 1); parent != nil {
		p.Parent = l.idOf(parent)
	}
	if k := int(get16(r, recBasis)); k < len(l.meta.Bases) {
		p.Basis = l.meta.Bases[k]
	}
	return p, true
}

func (l *Layer) priorOf(n uint32) float64 {
	r := l.record(n)
	if r == nil {
		return 0
	}
	return float64(math.Float32frombits(get32(r, recPrior)))
}

// guard runs a search of the names. The FST's decoder trusts its bytes: of a file
// that is damaged though its checksum holds it may read out of bounds, and then
// nothing more is found.
func guard(search func()) {
	defer func() { _ = recover() }()
	search()
}

// value of a folded name in the FST.
func (l *Layer) value(folded []byte) (value uint64, known bool) {
	defer func() {
		if recover() != nil { // see guard
			value, known = 0, false
		}
	}()
	r, ok := l.readers.Get().(*vellum.Reader)
	if !ok {
		return 0, false
	}
	v, found, err := r.Get(folded)
	l.readers.Put(r)
	return v, found && err == nil
}

// postings of a value: 0 to many, best prior first.
func (l *Layer) postings(v uint64, each func(posting uint32)) {
	if v&1 == 1 {
		each(uint32(v >> 1))
		return
	}
	list := l.parts[secPostings]
	at := v >> 1
	if at+4 > uint64(len(list)) {
		return
	}
	n := uint64(get32(list, int(at)))
	if n > uint64(len(list))/4 || at+4+4*n > uint64(len(list)) {
		return
	}
	for k := range int(n) {
		each(get32(list, int(at)+4+4*k))
	}
}

// find a place by its id.
func (l *Layer) find(id string) (uint32, bool) {
	ids := l.parts[secIDs]
	low, high := 0, l.count
	for low < high {
		mid := (low + high) / 2
		r := l.record(get32(ids, 4*mid))
		if r == nil {
			return 0, false
		}
		switch have := l.idOf(r); {
		case have == id:
			return get32(ids, 4*mid), true
		case have < id:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0, false
}

// mostWords is how many words the longest name has that may begin with a
// folded word; 0 where none does.
func (l *Layer) mostWords(word string) int {
	table, h := l.parts[secFirst], hashWord(word)
	low, high := 0, len(table)/4
	for low < high {
		mid := (low + high) / 2
		have := get32(table, 4*mid)
		switch {
		case have&^firstMask == h:
			return int(have & firstMask)
		case have < h:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0
}

// cell gives the numbers of the records of a cell.
func (l *Layer) cell(c int) (from, to uint32) {
	cells := l.parts[secCells]
	from, to = get32(cells, 4*c), get32(cells, 4*c+4)
	if to > uint32(l.count) || from > to {
		return 0, 0
	}
	return from, to
}
