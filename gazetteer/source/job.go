package source

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"dateline/gazetteer"
	"dateline/gazetteer/spill"
)

// Job builds an index from files: several at once, joined, in bounded memory.
// Of a place that several give the first file's row counts, and all names.
type Job struct {
	Files    []JobFile
	Out      string               // index file to write
	Title    string               // of the index
	Scratch  string               // folder of scratch files; "" is that of Out
	Memory   int                  // bytes for sorting; 0 is DefaultMemory
	Base     *gazetteer.Gazetteer // tells countries and divisions of rows that lack them; may be nil
	Progress func(step string, done, total int64)
}

// JobFile is an input of a job.
type JobFile struct {
	Input Input
	Path  string
}

// DefaultMemory is what a job's sorters keep in memory.
const DefaultMemory = 512 << 20

// tightGC is how much garbage, in percent of what lives, a build lets pile up.
const tightGC = 25

// maxInputs is what a byte holds.
const maxInputs = 250

// Result of a job.
type Result struct {
	Read   int64 // places in the inputs
	Joined int64 // of them rows of a place that another row has
	Places int64 // in the index
	Stray  int64 // names and parents of places that no input has
}

// Run builds the index and puts it in place when it is whole. An error names the
// file and the line, block or place; nothing is written then.
func (j Job) Run(ctx context.Context) (Result, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(tightGC)) // arenas are large: twice as much is too much
	if len(j.Files) == 0 || len(j.Files) > maxInputs {
		return Result{}, fmt.Errorf("a gazetteer is built from 1 to %d files, not %d", maxInputs, len(j.Files))
	}
	if j.Memory == 0 {
		j.Memory = DefaultMemory
	}
	if j.Scratch == "" {
		j.Scratch = filepath.Dir(j.Out)
	}
	g := newGather(ctx, j)
	defer g.close()
	for k, f := range j.Files {
		if err := g.read(k, f); err != nil {
			return g.result, fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	if err := g.checkCodes(); err != nil {
		return g.result, err
	}
	if err := g.byPlace(); err != nil {
		return g.result, err
	}
	if err := g.rows.Close(); err != nil {
		return g.result, err
	}
	debug.FreeOSMemory() // the sorter's arena, before the builder makes its own
	return g.result, g.write()
}

// write makes the index of what was gathered.
func (g *gather) write() error {
	meta := gazetteer.Meta{Title: g.job.Title}
	for k, f := range g.job.Files {
		meta.Sources = append(meta.Sources, gazetteer.SourceInfo{
			Name: filepath.Base(f.Path), What: f.Input.What, Licence: licences[f.Input.Name], SHA256: fmt.Sprintf("%x", g.sums[k]),
		})
	}
	b, err := gazetteer.NewBuilder(meta, gazetteer.Scratch{Dir: g.job.Scratch, Memory: g.job.Memory})
	if err != nil {
		return err
	}
	defer b.Close()
	if err := g.build(b); err != nil {
		return err
	}
	g.job.Progress("writing", 0, 1)
	part := filepath.Join(filepath.Dir(g.job.Out), "."+filepath.Base(g.job.Out)+".part")
	f, err := os.Create(part)
	if err != nil {
		return err
	}
	_, err = b.WriteTo(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	g.job.Progress("writing", 1, 1)
	return os.Rename(part, g.job.Out)
}

// licences of what each input usually is; own files have their owner's.
var licences = map[string]string{
	"geonames": "CC BY 4.0, GeoNames", "alternate-names": "CC BY 4.0, GeoNames", "admin-codes": "CC BY 4.0, GeoNames", "hierarchy": "CC BY 4.0, GeoNames",
	"feature-codes": "CC BY 4.0, GeoNames", "osm": "ODbL, OpenStreetMap contributors", "events": "CC BY 4.0, UCDP; others their own terms",
}

// gather collects the rows of all inputs.
type gather struct {
	ctx     context.Context
	job     Job
	result  Result
	input   int
	basis   string
	sums    [][sha256.Size]byte
	rows    *spill.Sorter // by id: rows, names, parents
	placed  *spill.Sorter // by cell and id
	codes   map[string]bool
	known   map[string]bool // feature codes that there are
	units   map[string]*unit
	named   map[string]string // division "CC.01" -> name
	homes   map[string]string // code of a country -> id of its row
	buffer  []byte
	sources map[string]bool
}

// unit is a division: where its places lie, and its row's id.
type unit struct {
	id                       string
	west, south, east, north float64
	places                   int
}

func newGather(ctx context.Context, j Job) *gather {
	if j.Progress == nil {
		j.Progress = func(string, int64, int64) {}
	}
	return &gather{
		ctx: ctx, job: j, rows: spill.New(j.Scratch, j.Memory/2), placed: spill.New(j.Scratch, j.Memory/2),
		codes: map[string]bool{}, known: map[string]bool{}, units: map[string]*unit{}, named: map[string]string{}, homes: map[string]string{}, sources: map[string]bool{},
	}
}

func (g *gather) close() {
	_ = g.rows.Close() // scratch files
	_ = g.placed.Close()
}

func (g *gather) read(k int, f JobFile) error {
	step := "reading " + filepath.Base(f.Path)
	in, err := openInput(g.ctx, f.Path, nil)
	if err != nil {
		return err
	}
	defer in.file.Close()
	in.tick = func(done int64) { g.job.Progress(step, min(done, in.size), in.size) }
	sum := sha256.New()
	if _, err := io.Copy(sum, in.file); err != nil {
		return err
	}
	if _, err := in.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	g.sums = append(g.sums, [sha256.Size]byte(sum.Sum(nil)))
	g.input, g.basis = k, "package:"+f.Input.Name+"@"+filepath.Base(f.Path)
	g.sources[f.Input.Name] = true
	if err := f.Input.read(in, g); err != nil {
		return err
	}
	g.job.Progress(step, in.size, in.size)
	return nil
}

// The kinds of rows behind an id.
const (
	rowPlace = iota
	rowName
	rowParent
)

func (g *gather) add(id string, kind byte, payload func([]byte) []byte) error {
	g.buffer = append(append(g.buffer[:0], id...), 0, kind, byte(g.input))
	g.buffer = payload(g.buffer)
	return g.rows.Add(g.buffer)
}

func (g *gather) place(p placeRow) error {
	if math.Abs(p.Point.Lon()) > 180 || math.Abs(p.Point.Lat()) > 90 {
		return fmt.Errorf("place %s: lon %v, lat %v is no place on the Earth", p.ID, p.Point.Lon(), p.Point.Lat())
	}
	g.result.Read++
	p.input = g.input
	if p.Basis == "" {
		p.Basis = g.basis
	}
	return g.add(p.ID, rowPlace, p.append)
}

func (g *gather) name(id string, n gazetteer.Name) error {
	return g.add(id, rowName, func(b []byte) []byte { return append(append(b, byte(n.Kind)), n.Text...) })
}

func (g *gather) parent(child, parent string) error {
	return g.add(child, rowParent, func(b []byte) []byte { return append(b, parent...) })
}

func (g *gather) division(code, name string) error {
	if len(code) > 3 && !strings.Contains(code[3:], ".") { // the names of others come with their rows
		g.named[code] = name
	}
	return nil
}

func (g *gather) featureCode(code string) {
	if len(code) > 0 && code[0] == '+' {
		g.known[code[1:]] = true
	} else if len(code) > 2 {
		g.codes[code] = true
	}
}

// checkCodes refuses feature codes that the table of them does not have.
func (g *gather) checkCodes() error {
	if len(g.known) == 0 {
		return nil
	}
	for code := range g.codes {
		if !g.known[code] {
			return fmt.Errorf("the dump has the feature code %s, which the table of feature codes does not have", code)
		}
	}
	return nil
}

func (g *gather) country(iso string) (string, bool) {
	if g.job.Base == nil {
		return "", false
	}
	name, ok := g.job.Base.CountryNames()[iso]
	return name, ok
}

// countryNamed gives the code of a country by any of its names; "" where the
// gazetteer below does not know it.
func (g *gather) countryNamed(name string) string {
	if len(name) == 2 {
		return name
	}
	if g.job.Base == nil || name == "" {
		return ""
	}
	for _, m := range g.job.Base.Lookup(name) {
		if m.Precision() == gazetteer.Country {
			return m.Country
		}
	}
	return ""
}

// holder finds the place of a name that is nearest to a row.
func (g *gather) holder(name string, near *placeRow) (best gazetteer.Place, ok bool) {
	if g.job.Base == nil {
		return best, false
	}
	least := math.Inf(1)
	for _, m := range g.job.Base.Lookup(name) {
		if d := gazetteer.DistanceM(m.Point, near.Point) - m.RadiusM; d < least {
			best, least = m.Place, d
		}
	}
	return best, least < maxHolderM
}

// maxHolderM is how far outside a place may be that a row names as its parent.
const maxHolderM = 100_000
