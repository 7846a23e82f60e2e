package source

import (
	"encoding/binary"
	"errors"
	"math"

	"dateline/gazetteer"
)

// errRow is a scratch row that can't be read: a fault of the disk or of ours.
var errRow = errors.New("a scratch row is damaged")

// append writes a row for the scratch files, its id first.
func (r *placeRow) append(b []byte) []byte {
	b = appendText(b, r.ID)
	for _, s := range []string{r.Name, r.Code, r.Country, r.Admin1, r.Parent, r.Basis, r.codes[0], r.codes[1], r.codes[2]} {
		b = appendText(b, s)
	}
	extent := byte(0)
	if r.extent {
		extent = 1
	}
	b = append(b, r.Class, extent, byte(r.input))
	for _, x := range []float64{r.Point.Lon(), r.Point.Lat(), r.RadiusM} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	b = binary.AppendVarint(b, r.Population)
	b = binary.AppendUvarint(b, uint64(r.AltNames))
	b = binary.AppendUvarint(b, uint64(len(r.Names)))
	for _, n := range r.Names {
		b = appendText(append(b, byte(n.Kind)), n.Text)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes a scratch row apart.
type rowReader struct {
	b   []byte
	bad bool
}

func (r *rowReader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *rowReader) uvarint() uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return x
}

func (r *rowReader) varint() int64 {
	x, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return x
}

func (r *rowReader) text() string { return string(r.bytes(r.uvarint())) }

func (r *rowReader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *rowReader) float() float64 {
	if b := r.bytes(8); len(b) == 8 {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// readPlaceRow reads what append wrote.
func readPlaceRow(b []byte) (placeRow, error) {
	in := rowReader{b: b}
	var r placeRow
	r.ID = in.text()
	for _, s := range []*string{&r.Name, &r.Code, &r.Country, &r.Admin1, &r.Parent, &r.Basis, &r.codes[0], &r.codes[1], &r.codes[2]} {
		*s = in.text()
	}
	r.Class, r.extent, r.input = in.byte(), in.byte() == 1, int(in.byte())
	r.Point[0], r.Point[1], r.RadiusM = in.float(), in.float(), in.float()
	r.Population, r.AltNames = in.varint(), int(in.uvarint())
	names := in.uvarint()
	for k := uint64(0); k < names && !in.bad; k++ {
		kind := gazetteer.NameKind(in.byte())
		r.Names = append(r.Names, gazetteer.Name{Text: in.text(), Kind: kind})
	}
	if in.bad || len(in.b) > 0 {
		return r, errRow
	}
	return r, nil
}
