package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"

	"dateline/gazetteer/spill"
)

// Builder writes an index of more places than fit into memory. It needs about 50
// bytes of memory a place beside what Scratch allows its sorters, and disk in
// the size of the index twice over.
type Builder struct {
	meta     Meta
	scratch  Scratch
	parts    [sections]section
	records  section
	strings  map[string]uint32
	codes    map[string]uint16
	admin1   map[string]uint16 // "CC.code" -> index
	division []division
	bases    map[string]uint16
	cells    [cellsAcross * cellsDown]uint32
	ids      *spill.Sorter     // id, then its record
	names    *spill.Sorter     // see addName
	byHash   []hashed          // hash of an id, record
	parents  []hashed          // hash of a parent's id, record of the child
	aliases  map[uint64]uint64 // hash of an id that is no more -> hash of the place that stands for it
	count    uint32
	lastCell int
	lastID   string
	buffer   []byte
}

type hashed struct {
	hash   uint64
	record uint32
}

type division struct{ name, record uint32 }

// Scratch says where a build may put what does not fit into memory.
type Scratch struct {
	Dir    string // "" is the system's folder
	Memory int    // bytes for the sorters; 0 keeps everything in memory
}

// maxStrings is how many texts a builder remembers, so that each is kept once.
const maxStrings = 1 << 20

// maxPlaces is what the numbers of a posting allow.
const maxPlaces = 1<<(32-postingShift) - 1

// NewBuilder begins an index.
func NewBuilder(meta Meta, s Scratch) (*Builder, error) {
	b := &Builder{
		meta: meta, scratch: s, strings: map[string]uint32{}, codes: map[string]uint16{}, admin1: map[string]uint16{},
		bases: map[string]uint16{}, aliases: map[uint64]uint64{}, lastCell: -1,
	}
	b.meta.Classes, b.meta.Countries = map[string]int{}, map[string]string{}
	memory := math.MaxInt
	if s.Memory > 0 {
		memory = s.Memory
	}
	b.ids, b.names = spill.New(s.Dir, memory/3), spill.New(s.Dir, memory/3*2)
	for k := range b.parts {
		var err error
		if b.parts[k], err = s.section(); err != nil {
			return nil, errors.Join(err, b.Close())
		}
	}
	var err error
	if b.records, err = s.section(); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Close removes what the builder keeps outside memory.
func (b *Builder) Close() error {
	errs := []error{b.ids.Close(), b.names.Close()}
	for _, s := range append(b.parts[:], b.records) {
		if s != nil {
			errs = append(errs, s.close())
		}
	}
	return errors.Join(errs...)
}

// Add takes a place. Places come in the order of CompareEntries. A parent that
// is never added is left out. An error names the place that can't be kept.
func (b *Builder) Add(e Entry) error {
	if err := b.add(e); err != nil {
		return fmt.Errorf("place %s: %w", e.ID, err)
	}
	return nil
}

// Alias makes one id stand for another as a parent: of two rows that were found
// to be one place.
func (b *Builder) Alias(id, instead string) { b.aliases[hashID(id)] = hashID(instead) }

func hashID(id string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, id) // never fails
	return h.Sum64()
}

// CompareEntries orders places as an index does: by the cells of one degree, then
// by id.
func CompareEntries(a, b Entry) int {
	return cmp.Or(cmp.Compare(Cell(a.Point), Cell(b.Point)), cmp.Compare(a.ID, b.ID))
}

func (b *Builder) add(e Entry) error {
	p := e.Place
	if !(p.Point.Lon() >= -180 && p.Point.Lon() <= 180 && p.Point.Lat() >= -90 && p.Point.Lat() <= 90) || !(p.RadiusM > 0 && p.RadiusM < math.MaxUint32) {
		return fmt.Errorf("lon %v, lat %v, radius %v m is no place on the Earth", p.Point.Lon(), p.Point.Lat(), p.RadiusM)
	}
	if b.count == maxPlaces {
		return fmt.Errorf("more than %d places", maxPlaces)
	}
	c := Cell(p.Point)
	if c < b.lastCell || c == b.lastCell && e.ID <= b.lastID {
		if e.ID == b.lastID {
			return errors.New("two places have this id")
		}
		return errors.New("it comes out of order")
	}
	b.lastCell, b.lastID = c, e.ID
	b.cells[c]++
	b.meta.Classes[string(p.Class)]++
	if p.Precision() == Country && b.meta.Countries[p.Country] == "" {
		b.meta.Countries[p.Country] = p.Name
	}
	r, err := b.record(p)
	if err != nil {
		return err
	}
	if _, err := b.records.Write(r[:]); err != nil {
		return err
	}
	b.byHash = append(b.byHash, hashed{hashID(p.ID), b.count})
	if p.Parent != "" {
		b.parents = append(b.parents, hashed{hashID(p.Parent), b.count})
	}
	b.buffer = binary.BigEndian.AppendUint32(append(append(b.buffer[:0], p.ID...), 0), b.count)
	if err := b.ids.Add(b.buffer); err != nil {
		return err
	}
	if err := b.addNames(e); err != nil {
		return err
	}
	b.count++
	return nil
}

