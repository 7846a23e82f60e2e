package gazetteer

import "math"

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
