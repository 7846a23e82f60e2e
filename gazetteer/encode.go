package gazetteer

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"
)

// NameKind says what a name is to its place.
type NameKind uint8

// The kinds of names.
const (
	NamePrimary NameKind = iota
	NameAlternate
	NameAbbreviation
	NameDemonym
	NameNickname
)

// Name is a further name of a place.
type Name struct {
	Text string
	Kind NameKind
}

// Entry is a place as it goes into an index. Place.Admin1 is the code of the
// first-level division ("05"), Place.Parent an id.
type Entry struct {
	Place
	Names []Name // beside Place.Name
}

// Meta says what an index holds and where it comes from.
type Meta struct {
	Title    string         `json:"title"`
	Places   int            `json:"places"`
	Names    int            `json:"names"`
	Classes  map[string]int `json:"classes"`
	Sources  []SourceInfo   `json:"sources"`
	Bases    []string       `json:"bases"`
	Checksum string         `json:"checksum,omitempty"` // CRC-32C, hexadecimal; set on opening
}

// SourceInfo names one source of an index.
type SourceInfo struct {
	Name    string `json:"name"` // package and version
	What    string `json:"what"`
	Licence string `json:"licence"`
	SHA256  string `json:"sha256"`
}

// Encode writes the index file of some places. The same entries and meta give
// the same bytes, in whatever order the entries come. An error names the place
// that can't be kept.
func Encode(entries []Entry, meta Meta) ([]byte, error) {
	e := &encoder{meta: meta, strings: map[string]uint32{}, codes: map[string]uint16{}, admin1: map[string]uint16{}, bases: map[string]uint16{}}
	e.entries = slices.Clone(entries)
	slices.SortFunc(e.entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(cellOf(a.Point.Lon(), a.Point.Lat()), cellOf(b.Point.Lon(), b.Point.Lat())), cmp.Compare(a.ID, b.ID))
	})
	if err := e.number(); err != nil {
		return nil, err
	}
	for k := range e.entries {
		if err := e.record(k); err != nil {
			return nil, fmt.Errorf("place %s: %w", e.entries[k].ID, err)
		}
	}
	e.cells()
	if err := e.names(); err != nil {
		return nil, err
	}
	return e.file()
}

type encoder struct {
	meta    Meta
	entries []Entry
	byID    map[string]int
	strings map[string]uint32
	codes   map[string]uint16
	admin1  map[string]uint16 // "CC.code" -> index
	bases   map[string]uint16
	parts   [sections]bytes.Buffer
}

// number gives each id its record, and collects the divisions.
func (e *encoder) number() error {
	e.byID = make(map[string]int, len(e.entries))
	for k, p := range e.entries {
		if other, twice := e.byID[p.ID]; twice {
			return fmt.Errorf("places %q and %q have the same id %s", e.entries[other].Name, p.Name, p.ID)
		}
		e.byID[p.ID] = k
	}
	ids := make([]int, len(e.entries))
	for k := range ids {
		ids[k] = k
	}
	slices.SortFunc(ids, func(a, b int) int { return cmp.Compare(e.entries[a].ID, e.entries[b].ID) })
	for _, k := range ids {
		put32(&e.parts[secIDs], uint32(k))
	}
	for k, p := range e.entries {
		if p.Class == 'A' && p.Code == "ADM1" && p.Admin1 != "" {
			key := p.Country + "." + p.Admin1
			if _, twice := e.admin1[key]; twice {
				continue
			}
			if len(e.admin1) >= math.MaxUint16-1 {
				return fmt.Errorf("more than %d first-level divisions", math.MaxUint16-1)
			}
			e.admin1[key] = uint16(len(e.admin1))
			b := &e.parts[secAdmin1]
			put32(b, e.text(p.Name))
			put32(b, uint32(k))
		}
	}
	return nil
}

// text keeps a string once and gives its offset; over 255 bytes it is cut.
func (e *encoder) text(s string) uint32 {
	if len(s) > 255 {
		s = s[:255]
	}
	at, ok := e.strings[s]
	if !ok {
		b := &e.parts[secStrings]
		at = uint32(b.Len())
		b.WriteByte(byte(len(s)))
		b.WriteString(s)
		e.strings[s] = at
	}
	return at
}

