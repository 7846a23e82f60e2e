package index

import (
	"hash/crc32"
	"iter"

	"dateline/geo"
)

// aheadRows is how many incidents are read at once while others are worked on.
const aheadRows = 256

// encoded is an incident with its feature and the words that find it.
type encoded struct {
	incident geo.Incident
	feature  []byte
	sum      uint32
	words    []string
}

// batch of incidents, or why there are no more.
type batch struct {
	rows []encoded
	err  error
}

// ahead reads a sequence, and encodes it, beside the one that works on it: each
// is as much work as the other.
func ahead(all iter.Seq2[geo.Incident, error], encode Encode) iter.Seq2[encoded, error] {
	return func(yield func(encoded, error) bool) {
		stop := make(chan struct{})
		defer close(stop)
		read := stage(stop, func(send func(batch) bool) { readAhead(all, send) })
		done := stage(stop, func(send func(batch) bool) {
			for b := range read {
				encodeRows(&b, encode)
				if !send(b) {
					return
				}
			}
		})
		for b := range done {
			for _, r := range b.rows {
				if !yield(r, nil) {
					return
				}
			}
			if b.err != nil {
				yield(encoded{}, b.err)
				return
			}
		}
	}
}

// stage runs what sends batches until it is done or stopped.
func stage(stop <-chan struct{}, run func(send func(batch) bool)) <-chan batch {
	out := make(chan batch, 2)
	go func() {
		defer close(out)
		run(func(b batch) bool {
			select {
			case out <- b:
				return true
			case <-stop:
				return false
			}
		})
	}()
	return out
}

func readAhead(all iter.Seq2[geo.Incident, error], send func(batch) bool) {
	b := batch{rows: make([]encoded, 0, aheadRows)}
	for i, err := range all {
		if err != nil {
			b.err = err
			break
		}
		if b.rows = append(b.rows, encoded{incident: i}); len(b.rows) == aheadRows {
			if !send(b) {
				return
			}
			b = batch{rows: make([]encoded, 0, aheadRows)}
		}
	}
	send(b)
}

// encodeRows encodes a batch up to the first row that can't be.
func encodeRows(b *batch, encode Encode) {
	for k := range b.rows {
		r := &b.rows[k]
		var err error
		if r.feature, err = encode(&r.incident); err != nil {
			b.rows, b.err = b.rows[:k], err
			return
		}
		r.sum = crc32.Checksum(r.feature, castagnoli)
		r.words = r.incident.SearchWords()
	}
}
