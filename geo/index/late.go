package index

import (
	"math"
	"slices"

	"dateline/geo"
)

// lateBuilder gathers what is made after the rows of a segment, and takes longer
// than they do: the features' bytes, the words that find them, and the columns of
// texts. Features go to a scratch as they come.
type lateBuilder struct {
	scratch   scratch
	scratched uint64 // bytes
	features  []featureBuilt
	words     wordBuilder
	columns   []*columnBuilder
}

// featureBuilt is where a feature is in the scratch.
type featureBuilt struct {
	at          uint64
	length, sum uint32
}

// noIncident stands for a row whose incident has changed since the row was made.
const noIncident = math.MaxUint32

func newLateBuilder(s scratch) *lateBuilder {
	return &lateBuilder{scratch: s, columns: columnBuilders(true)}
}

// add the next incident.
func (b *lateBuilder) add(r *encoded) error {
	n := uint32(len(b.features))
	b.features = append(b.features, featureBuilt{b.scratched, uint32(len(r.feature)), r.sum})
	if _, err := b.scratch.Write(r.feature); err != nil {
		return err
	}
	b.scratched += uint64(len(r.feature))
	for _, c := range b.columns {
		c.addOf(n, &r.incident)
	}
	b.words.add(r.words)
	return nil
}

// finish writes the sections, the table of contents and the features of a segment
// whose rows are written, and gives its header. order has the incident of each
// row, place the row of each incident.
func (b *lateBuilder) finish(w *writer, order, place []uint32) (header []byte, err error) {
	for _, c := range b.columns {
		c.write(w, order, place)
	}
	b.words.write(w, order)
	b.writeWhere(w, order)
	w.c.Whole = true
	if header, err = w.contents(); err != nil {
		return nil, err
	}
	data, err := b.scratch.bytes()
	if err != nil {
		return nil, err
	}
	for _, n := range order {
		if n != noIncident {
			f := b.features[n]
			w.bytes(data[f.at : f.at+uint64(f.length)])
		}
	}
	return header, w.flush()
}

// writeWhere writes where each row's feature will stand.
func (b *lateBuilder) writeWhere(w *writer, order []uint32) {
	at, length, sum := make([]uint64, len(order)), make([]uint32, len(order)), make([]uint32, len(order))
	for row, n := range order {
		at[row] = uint64(w.c.Features)
		if n != noIncident {
			length[row], sum[row] = b.features[n].length, b.features[n].sum
			w.c.Features += int(length[row])
		}
	}
	section(w, "feature.at", at)
	section(w, "feature.len", length)
	section(w, "feature.sum", sum)
}

// asksLate reports whether an expression that is lowered asks what is made late.
func asksLate(e geo.Expr) bool {
	switch e := e.(type) {
	case geo.And:
		return slices.ContainsFunc(e, asksLate)
	case geo.Or:
		return slices.ContainsFunc(e, asksLate)
	case geo.Not:
		return asksLate(e.Expr)
	case geo.Words, geo.Inside:
		return true
	case geo.Compare:
		return isLateColumn(e.Field)
	case geo.In:
		return isLateColumn(e.Field)
	case geo.Null:
		return isLateColumn(e.Field)
	case geo.Resembles:
		return isLateColumn(e.Field)
	}
	return false
}

func isLateColumn(name string) bool {
	f, ok := geo.FieldByName(name)
	return ok && isLate(f)
}

// Answers is closed when a filter can be answered, or never will.
func (x *Index) Answers(f geo.Filter) <-chan struct{} {
	if e, _ := geo.LowerIndexed(f.Expr); asksLate(e) {
		return x.whole
	}
	return x.ready
}
