package gazetteer

import (
	"encoding/binary"
	"hash/crc32"
	"testing"

	"github.com/paulmach/orb"
)

// A file whose checksum holds though its bytes are wrong gives errors or wrong
// answers, never a panic.
func FuzzOpen(f *testing.F) {
	e := Entry{Place: Place{ID: "gn:98182", Name: "Baghdad", Class: 'P', Code: "PPLC", Country: "IQ", Point: orb.Point{44.4, 33.3}, RadiusM: 28000, Basis: "derived"},
		Names: []Name{{"Bagdad", NameAlternate}, {"بغداد", NameAlternate}}}
	other := e
	other.ID, other.Point = "cj:US.x", orb.Point{-80, 40}
	data, err := Encode([]Entry{e, other}, Meta{Title: "fuzz"})
	if err != nil {
		f.Fatal(err)
	}
	// The cells are most of the file and nearly all alike: the fuzzer changes
	// single numbers instead of the whole.
	f.Add(0, uint32(0), 20, uint32(7))
	f.Add(16, uint32(1<<31), 24, uint32(1<<30))
	f.Fuzz(func(t *testing.T, at int, value uint32, at2 int, value2 uint32) {
		b := append([]byte(nil), data...)
		put := func(at int, value uint32) {
			if at = 16 + abs(at)%(len(b)-20); at < len(b)-4 {
				binary.LittleEndian.PutUint32(b[at:], value)
			}
		}
		put(at, value)
		put(at2, value2)
		// Most of a file is cells: also change a byte near the end, where names
		// and records are.
		put(len(b)-20-abs(at)%2000, value2)
		binary.LittleEndian.PutUint32(b[12:], crc32.Checksum(b[16:], castagnoli))
		l, err := Open(b)
		if err != nil {
			return
		}
		g := Stack(l)
		g.Lookup("Baghdad")
		g.Lookup("al Bagdad")
		g.Prefix("ba", 10)
		g.Fuzzy("Baghdat", Within{Country: "IQ"}, 10)
		g.Near(orb.Point{44, 33}, 100_000, 10)
		g.Scan([]string{"baghdad", "street"})
		g.Get("gn:98182")
		g.CountryNames()
		g.InBox([]orb.Bound{{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}}, 0, 10)
	})
}

func abs(n int) int {
	if n < 0 {
		n = -n
	}
	return max(n, 0)
}