func (e *encoder) record(k int) error {
	p := e.entries[k]
	if !(p.Point.Lon() >= -180 && p.Point.Lon() <= 180 && p.Point.Lat() >= -90 && p.Point.Lat() <= 90) || !(p.RadiusM > 0 && p.RadiusM < math.MaxUint32) {
		return fmt.Errorf("lon %v, lat %v, radius %v m is no place on the Earth", p.Point.Lon(), p.Point.Lat(), p.RadiusM)
	}
	var r [recordBytes]byte
	le := binary.LittleEndian
	le.PutUint32(r[recLon:], uint32(int32(math.Round(p.Point.Lon()*1e6))))
	le.PutUint32(r[recLat:], uint32(int32(math.Round(p.Point.Lat()*1e6))))
	le.PutUint32(r[recPopulation:], uint32(min(max(p.Population, 0), math.MaxUint32)))
	le.PutUint32(r[recRadius:], uint32(math.Ceil(p.RadiusM)))
	le.PutUint32(r[recName:], e.text(p.Name))
	if n, ok := geonameNumber(p.ID); ok {
		le.PutUint32(r[recID:], n)
	} else {
		le.PutUint32(r[recID:], e.text(p.ID))
		r[recFlags] |= flagID
	}
	if p.Parent != "" {
		parent, ok := e.byID[p.Parent]
		if !ok {
			return fmt.Errorf("its parent %s is not there", p.Parent)
		}
		le.PutUint32(r[recParent:], uint32(parent)+1)
	}
	le.PutUint16(r[recCode:], e.code(p.Code))
	if index, ok := e.admin1[p.Country+"."+p.Admin1]; ok && p.Admin1 != "" {
		le.PutUint16(r[recAdmin1:], index+1)
	}
	copy(r[recCountry:recCountry+2], p.Country)
	le.PutUint16(r[recAlternates:], uint16(min(p.AltNames, math.MaxUint16)))
	r[recClass] = p.Class
	le.PutUint16(r[recBasis:], e.basis(p.Basis))
	le.PutUint32(r[recPrior:], math.Float32bits(float32(prior(p.Place))))
	e.parts[secRecords].Write(r[:])
	return nil
}

func (e *encoder) code(code string) uint16 {
	at, ok := e.codes[code]
	if !ok {
		at = uint16(len(e.codes))
		e.codes[code] = at
		put32(&e.parts[secCodes], e.text(code))
	}
	return at
}

func (e *encoder) basis(basis string) uint16 {
	at, ok := e.bases[basis]
	if !ok {
		at = uint16(len(e.bases))
		e.bases[basis] = at
		e.meta.Bases = append(e.meta.Bases, basis)
	}
	return at
}

// prior is how much a place is meant where nothing else is known, on a scale of
// the decimal logarithm of population: a country before a city, a well-known
// place (many alternate names) before an unknown one.
func prior(p Place) float64 {
	x := math.Log10(float64(p.Population)+10) + 0.8*math.Log10(float64(p.AltNames)+1)
	switch p.Precision() {
	case Country:
		return x + 6
	case Region:
		return max(x, 5) + 2
	case Water:
		return max(x, 5)
	}
	switch p.Code {
	case "PPLC":
		return x + 2
	case "PPLG":
		return x + 1
	case "PPLA":
		return x + 0.5
	case "ADM2":
		return max(x, 3) - 1
	case "PPLX":
		return x - 1
	}
	return x
}

func (e *encoder) cells() {
	next, b := 0, &e.parts[secCells]
	for c := 0; c <= cellsAcross*cellsDown; c++ {
		for next < len(e.entries) && cellOf(e.entries[next].Point.Lon(), e.entries[next].Point.Lat()) < c {
			next++
		}
		put32(b, uint32(next))
	}
}

// meaning of a folded name.
type meaning struct {
	key     string
	posting uint32
	prior   float64
}

// names writes the FST and the lists of postings, the best prior first.
func (e *encoder) names() error {
	all := e.meanings()
	e.firstWords(all)
	builder, err := vellum.New(&e.parts[secFST], nil)
	if err != nil {
		return err
	}
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].key == all[from].key {
			to++
		}
		if err := builder.Insert([]byte(all[from].key), e.postings(all[from:to])); err != nil {
			return fmt.Errorf("name %q: %w", all[from].key, err)
		}
		e.meta.Names++
		from = to
	}
	return builder.Close()
}

