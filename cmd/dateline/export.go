package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/query"
	"dateline/geo/report"
)

type exportCommand struct {
	Filter string `help:"Which incidents, in the words of the API: \"type=air-strike,shelling&datetime=2024-01-01/..\"." placeholder:"QUERY"`
	Areas  bool   `help:"Write the circle or polygon that holds each incident, not its point."`
	Drafts bool   `help:"Write drafts and reviewed incidents too, not only published ones, with names of private persons."`
	Format string `help:"Name of the format, where the file's ending does not say it: ${formats}." placeholder:"NAME"`
	File   string `arg:"" help:"File to write; its ending chooses the format: ${written}." type:"path"`
}

// Run writes the incidents under the filter to a file, or not at all.
func (c *exportCommand) Run(a *app) error {
	f, ok := format.ByFile(c.File)
	if c.Format != "" {
		f, ok = format.ByName(c.Format)
	}
	if !ok || f.Write == nil {
		return usageError{fmt.Errorf("%s: no format to write has this ending; there are %s", c.File, strings.Join(format.WriterNames(), ", "))}
	}
	params, err := url.ParseQuery(c.Filter)
	if err != nil {
		return usageError{fmt.Errorf("--filter: %w", err)}
	}
	request, err := query.Parse(params)
	if err != nil {
		return usageError{fmt.Errorf("--filter: %w", err)}
	}
	request.Filter = report.WithAliases(request.Filter)
	if request.Properties != nil && !format.Selects(f.Name) {
		return usageError{fmt.Errorf("--filter: %s comes with all properties", f.Label)}
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	options := format.Options{Shape: format.Incidents, Only: request.Properties}
	if c.Areas {
		options.Shape = format.Areas
	}
	asked := geo.Query{Filter: c.narrowed(request.Filter, params), Sort: request.Sort}
	switch {
	case format.Sorts(f.Name):
		asked.Order, asked.Sort = geo.AsKept, nil
	case format.Unordered(f.Name) && len(asked.Sort) == 0:
		asked.Order = geo.AsKept
	}
	n := 0
	incidents := func(yield func(geo.Incident, error) bool) {
		for i, err := range store.Query(a.ctx, asked) {
			if !c.Drafts {
				i = geo.Redact(i)
			}
			n++
			if !yield(i, err) {
				return
			}
		}
	}
	if err := writeFile(c.File, func(file *os.File) error { return f.Write(file, incidents, options) }); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	fmt.Fprintf(a.stderr, "dateline: %d incidents in %s\n", n, c.File)
	return nil
}

func (c *exportCommand) narrowed(f geo.Filter, params url.Values) geo.Filter {
	if !c.Drafts {
		f = f.And(geo.Compare{Field: "status", Op: geo.Eq, Value: string(geo.Published)})
	}
	if !params.Has("weak") {
		f = f.And(geo.Compare{Field: "weak", Op: geo.Eq, Value: false})
	}
	if !params.Has("status") {
		f = f.And(geo.Not{Expr: geo.Compare{Field: "status", Op: geo.Eq, Value: string(geo.Retracted)}})
	}
	return f
}

// writeFile writes beside the file and puts it in place when it is whole.
func writeFile(name string, write func(*os.File) error) error {
	part, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	if err := write(part); err != nil {
		part.Close()
		return err
	}
	if err := part.Sync(); err != nil {
		part.Close()
		return err
	}
	if err := part.Close(); err != nil {
		return err
	}
	if err := os.Chmod(part.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(part.Name(), name)
}
