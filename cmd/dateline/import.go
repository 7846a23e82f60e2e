package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
	"dateline/geo/ingest"
	"dateline/geo/table"
)

type importCommand struct {
	Map    string   `help:"File of lines \"field = column\" \"type WORD = code\" and \"days = day first\" (or month first), laid over what is guessed." placeholder:"FILE" type:"existingfile"`
	DryRun bool     `help:"Show what each column is taken for and the first incidents; keep nothing."`
	Status string   `help:"Status of new incidents: draft, reviewed or published; reviewed where not given, and in an export of ours as it says." enum:",draft,reviewed,published" default:""`
	Origin string   `help:"Name of the data set; the file's name where it is not one that is known." placeholder:"NAME"`
	Files  []string `arg:"" help:"Files whose endings say what they are: ${read}. Exports of UCDP GED, ACLED, GDELT 2.0, TimeMap, HXL and our own are recognised; of others the columns are guessed." type:"existingfile"`
}

// Run imports each file; rows that can't be taken go to FILE.rejects.csv, with
// why and as they stood.
func (c *importCommand) Run(a *app) error {
	g, err := a.gazetteer()
	if err != nil {
		return err
	}
	parser, err := a.parser(g)
	if err != nil {
		return err
	}
	service := &ingest.Service{}
	if !c.DryRun {
		if service.Store, err = a.store(); err != nil {
			return err
		}
	}
	failed := 0
	for _, name := range c.Files {
		if err := c.file(a, service, parser, name); err != nil {
			if a.ctx.Err() != nil {
				return fmt.Errorf("%s: broken off: %w; what is kept stays, start it again to go on", name, a.ctx.Err())
			}
			failed++
			fmt.Fprintf(a.stderr, "dateline: error: %s: %v\n", name, err)
		}
	}
	if err := c.prepare(a, service.Store); err != nil {
		return fmt.Errorf("prepare the filters: %w", err)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files failed", failed, len(c.Files))
	}
	return nil
}

// preparedHere is up to how many new incidents an import makes the database's
// tables of filters itself, at about 5,000 a second; of more dateline serve does,
// beside its work: map, pages, tiles and exports do not wait for them.
const preparedHere = 25_000

func (c *importCommand) prepare(a *app, store geo.Store) error {
	bulk, ok := store.(geo.BulkSaver)
	if !ok || a.ctx.Err() != nil {
		return nil
	}
	behind, err := bulk.Behind(a.ctx)
	if err != nil || behind == 0 {
		return err
	}
	if behind > preparedHere {
		a.log.Info("the database's own tables of filters are left to dateline serve", "incidents", behind)
		return nil
	}
	return bulk.Prepare(a.ctx)
}

func (c *importCommand) file(a *app, service *ingest.Service, locator ingest.Locator, name string) error {
	t, err := table.Open(name)
	if err != nil {
		return err
	}
	defer t.Close()
	m := table.Guess(t.Header)
	if c.Map != "" {
		lines, err := os.ReadFile(c.Map)
		if err != nil {
			return err
		}
		if err := m.Apply(string(lines), t.Header); err != nil {
			return fmt.Errorf("--map %s: %w", c.Map, err)
		}
	}
	fmt.Fprintf(a.stderr, "%s: columns taken\n%s", name, indented(m.String(t.Header)))
	if len(m.Column) == 0 && !m.Own() {
		return geo.Invalid("header", "no column is known: %s; name them with --map", strings.Join(t.Header, ", "))
	}
	rejects := &rejectsFile{name: name + ".rejects.csv", source: name, column: func(field string) string { return m.ColumnOf(field, t.Header) }}
	defer rejects.close()
	shown := 0
	options := ingest.ImportOptions{
		Origin: c.Origin, Status: geo.Status(c.Status), Locator: locator, DryRun: c.DryRun,
		By: ingest.By{Name: "dateline import", Why: "imported from " + t.Name}, Reject: rejects.add,
		Done: rowProgress(a.stderr, t.Share, time.Now),
	}
	if options.Origin == "" {
		options.Origin = t.Name
	}
	if c.DryRun {
		options.Reject = func(r ingest.Reject) error {
			fmt.Fprintf(a.stderr, "row %d: %v\n", r.Row.Number, r.Err)
			return nil
		}
		options.Each = func(i geo.Incident) error {
			if shown++; shown <= 5 {
				fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\n", i.ID, i.Type, i.When.Start, i.Title)
			}
			return nil
		}
	}
	done, err := service.Import(a.ctx, t.Rows, m, options)
	fmt.Fprintln(a.stderr)
	if err != nil {
		return err
	}
	if err := rejects.close(); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s: %d rows: %d added, %d updated, %d as they were, %d rejected; %d without a place\n",
		name, done.Rows, done.Added, done.Updated, done.Same, done.Rejected, done.Unlocated)
	if done.Rejected > 0 && !c.DryRun {
		return fmt.Errorf("%d rows were not taken: see %s", done.Rejected, rejects.name)
	}
	return nil
}

func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
}

// rowProgress prints, on a line that is written over, how far a file is, how
// many rows a second go in and how long the rest will take. Rows that are read
// and not yet kept count half.
func rowProgress(w io.Writer, share func(rows int) float64, now func() time.Time) func(ingest.Progress) {
	began := now()
	return func(p ingest.Progress) {
		took, half := now().Sub(began), float64(p.Read+p.Kept)/2
		done, left := share(p.Read)*half/max(float64(p.Read), 1), "unknown time"
		if done > 0 {
			left = time.Duration(float64(took) * (1 - done) / done).Round(time.Second).String()
		}
		const width = 30
		bar := strings.Repeat("#", int(width*done)) + strings.Repeat(".", width-int(width*done))
		fmt.Fprintf(w, "\r[%s] %3.0f%%  %d rows, %.0f a second, %s left   ", bar, 100*done, p.Read, half/max(took.Seconds(), 0.001), left)
	}
}

// rejectsFile is made when the first row is rejected.
type rejectsFile struct {
	name, source string
	column       func(field string) string // of the file, for a field of ours
	file         *os.File
	out          *csv.Writer
}

func (r *rejectsFile) add(bad ingest.Reject) error {
	if r.file == nil {
		file, err := os.Create(r.name)
		if err != nil {
			return err
		}
		r.file, r.out = file, csv.NewWriter(file)
		if err := r.out.Write([]string{"file", "row", "column", "why", "line"}); err != nil {
			return err
		}
	}
	column := ""
	var field *geo.FieldError
	if errors.As(bad.Err, &field) {
		column = r.column(field.Field)
	}
	return r.out.Write([]string{r.source, strconv.Itoa(bad.Row.Number), column, bad.Err.Error(), bad.Row.Raw})
}

func (r *rejectsFile) close() error {
	if r.file == nil {
		return nil
	}
	r.out.Flush()
	err := errors.Join(r.out.Error(), r.file.Close())
	r.file = nil
	return err
}