// firstWords writes the table that tells which words may begin a name.
func (e *encoder) firstWords(all []meaning) {
	longest := map[uint32]uint32{}
	for _, m := range all {
		words := uint32(strings.Count(m.key, " ") + 1)
		first, _, _ := strings.Cut(m.key, " ")
		h := hashWord(first)
		longest[h] = min(max(longest[h], words), firstMask)
	}
	hashes := slices.Sorted(maps.Keys(longest))
	for _, h := range hashes {
		put32(&e.parts[secFirst], h|longest[h])
	}
}

// postings gives the FST's value of a name: the only posting and a one in the
// lowest bit, or the place of its list, shifted.
func (e *encoder) postings(same []meaning) uint64 {
	same = slices.Clone(same)
	slices.SortFunc(same, func(a, b meaning) int {
		return cmp.Or(cmp.Compare(b.prior, a.prior), cmp.Compare(a.posting, b.posting))
	})
	var list []uint32
	for _, m := range same {
		if !slices.ContainsFunc(list, func(have uint32) bool { return have>>postingShift == m.posting>>postingShift }) {
			list = append(list, m.posting)
		}
	}
	if len(list) == 1 {
		return uint64(list[0])<<1 | 1
	}
	b := &e.parts[secPostings]
	at := uint64(b.Len())
	put32(b, uint32(len(list)))
	for _, posting := range list {
		put32(b, posting)
	}
	return at << 1
}

func (e *encoder) meanings() []meaning {
	var all []meaning
	for k, p := range e.entries {
		record := float64(float32(prior(p.Place)))
		for _, n := range append([]Name{{p.Name, NamePrimary}}, p.Names...) {
			key := Fold(n.Text)
			if key == "" {
				continue
			}
			posting := uint32(k)<<postingShift | uint32(n.Kind)
			all = append(all, meaning{key, posting, record - namePenalty[n.Kind]})
			if bare := WithoutArticles(key); bare != key && bare != "" && articleCountries[p.Country] {
				all = append(all, meaning{bare, posting | postingLoose, record - namePenalty[n.Kind] - loosePenalty})
			}
		}
	}
	slices.SortFunc(all, func(a, b meaning) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.prior, a.prior), cmp.Compare(a.posting, b.posting))
	})
	return all
}

// namePenalty is how much less a name of each kind speaks for its place than
// its own name, on the scale of prior; loosePenalty that of a dropped article.
var namePenalty = [...]float64{NamePrimary: 0, NameAlternate: 0.7, NameAbbreviation: 0, NameDemonym: 0, NameNickname: 1}

const loosePenalty = 1.5

func (e *encoder) file() ([]byte, error) {
	e.meta.Places = len(e.entries)
	e.meta.Classes = map[string]int{}
	for _, p := range e.entries {
		e.meta.Classes[string(p.Class)]++
	}
	meta, err := json.Marshal(e.meta)
	if err != nil {
		return nil, err
	}
	e.parts[secMeta].Write(meta)
	out := make([]byte, headerBytes)
	copy(out, magic)
	binary.LittleEndian.PutUint32(out[8:], version)
	for k := range e.parts {
		for len(out)%8 != 0 {
			out = append(out, 0)
		}
		binary.LittleEndian.PutUint64(out[16+16*k:], uint64(len(out)))
		binary.LittleEndian.PutUint64(out[16+16*k+8:], uint64(e.parts[k].Len()))
		out = append(out, e.parts[k].Bytes()...)
	}
	binary.LittleEndian.PutUint32(out[12:], crc32.Checksum(out[16:], castagnoli))
	return out, nil
}

func put32(b *bytes.Buffer, n uint32) {
	var x [4]byte
	binary.LittleEndian.PutUint32(x[:], n)
	b.Write(x[:])
}

// geonameNumber is the number of an id "gn:98182".
func geonameNumber(id string) (uint32, bool) {
	var n uint64
	if len(id) < 4 || id[:3] != "gn:" || id[3] == '0' {
		return 0, false
	}
	for _, c := range []byte(id[3:]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = n*10 + uint64(c-'0'); n > math.MaxUint32 {
			return 0, false
		}
	}
	return uint32(n), true
}