// record of a place, its parent still missing.
func (b *Builder) record(p Place) (r [recordBytes]byte, err error) {
	le := binary.LittleEndian
	le.PutUint32(r[recLon:], uint32(int32(math.Round(p.Point.Lon()*1e6))))
	le.PutUint32(r[recLat:], uint32(int32(math.Round(p.Point.Lat()*1e6))))
	le.PutUint32(r[recPopulation:], uint32(min(max(p.Population, 0), math.MaxUint32)))
	le.PutUint32(r[recRadius:], uint32(math.Ceil(p.RadiusM)))
	name, err := b.text(p.Name)
	if err != nil {
		return r, err
	}
	le.PutUint32(r[recName:], name)
	if n, ok := geonameNumber(p.ID); ok {
		le.PutUint32(r[recID:], n)
	} else {
		id, err := b.text(p.ID)
		if err != nil {
			return r, err
		}
		le.PutUint32(r[recID:], id)
		r[recFlags] |= flagID
	}
	code, err := b.code(p.Code)
	if err != nil {
		return r, err
	}
	le.PutUint16(r[recCode:], code)
	admin1, err := b.divisionOf(p, name)
	if err != nil {
		return r, err
	}
	le.PutUint16(r[recAdmin1:], admin1)
	copy(r[recCountry:recCountry+2], p.Country)
	le.PutUint16(r[recAlternates:], uint16(min(p.AltNames, math.MaxUint16)))
	r[recClass] = p.Class
	le.PutUint16(r[recBasis:], b.basis(p.Basis))
	le.PutUint32(r[recPrior:], math.Float32bits(float32(prior(p))))
	return r, nil
}

// text keeps a string and gives its offset; over 255 bytes it is cut.
func (b *Builder) text(s string) (uint32, error) {
	if len(s) > 255 {
		s = s[:255]
	}
	if at, ok := b.strings[s]; ok {
		return at, nil
	}
	strings := b.parts[secStrings]
	at := strings.size()
	if at > math.MaxUint32 {
		return 0, errors.New("more than 4 GiB of texts")
	}
	if _, err := strings.Write(append([]byte{byte(len(s))}, s...)); err != nil {
		return 0, err
	}
	if len(b.strings) >= maxStrings {
		clear(b.strings)
	}
	b.strings[s] = uint32(at)
	return uint32(at), nil
}

func (b *Builder) code(code string) (uint16, error) {
	at, ok := b.codes[code]
	if !ok {
		at = uint16(len(b.codes))
		b.codes[code] = at
		offset, err := b.text(code)
		if err != nil {
			return 0, err
		}
		if err := put32(b.parts[secCodes], offset); err != nil {
			return 0, err
		}
	}
	return at, nil
}

func (b *Builder) basis(basis string) uint16 {
	at, ok := b.bases[basis]
	if !ok {
		at = uint16(len(b.bases))
		b.bases[basis] = at
		b.meta.Bases = append(b.meta.Bases, basis)
	}
	return at
}

// divisionOf gives the number of a place's first-level division, plus one, and
// keeps the name of a division when its own row comes.
func (b *Builder) divisionOf(p Place, name uint32) (uint16, error) {
	if p.Admin1 == "" {
		return 0, nil
	}
	key := p.Country + "." + p.Admin1
	at, ok := b.admin1[key]
	if !ok {
		if len(b.admin1) >= math.MaxUint16-1 {
			return 0, fmt.Errorf("more than %d first-level divisions", math.MaxUint16-1)
		}
		at = uint16(len(b.admin1))
		b.admin1[key] = at
		b.division = append(b.division, division{noText, noText})
	}
	if d := &b.division[at]; p.Class == 'A' && p.Code == "ADM1" && d.record == noText {
		if d.record = b.count; d.name == noText {
			d.name = name
		}
	}
	return at + 1, nil
}

// noText is the offset of a text that is not there.
const noText = math.MaxUint32

// Division names a first-level division of which there may be no row: its
// country, its code and its name.
func (b *Builder) Division(country, code, name string) error {
	at, err := b.divisionOf(Place{Country: country, Admin1: code}, 0)
	if err != nil || at == 0 || b.division[at-1].name != noText {
		return err
	}
	b.division[at-1].name, err = b.text(name)
	return err
}

// addNames takes what names mean a place, as records that sort by folded name,
// the best prior first: the name, a zero, the prior upside down, the posting.
func (b *Builder) addNames(e Entry) error {
	record := float64(float32(prior(e.Place)))
	for _, n := range append([]Name{{e.Name, NamePrimary}}, e.Names...) {
		key := Fold(n.Text)
		if key == "" {
			continue
		}
		posting := b.count<<postingShift | uint32(n.Kind)
		if err := b.addName(key, record-namePenalty[n.Kind], posting); err != nil {
			return err
		}
		if bare := WithoutArticles(key); bare != key && bare != "" && articleCountries[e.Country] {
			if err := b.addName(bare, record-namePenalty[n.Kind]-loosePenalty, posting|postingLoose); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Builder) addName(key string, prior float64, posting uint32) error {
	b.buffer = append(append(b.buffer[:0], key...), 0)
	b.buffer = binary.BigEndian.AppendUint32(b.buffer, ^ordered(float32(prior)))
	b.buffer = binary.BigEndian.AppendUint32(b.buffer, posting)
	return b.names.Add(b.buffer)
}

// ordered are the bits of a number such that they sort as it does.
func ordered(x float32) uint32 {
	bits := math.Float32bits(x)
	if bits>>31 == 1 {
		return ^bits
	}
	return bits | 1<<31
}
