// Command bench loads made incidents into a database and serves bytes to compare
// with: what make bench-million measures by.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"dateline/geo/sqlite"
)

const usage = `usage: bench load FILE.csv DB      the rows of gen_incidents.py into a database
       bench prepare DB            what the database itself needs to filter fast
       bench index DB              its index made anew, with time and memory
       bench add DB ID             one more incident, at 0.5 east, 0.5 north
       bench bytes ADDR FILE...    serve each file at /0, /1, ... with net/http`

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench: error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 3 && args[0] == "load":
		return load(ctx, args[1], args[2])
	case len(args) == 2 && args[0] == "prepare":
		store, err := sqlite.Open(ctx, args[1], time.Now)
		if err != nil {
			return err
		}
		defer store.Close()
		return store.Prepare(ctx)
	case len(args) == 2 && args[0] == "index":
		return makeIndex(ctx, args[1])
	case len(args) == 3 && args[0] == "add":
		return add(ctx, args[1], args[2])
	case len(args) >= 3 && args[0] == "bytes":
		return serveBytes(args[1], args[2:])
	}
	return fmt.Errorf("%s", usage)
}
