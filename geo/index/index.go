package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"dateline/geo"
)

// Store is what the index reads.
type Store interface {
	geo.Store
	geo.Sequencer
}

// Options of an index. Encode is required.
type Options struct {
	File   string // where the rows are kept; on the heap where empty
	Encode Encode
	Log    *slog.Logger // nil: nothing is logged
	Beside int          // so many rows stand beside the file before it is written again; 20,000 where 0
}

// Index answers from rows. Make it with Open; all methods may be called from
// many goroutines.
type Index struct {
	store   Store
	options Options

	now      atomic.Pointer[snapshot]
	looked   atomic.Int64 // when the store was last asked for changes, Unix nanoseconds
	commits  atomic.Uint64
	mu       sync.Mutex // one at a time brings it up to date
	ready    chan struct{}
	whole    chan struct{}
	failed   error           // why it will never be ready, once ready is closed
	working  context.Context // ends with Close
	stop     context.CancelFunc
	work     sync.WaitGroup
	remaking atomic.Bool
	old      []*mapped // files that are no longer asked, unmapped at the end
}

// ErrNotReady is the answer while the rows are made for the first time, and to
// what asks for words or texts until the index is whole.
var ErrNotReady = errors.New("the index is being made")

// errFarBehind is a snapshot that is better made again than brought up to date.
var errFarBehind = errors.New("too many changes to read in")

// Limits of what is read in at once.
const (
	quickRows = 5_000                 // so many changes are read in before Open returns
	lookEvery = 50 * time.Millisecond // how old the answer may be to a change by another process
)

// Open opens the index of a store. Where its file serves, it is ready at once;
// otherwise it is made in the background, which Ready tells, and at once where
// the store is small. Of many incidents the rows are made first: map, counts and
// most filters are answered from them while words and features are made, which
// Whole tells.
func Open(ctx context.Context, store Store, o Options) (*Index, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Beside == 0 {
		o.Beside = 20_000
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	x := &Index{store: store, options: o, ready: make(chan struct{}), whole: make(chan struct{}), working: work, stop: stop}
	last, err := store.LastSeq(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	if snap := x.fromFile(ctx); snap != nil {
		x.publish(snap)
		close(x.ready)
	} else if last <= quickRows {
		defer close(x.ready)
		if err := x.make(ctx); err != nil {
			stop()
			return nil, err
		}
	}
	if snap := x.now.Load(); snap != nil && (last <= quickRows || snap.layers[0].c.Whole) {
		defer close(x.whole)
		if err := x.complete(ctx); err != nil {
			stop()
			return nil, err
		}
		return x, nil
	}
	x.remaking.Store(true)
	x.work.Go(x.begin)
	return x, nil
}

// begin makes what Open did not find: the rows, and what is late.
func (x *Index) begin() {
	defer x.remaking.Store(false)
	defer close(x.whole)
	began := time.Now()
	took := func() time.Duration { return time.Since(began).Round(time.Millisecond) }
	if x.now.Load() == nil {
		err := x.make(x.working)
		x.failed = err
		close(x.ready)
		if err != nil {
			if x.working.Err() == nil {
				x.options.Log.Error("the index could not be made; answers come from the database", "error", err)
			}
			return
		}
		x.options.Log.Info("index made", "rows", x.now.Load().rows(), "took", took())
	}
	if err := x.complete(x.working); err != nil {
		if x.working.Err() == nil {
			x.options.Log.Error("words and features come from the database", "error", err)
		}
		return
	}
	x.options.Log.Info("index complete", "took", took())
}

// Ready is closed when the index can answer, or never will.
func (x *Index) Ready() <-chan struct{} { return x.ready }

// Whole is closed when the index has words and features too, or never will.
func (x *Index) Whole() <-chan struct{} { return x.whole }

// Close ends what is under way and unmaps the files. No answer may be in use.
func (x *Index) Close() error {
	x.stop()
	x.work.Wait()
	x.mu.Lock()
	defer x.mu.Unlock()
	var errs []error
	if snap := x.now.Swap(nil); snap != nil {
		for _, l := range snap.layers {
			errs = append(errs, l.close())
		}
	}
	for _, m := range x.old {
		errs = append(errs, m.close())
	}
	return errors.Join(errs...)
}

// fromFile opens the file and catches up with the store; nil where the file is
// not of this store, or so far behind that it is better made again.
func (x *Index) fromFile(ctx context.Context) *snapshot {
	if x.options.File == "" {
		return nil
	}
	m, err := openFile(x.options.File)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			x.options.Log.Info("the index's file is written again", "why", err)
		}
		return nil
	}
	snap := &snapshot{seq: m.c.Seq, layers: []layer{{segment: newSegment(m)}}}
	if err = x.belongs(ctx, m); err == nil {
		if snap, err = x.catchUp(ctx, snap); err == nil {
			err = x.sampled(ctx, snap)
		}
	}
	if err != nil {
		x.options.Log.Info("the index's file is written again", "why", err)
		_ = m.close()
		return nil
	}
	return snap
}

