package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"dateline/geo"
)

// snapshot is the rows as they stood after a change of the store. It does not
// change; a newer one takes its place.
type snapshot struct {
	seq    int64
	layers []layer // the oldest first
}

// layer is a segment, but for the rows that later layers hold anew or that are gone.
type layer struct {
	*segment
	dead   rowSet
	gone   int             // rows that are dead
	source []*geo.Incident // of a segment beside the file, to join it with others
}

func (s *snapshot) rows() (n int) {
	for _, l := range s.layers {
		n += l.rows - l.gone
	}
	return n
}

// find the row of an incident.
func (s *snapshot) find(id string) (l *layer, row uint32, ok bool) {
	for k := range s.layers {
		l = &s.layers[k]
		if row, ok = l.rowOf(id); ok && !l.dead.has(row) {
			return l, row, true
		}
	}
	return nil, 0, false
}

// joinFactor: a layer that is not so many times larger than the next joins it.
const joinFactor = 4

// catchUp gives a snapshot with the store's newer changes in it.
func (x *Index) catchUp(ctx context.Context, snap *snapshot) (*snapshot, error) {
	last, err := x.store.LastSeq(ctx)
	if err != nil || last == snap.seq {
		return snap, err
	}
	if last-snap.seq > int64(x.options.Beside) {
		return nil, errFarBehind
	}
	changed := map[string]*geo.Incident{}
	seq := snap.seq
	for c, err := range x.store.Changes(ctx, snap.seq) {
		if err != nil {
			return nil, fmt.Errorf("read changes: %w", err)
		}
		seq, changed[c.Incident.ID] = c.Seq, &c.Incident
	}
	fresh := &snapshot{seq: seq, layers: slices.Clone(snap.layers)}
	var added []*geo.Incident
	for id, i := range changed {
		if l, row, ok := fresh.find(id); ok {
			l.bury(row, snap)
		}
		if i.Status == geo.Retracted { // it may be a last word on one that was taken out
			if _, err := x.store.Incident(ctx, id); errors.Is(err, geo.ErrNotFound) {
				continue
			}
		}
		added = append(added, i)
	}
	return fresh, x.lay(fresh, added)
}

// bury a row. The set is that of an older snapshot until it is copied.
func (l *layer) bury(row uint32, older *snapshot) {
	shared := slices.ContainsFunc(older.layers, func(o layer) bool { return len(o.dead) > 0 && len(l.dead) > 0 && &o.dead[0] == &l.dead[0] })
	switch {
	case l.dead == nil:
		l.dead = newRowSet(l.rows)
	case shared:
		l.dead = slices.Clone(l.dead)
	}
	l.dead.add(row)
	l.gone++
}

// lay incidents on top as a layer, joined with those below that are not much
// larger.
func (x *Index) lay(snap *snapshot, added []*geo.Incident) error {
	for len(snap.layers) > 1 {
		top := snap.layers[len(snap.layers)-1]
		if top.rows-top.gone >= joinFactor*len(added) && top.gone < top.rows {
			break
		}
		for _, i := range top.source {
			if row, ok := top.rowOf(i.ID); ok && !top.dead.has(row) {
				added = append(added, i)
			}
		}
		snap.layers = snap.layers[:len(snap.layers)-1]
	}
	if len(added) == 0 {
		return nil
	}
	m, err := buildHeap(each(added), x.options.Encode, snap.seq, "")
	if err != nil {
		return err
	}
	snap.layers = append(snap.layers, layer{segment: newSegment(m), source: added})
	return nil
}

func each(incidents []*geo.Incident) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		for _, i := range incidents {
			if !yield(*i, nil) {
				return
			}
		}
	}
}
