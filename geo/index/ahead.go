package index

import (
	"iter"

	"dateline/geo"
)

// aheadRows is how many incidents are read at once while others are worked on.
const aheadRows = 256

// ahead reads a sequence on another processor than the one that works on it.
func ahead(all iter.Seq2[geo.Incident, error]) iter.Seq2[geo.Incident, error] {
	type batch struct {
		incidents []geo.Incident
		err       error
	}
	return func(yield func(geo.Incident, error) bool) {
		batches, stop := make(chan batch, 2), make(chan struct{})
		defer close(stop)
		go func() {
			defer close(batches)
			var b batch
			send := func() bool {
				select {
				case batches <- b:
					b = batch{}
					return true
				case <-stop:
					return false
				}
			}
			for i, err := range all {
				if err != nil {
					b.err = err
					break
				}
				if b.incidents = append(b.incidents, i); len(b.incidents) == aheadRows && !send() {
					return
				}
			}
			send()
		}()
		for b := range batches {
			for _, i := range b.incidents {
				if !yield(i, nil) {
					return
				}
			}
			if b.err != nil {
				yield(geo.Incident{}, b.err)
				return
			}
		}
	}
}
