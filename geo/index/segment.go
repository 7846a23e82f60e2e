package index

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// segment is a set of rows read in place.
type segment struct {
	*mapped
	rows, pinned, located int

	x, y       []uint32
	lon, lat   []float64
	radius     []float32
	pointZones []orb.Bound
	boxAt      []uint32
	boxes      []orb.Bound
	boxZones   []orb.Bound
	extraRow   []uint32
	extraAt    []orb.Point
	polygonRow []uint32
	polygons   texts

	featureAt  []uint64
	featureLen []uint32
	featureSum []uint32
	checked    []atomic.Uint64 // rows whose feature's checksum held
	ids        texts
	private    []uint32

	byID, newest, newestRank []uint32
	byWidth                  []uint32 // located rows, the widest first, then by id
	columns                  map[string]*column
	words                    texts
	wordRows                 texts
	found                    wordCache
	widest                   int      // days that the longest span is longer than a day, of those with both ends
	open                     []uint32 // rows without a start but with an end, by newest rank
}

// texts is a list of texts one after the other.
type texts struct {
	at   []uint32
	data []byte
}

func (t texts) len() int         { return max(len(t.at)-1, 0) }
func (t texts) get(k int) []byte { return t.data[t.at[k]:t.at[k+1]] }

// search gives the place of the first text that is not before key.
func (t texts) search(key string) int {
	return sort.Search(t.len(), func(k int) bool { return string(t.get(k)) >= key })
}

func textsOf(m *mapped, name string) texts {
	return texts{view[uint32](m, name+".at"), view[byte](m, name+".text")}
}

func newSegment(m *mapped) *segment {
	s := &segment{mapped: m, rows: m.c.Rows, pinned: m.c.Pinned, located: m.c.Located, columns: map[string]*column{}}
	s.x, s.y = view[uint32](m, "x"), view[uint32](m, "y")
	s.lon, s.lat, s.radius = view[float64](m, "lon"), view[float64](m, "lat"), view[float32](m, "radius")
	s.pointZones, s.boxZones = view[orb.Bound](m, "zones"), view[orb.Bound](m, "box.zones")
	s.boxAt, s.boxes = view[uint32](m, "box.at"), view[orb.Bound](m, "box")
	s.extraRow, s.extraAt = view[uint32](m, "extra.row"), view[orb.Point](m, "extra.at")
	s.polygonRow, s.polygons = view[uint32](m, "polygon.row"), textsOf(m, "polygon")
	s.featureAt, s.featureLen, s.featureSum = view[uint64](m, "feature.at"), view[uint32](m, "feature.len"), view[uint32](m, "feature.sum")
	s.ids, s.private = textsOf(m, "ids"), view[uint32](m, "private")
	s.byID, s.newest, s.newestRank = view[uint32](m, "byid"), view[uint32](m, "newest"), view[uint32](m, "newest.rank")
	s.byWidth = view[uint32](m, "bywidth")
	s.words, s.wordRows = textsOf(m, "words"), textsOf(m, "rows")
	for name, meta := range m.c.Columns {
		s.columns[name] = newColumn(m, name, meta)
	}
	s.checked = make([]atomic.Uint64, (s.rows+63)/64)
	s.spans()
	return s
}

// spans finds how many days a span's start lies before its day at most, and the
// rows that have no start.
func (s *segment) spans() {
	start, day := s.columns["start"], s.columns[dayColumn]
	if day == nil {
		return
	}
	var starts []int
	if start != nil {
		starts = dayNumbers(start.keys)
	}
	days := dayNumbers(day.keys)
	for _, row := range s.newest {
		d, from := day.code(row), start.code(row)
		switch {
		case d == 0:
			return // those without a day come last
		case from == 0:
			s.open = append(s.open, row)
		default:
			s.widest = max(s.widest, days[d-1]-starts[from-1])
		}
	}
}

