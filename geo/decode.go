package geo

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// decoder reads the flat incident as MarshalJSON writes it. Whatever else JSON
// may be (other members, null, members twice, invalid UTF-8) makes it fail, and
// encoding/json decides.
type decoder struct {
	text   string // all of it; the incident's texts are parts of it
	at     int
	failed bool
	seen   [4]uint64 // members of the incident by their numbers
	last   int       // number of the last of them
}

// decodePlain reads an incident; ok is false where encoding/json has to.
func decodePlain(data []byte) (i Incident, ok bool) {
	d := decoder{text: string(data), last: -1}
	d.object(func(name string) { d.member(&i, name) })
	return i, !d.failed && d.at == len(d.text)
}

func (d *decoder) fail() { d.failed = true }

// next takes a byte if it is what comes next.
func (d *decoder) next(c byte) bool {
	if d.at < len(d.text) && d.text[d.at] == c {
		d.at++
		return true
	}
	return false
}

func (d *decoder) want(c byte) {
	if !d.next(c) {
		d.fail()
	}
}

// object reads {"name":value,...}; each reads a value.
func (d *decoder) object(each func(name string)) {
	d.want('{')
	if d.next('}') {
		return
	}
	for !d.failed {
		name := d.string()
		d.want(':')
		if d.failed {
			return
		}
		if each(name); d.next('}') {
			return
		}
		d.want(',')
	}
}

// items reads [value,...]; each reads a value.
func (d *decoder) items(each func()) {
	d.want('[')
	if d.next(']') {
		return
	}
	for !d.failed {
		if each(); d.next(']') {
			return
		}
		d.want(',')
	}
}

func listOf[T any](d *decoder, each func(*T, string)) []T {
	out := []T{}
	d.items(func() {
		out = append(out, *new(T))
		one, names := &out[len(out)-1], 0
		d.object(func(name string) {
			if names++; names > 32 { // more than any has: some are there twice
				d.fail()
			}
			each(one, name)
		})
	})
	return out
}

// string reads a text.
func (d *decoder) string() string {
	d.want('"')
	from, plain := d.at, true
	for ; d.at < len(d.text); d.at++ {
		switch c := d.text[d.at]; {
		case c == '"':
			d.at++
			if plain {
				return d.text[from : d.at-1]
			}
			return d.unquoted(d.text[from-1 : d.at])
		case c == '\\':
			plain = false
			d.at++
		case c < ' ':
			d.fail()
			return ""
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(d.text[d.at:])
			if r == utf8.RuneError && n == 1 {
				d.fail()
				return ""
			}
			d.at += n - 1
		}
	}
	d.fail()
	return ""
}

func (d *decoder) unquoted(quoted string) (s string) {
	if json.Unmarshal([]byte(quoted), &s) != nil {
		d.fail()
	}
	return s
}

// number takes the text of a number (RFC 8259).
func (d *decoder) number() string {
	from := d.at
	d.next('-')
	if !d.next('0') {
		d.digits()
	}
	if d.next('.') {
		d.digits()
	}
	if d.next('e') || d.next('E') {
		if !d.next('+') {
			d.next('-')
		}
		d.digits()
	}
	return d.text[from:d.at]
}

func (d *decoder) digits() {
	from := d.at
	for d.at < len(d.text) && d.text[d.at] >= '0' && d.text[d.at] <= '9' {
		d.at++
	}
	if d.at == from {
		d.fail()
	}
}

func (d *decoder) float() float64 {
	x, err := strconv.ParseFloat(d.number(), 64)
	if err != nil {
		d.fail()
	}
	return x
}

func (d *decoder) int64() int64 {
	x, err := strconv.ParseInt(d.number(), 10, 64)
	if err != nil {
		d.fail()
	}
	return x
}

func (d *decoder) int() int {
	x := d.int64()
	if int64(int(x)) != x {
		d.fail()
	}
	return int(x)
}

func (d *decoder) bool() bool {
	for _, word := range []string{"true", "false"} {
		if strings.HasPrefix(d.text[d.at:], word) {
			d.at += len(word)
			return word == "true"
		}
	}
	d.fail()
	return false
}

// time reads a time of UTC in whole seconds, which is what a store keeps.
func (d *decoder) time() time.Time {
	text := d.string()
	t, err := time.Parse("2006-01-02T15:04:05Z", text)
	if err != nil || len(text) != len("2006-01-02T15:04:05Z") {
		d.fail()
	}
	return t
}

func (d *decoder) texts() []string {
	out := []string{}
	d.items(func() { out = append(out, d.string()) })
	return out
}

func (d *decoder) polygon() orb.Polygon {
	out := orb.Polygon{}
	d.items(func() {
		ring := orb.Ring{}
		d.items(func() {
			var p orb.Point
			d.want('[')
			p[0] = d.float()
			d.want(',')
			p[1] = d.float()
			d.want(']')
			ring = append(ring, p)
		})
		out = append(out, ring)
	})
	return out
}
