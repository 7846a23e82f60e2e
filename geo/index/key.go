package index

import (
	"encoding/binary"
	"math"
	"time"

	"dateline/geo"
)

// keyOf writes a value of a field as bytes that sort as geo compares the values
// of its kind: text folded, numbers and times big-endian with the sign turned.
func keyOf(v any) string {
	switch v := v.(type) {
	case string:
		return geo.FoldText(v)
	case int64:
		return intKey(v)
	case float64:
		return floatKey(v)
	case bool:
		if v {
			return "\x01"
		}
		return "\x00"
	case time.Time:
		var b [12]byte
		binary.BigEndian.PutUint64(b[:], uint64(v.Unix())^1<<63)
		binary.BigEndian.PutUint32(b[8:], uint32(v.Nanosecond()))
		return string(b[:])
	}
	return ""
}

func intKey(n int64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n)^1<<63)
	return string(b[:])
}

func floatKey(x float64) string {
	bits := math.Float64bits(x + 0) // -0 is 0
	if x == 0 {
		bits = 0
	}
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits ^= 1 << 63
	}
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], bits)
	return string(b[:])
}

// intOfKey reads what intKey wrote.
func intOfKey(key []byte) int64 {
	if len(key) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(key) ^ 1<<63)
}

// hasKind reports whether a value of a filter is of the Go type that a field of
// the kind has: values of other types compare with nothing.
func hasKind(k geo.Kind, v any) bool {
	switch v.(type) {
	case string:
		return k == geo.KindText || k == geo.KindEnum || k == geo.KindDay
	case int64:
		return k == geo.KindInt
	case float64:
		return k == geo.KindNumber
	case bool:
		return k == geo.KindBool
	case time.Time:
		return k == geo.KindTime
	}
	return false
}

// floatOfKey reads what floatKey wrote.
func floatOfKey(key []byte) float64 {
	if len(key) != 8 {
		return 0
	}
	bits := binary.BigEndian.Uint64(key)
	if bits>>63 == 1 {
		return math.Float64frombits(bits ^ 1<<63)
	}
	return math.Float64frombits(^bits)
}
