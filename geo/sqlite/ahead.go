package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"slices"

	"dateline/geo"
)

// aheadRows is how many incidents are read at once while others are decoded and
// worked on.
const aheadRows = 128

// incidentsAhead streams the incidents of a statement that is read to its end:
// SQL runs, bodies are decoded and the caller works beside one another.
func incidentsAhead(ctx context.Context, q querier, statement string, args ...any) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		inner, cancel := context.WithCancel(ctx)
		left := make(chan struct{}) // closed when the caller wants no more
		read := stage(left, func(send func([]body) bool) { readBodies(inner, q, send, statement, args...) })
		decoded := stage(left, func(send func([]decodedBody) bool) {
			for bodies := range read {
				if !send(decodeBodies(bodies)) {
					return
				}
			}
		})
		defer func() {
			close(left)
			cancel()
			for range read { // until the connection is free
			}
		}()
		for batch := range decoded {
			for _, d := range batch {
				if !yield(d.incident, d.err) || d.err != nil {
					return
				}
			}
		}
	}
}

// stage runs what sends until it is done or the caller has left.
func stage[T any](left <-chan struct{}, run func(send func(T) bool)) <-chan T {
	out := make(chan T, 2)
	go func() {
		defer close(out)
		run(func(one T) bool {
			select {
			case out <- one:
				return true
			case <-left:
				return false
			}
		})
	}()
	return out
}

// body of an incident as it is kept, or why there are no more.
type body struct {
	data []byte
	err  error
}

// decodedBody is an incident, or why there are no more.
type decodedBody struct {
	incident geo.Incident
	err      error
}

func readBodies(ctx context.Context, q querier, send func([]body) bool, statement string, args ...any) {
	batch := make([]body, 0, aheadRows)
	scan := func(rows *sql.Rows) (data []byte, err error) {
		var raw sql.RawBytes
		err = rows.Scan(&raw)
		return slices.Clone(raw), err
	}
	for data, err := range stream(ctx, q, scan, statement, args...) {
		if batch = append(batch, body{data, err}); len(batch) == aheadRows {
			if !send(batch) {
				return
			}
			batch = make([]body, 0, aheadRows)
		}
	}
	send(batch)
}

func decodeBodies(bodies []body) []decodedBody {
	batch := make([]decodedBody, len(bodies))
	for k, b := range bodies {
		d := &batch[k]
		if d.err = b.err; d.err == nil {
			d.err = d.incident.UnmarshalJSON(b.data)
		}
	}
	return batch
}