// dayNumbers counts the days of a dictionary from some day on.
func dayNumbers(keys texts) []int {
	out := make([]int, keys.len())
	for k := range out {
		out[k] = int(geo.Day(keys.get(k)).Time().Unix() / 86400)
	}
	return out
}

// revision of a row's incident.
func (s *segment) revision(row uint32) int {
	return int(intOfKey(s.columns[revisionColumn].key(row)))
}

// feature gives a row's bytes, whose checksum is compared once; ok is false where
// they are damaged or not there yet.
func (s *segment) feature(row uint32) (data []byte, ok bool) {
	if len(s.featureAt) == 0 || s.featureLen[row] == 0 {
		return nil, false
	}
	at := s.featureAt[row]
	data = s.features[at : at+uint64(s.featureLen[row])]
	word, bit := &s.checked[row/64], uint64(1)<<(row%64)
	if word.Load()&bit != 0 {
		return data, true
	}
	if crc32.Checksum(data, castagnoli) != s.featureSum[row] {
		return nil, false
	}
	word.Or(bit)
	return data, true
}

func (s *segment) id(row uint32) string { return string(s.ids.get(int(row))) }

// rowOf finds an incident's row.
func (s *segment) rowOf(id string) (uint32, bool) {
	k := sort.Search(len(s.byID), func(k int) bool { return string(s.ids.get(int(s.byID[k]))) >= id })
	if k == len(s.byID) || string(s.ids.get(int(s.byID[k]))) != id {
		return 0, false
	}
	return s.byID[k], true
}

func (s *segment) isPrivate(row uint32) bool {
	_, found := slices.BinarySearch(s.private, row)
	return found
}

// run of rows of a part that stand in a square of 2^width units at (x, y).
func (s *segment) run(p part, x, y uint32, width uint) (from, to int) {
	low, high := 0, s.pinned
	if p == shaped {
		low, high = s.pinned, s.located
	}
	first, last := stretch(x, y, width)
	from = low + sort.Search(high-low, func(k int) bool { return hilbert(s.x[low+k], s.y[low+k]) >= first })
	to = low + sort.Search(high-low, func(k int) bool { return hilbert(s.x[low+k], s.y[low+k]) > last })
	return from, to
}

// wordCache remembers the rows of the words that were asked last.
type wordCache struct {
	mu   sync.Mutex
	rows map[string]rowSet
}

const maxWordsKept = 16

// rowsWith gives the rows that have a word that begins so.
func (s *segment) rowsWith(prefix string) rowSet {
	return s.kept(prefix, func(rows rowSet) {
		for k := s.words.search(prefix); k < s.words.len() && strings.HasPrefix(string(s.words.get(k)), prefix); k++ {
			s.addRows(rows, k)
		}
	})
}

// rowsInside gives the rows that have a word with such a part.
func (s *segment) rowsInside(part string) rowSet {
	return s.kept("\x00"+part, func(rows rowSet) {
		for k := range s.words.len() {
			if bytes.Contains(s.words.get(k), []byte(part)) {
				s.addRows(rows, k)
			}
		}
	})
}

// addRows adds the rows that have a word.
func (s *segment) addRows(rows rowSet, word int) {
	row := uint32(0)
	for list := s.wordRows.get(word); len(list) > 0; {
		step, n := binary.Uvarint(list)
		if n <= 0 {
			return
		}
		list = list[n:]
		row += uint32(step)
		rows.add(row)
	}
}

// kept gives the rows that were found for a key, or finds them.
func (s *segment) kept(key string, find func(rowSet)) rowSet {
	s.found.mu.Lock()
	defer s.found.mu.Unlock()
	if rows, ok := s.found.rows[key]; ok {
		return rows
	}
	rows := newRowSet(s.rows)
	find(rows)
	if s.found.rows == nil || len(s.found.rows) >= maxWordsKept {
		s.found.rows = map[string]rowSet{}
	}
	s.found.rows[key] = rows
	return rows
}
