package ingest

import "time"

// progressEvery is how often an import tells how far it is.
const progressEvery = time.Second

// Progress is how far an import is.
type Progress struct {
	Read int // rows that were read of the table
	Kept int // those of them that are done with: kept or rejected
}

// teller tells progress by the clock, also while a batch is waited for.
type teller struct {
	tell func(Progress) // may be nil
	now  Progress
	last time.Time
}

func newTeller(tell func(Progress)) teller { return teller{tell: tell, last: time.Now()} }

// read counts a row, and tells where it is time to.
func (t *teller) read() {
	if t.now.Read++; t.tell != nil && time.Since(t.last) >= progressEvery {
		t.say()
	}
}

// kept counts the rows that are done with, and tells.
func (t *teller) kept(rows int) {
	t.now.Kept = rows
	t.say()
}

func (t *teller) say() {
	if t.tell != nil {
		t.tell(t.now)
		t.last = time.Now()
	}
}

// await waits for a batch and tells meanwhile.
func (t *teller) await(batch <-chan keptBatch) keptBatch {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case b := <-batch:
			return b
		case <-tick.C:
			t.say()
		}
	}
}