// belongs checks that the file's last change is the store's change of that number.
func (x *Index) belongs(ctx context.Context, m *mapped) error {
	if m.c.Seq == 0 {
		return nil
	}
	for c, err := range x.store.Changes(ctx, m.c.Seq-1) {
		if err != nil {
			return err
		}
		if c.Seq == m.c.Seq && lastOf(c) == m.c.Last {
			return nil
		}
		break
	}
	return fmt.Errorf("%w: of another store", errStale)
}

func lastOf(c geo.Change) string { return c.Incident.ID + " " + c.At.UTC().Format(time.RFC3339Nano) }

// sampled checks of a few rows that their bytes are those that this program
// writes of the store's incidents.
func (x *Index) sampled(ctx context.Context, snap *snapshot) error {
	base := snap.layers[0]
	if !base.c.Whole {
		return nil
	}
	for k := range min(5, base.rows) {
		row := uint32(k * (base.rows - 1) / max(1, min(5, base.rows)-1))
		if base.dead.has(row) {
			continue
		}
		i, err := x.store.Incident(ctx, base.id(row))
		if err != nil {
			return err
		}
		want, err := x.options.Encode(&i)
		if err != nil {
			return err
		}
		if have, ok := base.feature(row); !ok || string(have) != string(want) {
			return fmt.Errorf("%w: incident %s is written otherwise", errStale, i.ID)
		}
	}
	return nil
}

// replace the snapshot by one that is made anew.
func (x *Index) replace(ctx context.Context, snap *snapshot) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	snap, err := x.catchUp(ctx, snap)
	if err == nil {
		x.publish(snap)
	}
	return err
}

func (x *Index) publish(snap *snapshot) {
	if before := x.now.Swap(snap); before != nil {
		for _, l := range before.layers {
			if !slices.ContainsFunc(snap.layers, func(n layer) bool { return n.segment == l.segment }) {
				x.old = append(x.old, l.mapped) // somebody may be reading it
			}
		}
	}
	x.looked.Store(time.Now().UnixNano())
}

func (x *Index) newestChange(ctx context.Context) (seq int64, last string, err error) {
	if seq, err = x.store.LastSeq(ctx); err != nil || seq == 0 {
		return seq, "", err
	}
	for c, err := range x.store.Changes(ctx, seq-1) {
		if err != nil {
			return 0, "", err
		}
		return c.Seq, lastOf(c), nil
	}
	return seq, "", nil
}

// current is the newest snapshot, brought up to date where this process has
// written, or where the store was last asked a while ago.
func (x *Index) current(ctx context.Context) (*snapshot, error) {
	snap := x.now.Load()
	if snap == nil {
		select {
		case <-x.ready:
			if snap = x.now.Load(); snap == nil {
				return nil, errors.Join(ErrNotReady, x.failed)
			}
		default:
			return nil, ErrNotReady
		}
	}
	written := x.store.Commits() != x.commits.Load()
	switch {
	case written:
		x.mu.Lock()
	case time.Now().UnixNano()-x.looked.Load() < int64(lookEvery) || !x.mu.TryLock():
		return snap, nil
	}
	defer x.mu.Unlock()
	commits := x.store.Commits()
	snap, err := x.catchUp(ctx, x.now.Load())
	if errors.Is(err, errFarBehind) {
		x.remake()
		x.looked.Store(time.Now().UnixNano())
		return x.now.Load(), nil // as it stood before somebody's import
	}
	if err != nil {
		return nil, err
	}
	x.publish(snap)
	x.commits.Store(commits)
	if beside := snap.rows() - snap.layers[0].rows; beside > max(x.options.Beside, snap.layers[0].rows/8) {
		x.remake()
	}
	return snap, nil
}

// remake makes the rows again in the background.
func (x *Index) remake() {
	if !x.remaking.CompareAndSwap(false, true) {
		return
	}
	x.work.Go(func() {
		defer x.remaking.Store(false)
		if err := x.make(x.working); err != nil && x.working.Err() == nil {
			x.options.Log.Warn("the index could not be made again", "error", err)
		}
	})
}

func removeQuietly(name string) { _ = os.Remove(name) }
