package index

import (
	"iter"

	"dateline/geo"
)

// aheadRows is how many incidents are read at once while others are worked on.
const aheadRows = 256

// encoded is an incident with its feature.
type encoded struct {
	incident geo.Incident
	feature  []byte
}

// batch of incidents, or why there are no more.
type batch struct {
	rows []encoded
	err  error
}

// ahead reads and encodes a sequence on another processor than the one that
// works on it.
func ahead(all iter.Seq2[geo.Incident, error], encode Encode) iter.Seq2[encoded, error] {
	return func(yield func(encoded, error) bool) {
		batches, stop := make(chan batch, 2), make(chan struct{})
		defer close(stop)
		go func() {
			defer close(batches)
			readAhead(all, encode, func(b batch) bool {
				select {
				case batches <- b:
					return true
				case <-stop:
					return false
				}
			})
		}()
		for b := range batches {
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

func readAhead(all iter.Seq2[geo.Incident, error], encode Encode, send func(batch) bool) {
	var b batch
	for i, err := range all {
		r := encoded{incident: i}
		if err == nil {
			r.feature, err = encode(&i)
		}
		if err != nil {
			b.err = err
			break
		}
		if b.rows = append(b.rows, r); len(b.rows) == aheadRows {
			if !send(b) {
				return
			}
			b = batch{}
		}
	}
	send(b)
}
