package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"dateline/geo/index"
	"dateline/geo/sqlite"
	"dateline/web"
)

// makeIndex makes a database's index anew beside it, and says how long it took
// and how much memory.
func makeIndex(ctx context.Context, db string) error {
	store, err := sqlite.Open(ctx, db, time.Now)
	if err != nil {
		return err
	}
	defer store.Close()
	name := db + ".index"
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	most := watchMemory()
	began := time.Now()
	x, err := index.Open(ctx, store, index.Options{File: name, Encode: web.EncodeFeature})
	if err != nil {
		return err
	}
	<-x.Ready()
	took, rows := time.Since(began), most()
	<-x.Whole()
	whole := time.Since(began)
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("no index was made: %w", err)
	}
	fmt.Printf("tiles answer after %.1f s, at most %d MB anonymous; words and features too after %.1f s, at most %d MB; %d MB file\n",
		took.Seconds(), rows>>10, whole.Seconds(), most()>>10, info.Size()/1e6)
	return x.Close()
}

// watchMemory gives what tells the most anonymous memory, in kB, that this
// process has had since.
func watchMemory() func() int64 {
	var most atomic.Int64
	go func() {
		for range time.Tick(20 * time.Millisecond) {
			most.Store(max(most.Load(), anonymous()))
		}
	}()
	return most.Load
}

// anonymous memory of this process in kB; 0 where the system does not tell.
func anonymous() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	kB, _ := strconv.ParseInt(strings.TrimSpace(strings.SplitN(rest, "kB", 2)[0]), 10, 64)
	return kB
}
