package source

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sort"

	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
)

// blocks are the blocks of an extract and what each holds, so that a pass reads
// its own alone.
type blocks struct {
	file  io.ReaderAt
	at    []int64 // where each begins, and the end of the file
	holds []rank
}

// rank says which features a block has.
type rank uint8

const (
	hasNodes rank = 1 << iota
	hasWays
	hasRelations
)

// sortedFeature is the header's optional feature that says that nodes stand
// before ways and these before relations.
const sortedFeature = "Sort.Type_then_ID"

func readBlocks(ctx context.Context, file io.ReaderAt, size int64) (*blocks, error) {
	at, err := checkFrames(file, size)
	if err != nil {
		return nil, err
	}
	b := &blocks{file: file, at: at, holds: make([]rank, len(at)-1)}
	scanner := osmpbf.New(ctx, io.NewSectionReader(file, 0, at[1]), 1)
	header, err := scanner.Header()
	if closing := scanner.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, fmt.Errorf("block 1 at byte 0: %w", err)
	}
	if slices.Contains(header.OptionalFeatures, sortedFeature) {
		return b, b.bisect()
	}
	for k := 1; k < len(b.holds); k++ {
		if b.holds[k], err = b.rank(k); err != nil {
			return nil, fmt.Errorf("block %d at byte %d: %w", k+1, at[k], err)
		}
	}
	return b, ctx.Err()
}

// bisect finds where ways and relations begin in a sorted file. The block before
// may hold some too.
func (b *blocks) bisect() (err error) {
	first := func(of rank) int {
		return 1 + sort.Search(len(b.holds)-1, func(k int) bool {
			r, fault := b.rank(k + 1)
			err = errors.Join(err, fault)
			return r >= of
		})
	}
	ways, relations := first(hasWays), first(hasRelations)
	for k := 1; k < len(b.holds); k++ {
		switch {
		case k >= relations:
			b.holds[k] = hasRelations
		case k >= ways:
			b.holds[k] = hasWays
		default:
			b.holds[k] = hasNodes
		}
		if k+1 == relations || k+1 == ways {
			b.holds[k] = hasNodes | hasWays | hasRelations
		}
	}
	return err
}

// rank looks into a block, without taking its features apart.
func (b *blocks) rank(k int) (rank, error) {
	data := make([]byte, b.at[k+1]-b.at[k])
	if err := readAt(b.file, b.at[k], data); err != nil {
		return 0, err
	}
	data = data[4+binary.BigEndian.Uint32(data):]
	for len(data) > 0 {
		field, _, content, rest, err := protoField(data)
		if err != nil {
			return 0, err
		}
		data = rest
		switch field {
		case 1:
			return rankOf(content)
		case 3:
			return inflatedRank(content)
		}
	}
	return 0, nil
}

func inflatedRank(compressed []byte) (rank, error) {
	z, err := zlib.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return 0, err
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxBlock+1))
	if err != nil {
		return 0, err
	}
	if len(raw) > maxBlock {
		return 0, fmt.Errorf("it holds over %d bytes", maxBlock)
	}
	return rankOf(raw)
}

// rankOf reads which kinds of features the groups of a block have: field 2, in
// which 1 and 2 are nodes, 3 ways and 4 relations.
func rankOf(raw []byte) (r rank, err error) {
	for len(raw) > 0 {
		field, _, group, rest, err := protoField(raw)
		if err != nil {
			return 0, err
		}
		raw = rest
		if field != 2 || len(group) == 0 {
			continue
		}
		switch group[0] >> 3 {
		case 1, 2:
			r |= hasNodes
		case 3:
			r |= hasWays
		case 4:
			r |= hasRelations
		}
	}
	return r, nil
}

// part reads the header and the blocks that have features of a kind.
func (b *blocks) part(of rank) (r io.Reader, size int64) {
	parts := []io.Reader{io.NewSectionReader(b.file, 0, b.at[1])}
	for k := 1; k < len(b.holds); k++ {
		if b.holds[k]&of == 0 {
			continue
		}
		from := k
		for k+1 < len(b.holds) && b.holds[k+1]&of != 0 {
			k++
		}
		parts = append(parts, io.NewSectionReader(b.file, b.at[from], b.at[k+1]-b.at[from]))
		size += b.at[k+1] - b.at[from]
	}
	return io.MultiReader(parts...), size
}

// scan runs a pass over the features of a kind.
func (x *extract) scan(of rank, set func(*osmpbf.Scanner), use func(osm.Object) error) error {
	part, size := x.blocks.part(of)
	scanner := osmpbf.New(x.ctx, part, runtime.GOMAXPROCS(0))
	defer scanner.Close()
	scanner.SkipNodes, scanner.SkipWays, scanner.SkipRelations = of != hasNodes, of != hasWays, of != hasRelations
	set(scanner)
	for n := 0; scanner.Scan(); n++ {
		if err := use(scanner.Object()); err != nil {
			return err
		}
		if n%4096 == 0 {
			x.tick(x.done + scanner.FullyScannedBytes())
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("block after byte %d of those with such features: %w", scanner.FullyScannedBytes(), err)
	}
	x.done += size
	x.tick(x.done)
	return x.ctx.Err()
}
