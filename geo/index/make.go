package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	"dateline/geo"
)

// buildHeap makes a whole segment on the heap.
func buildHeap(all iter.Seq2[geo.Incident, error], encode Encode, seq int64, last string) (*mapped, error) {
	var out bytes.Buffer
	w := newWriter(&out)
	rows, late := newBuilder(w), newLateBuilder(&heapScratch{})
	for r, err := range ahead(all, encode) {
		if err != nil {
			return nil, err
		}
		rows.add(&r.incident)
		if err := late.add(&r); err != nil {
			return nil, err
		}
	}
	order, place := rows.finish(seq, last)
	header, err := late.finish(w, order, place)
	if err != nil {
		return nil, err
	}
	data := slices.Clip(out.Bytes())
	copy(data, header)
	return openBytes(data)
}

// buildGC lets the heap grow by so many percent between collections while a file
// is made: less than usual, since what is kept meanwhile is large.
const buildGC = 20

// buildRows makes the rows of a segment in a file, which takes the place of the
// one of that name.
func buildRows(name string, all iter.Seq2[geo.Incident, error], seq int64, last string) (*mapped, error) {
	defer debug.FreeOSMemory() // what building took is not needed again
	defer debug.SetGCPercent(debug.SetGCPercent(2 * buildGC))
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part")
	if err != nil {
		return nil, err
	}
	defer removeQuietly(f.Name())
	place, err := writeRows(f, all, seq, last)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	m, err := openFile(f.Name())
	if err != nil {
		return nil, err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return nil, errors.Join(err, m.close())
	}
	m.asKept = place
	return m, nil
}

func writeRows(f *os.File, all iter.Seq2[geo.Incident, error], seq int64, last string) (place []uint32, err error) {
	w := newWriter(f)
	rows := newBuilder(w)
	for i, err := range all {
		if err != nil {
			return nil, err
		}
		rows.add(&i)
	}
	_, place = rows.finish(seq, last)
	header, err := w.contents()
	if err == nil {
		_, err = f.WriteAt(header, 0)
	}
	return place, err
}

// completeFile writes what is late of a segment behind its rows, and opens the
// whole.
func completeFile(name string, rows *segment, all iter.Seq2[geo.Incident, error], encode Encode) (*mapped, error) {
	defer debug.FreeOSMemory()
	defer debug.SetGCPercent(debug.SetGCPercent(buildGC))
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	err = writeLate(f, rows, all, encode)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return openFile(name)
}

// errReplaced is a file that another program has put another in the place of.
var errReplaced = errors.New("the index's file was replaced")

func writeLate(f *os.File, rows *segment, all iter.Seq2[geo.Incident, error], encode Encode) error {
	header := make([]byte, headerBytes)
	if _, err := f.ReadAt(header, 0); err != nil {
		return err
	}
	if !bytes.Equal(header, rows.data[:headerBytes]) {
		return errReplaced
	}
	end := int64(binary.NativeEndian.Uint64(header[24:]))
	if err := f.Truncate(end); err != nil { // what an attempt that was broken off has left
		return err
	}
	scratch, err := newFileScratch(f.Name() + ".features")
	if err != nil {
		return err
	}
	header, err = gatherLate(behind(io.NewOffsetWriter(f, end), rows.mapped), scratch, rows, ahead(all, encode))
	if err = errors.Join(err, scratch.close()); err != nil {
		return err
	}
	_, err = f.WriteAt(header, 0)
	return err
}

// gatherLate takes the incidents that are still what their rows say.
func gatherLate(w *writer, s scratch, rows *segment, all iter.Seq2[encoded, error]) (header []byte, err error) {
	late, find := newLateBuilder(s), rowFinder{s: rows}
	var place []uint32
	order := make([]uint32, rows.rows)
	for row := range order {
		order[row] = noIncident
	}
	for r, err := range all {
		if err != nil {
			return nil, err
		}
		row, ok := find.row(r.incident.ID)
		if !ok || order[row] != noIncident || rows.revision(row) != r.incident.Revision {
			continue
		}
		order[row] = uint32(len(place))
		place = append(place, row)
		if err := late.add(&r); err != nil {
			return nil, err
		}
	}
	return late.finish(w, order, place)
}

// rowFinder finds the rows of incidents that mostly come as they did when the
// rows were made.
type rowFinder struct {
	s    *segment
	next int
}

func (f *rowFinder) row(id string) (uint32, bool) {
	if f.next < len(f.s.asKept) {
		if row := f.s.asKept[f.next]; string(f.s.ids.get(int(row))) == id {
			f.next++
			return row, true
		}
	}
	return f.s.rowOf(id)
}

// make the rows from the store, into the file where there is one. The first are
// answered from before what is late is there.
func (x *Index) make(ctx context.Context) error {
	for {
		snap, err := x.made(ctx)
		if err == nil {
			err = x.replace(ctx, snap)
		}
		if !errors.Is(err, errFarBehind) {
			return err
		}
	}
}

// made writes all rows anew, and what is late where rows are answered from
// already.
func (x *Index) made(ctx context.Context) (*snapshot, error) {
	seq, last, err := x.newestChange(ctx)
	if err != nil {
		return nil, err
	}
	m, err := x.built(ctx, seq, last)
	if err != nil {
		return nil, fmt.Errorf("make the index: %w", err)
	}
	return &snapshot{seq: seq, layers: []layer{{segment: newSegment(m)}}}, nil
}

func (x *Index) built(ctx context.Context, seq int64, last string) (*mapped, error) {
	if x.options.File == "" {
		return buildHeap(x.everything(ctx), x.options.Encode, seq, last)
	}
	m, err := buildRows(x.options.File, x.everything(ctx), seq, last)
	if err != nil || x.now.Load() == nil {
		return m, err
	}
	whole, err := completeFile(x.options.File, newSegment(m), x.everything(ctx), x.options.Encode)
	return whole, errors.Join(err, m.close())
}

func (x *Index) everything(ctx context.Context) iter.Seq2[geo.Incident, error] {
	return x.store.Query(ctx, geo.Query{Order: geo.AsKept})
}

// complete makes what is late of the rows that are answered from.
func (x *Index) complete(ctx context.Context) error {
	snap := x.now.Load()
	if snap == nil || snap.layers[0].c.Whole {
		return nil
	}
	rows := snap.layers[0].segment
	m, err := completeFile(x.options.File, rows, x.everything(ctx), x.options.Encode)
	if err != nil {
		return fmt.Errorf("complete the index: %w", err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	fresh := *x.now.Load()
	fresh.layers = slices.Clone(fresh.layers)
	fresh.layers[0].segment = newSegment(m)
	x.publish(&fresh)
	return nil
}
