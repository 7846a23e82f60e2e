package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"dateline/geo"
)

// reportFlags say what the text alone does not.
type reportFlags struct {
	Published string   `help:"Day of publication, YYYY-MM-DD; without it relative days stay unresolved." placeholder:"DAY"`
	Publisher string   `help:"Who published the report." placeholder:"NAME"`
	URL       string   `help:"Where the report stands." name:"url" placeholder:"URL"`
	Title     string   `help:"Headline of the report." placeholder:"TEXT"`
	Country   string   `help:"Country that the report looks at, ISO 3166 two letters." placeholder:"XX"`
	Home      string   `help:"Home place of the outlet." placeholder:"PLACE"`
	Files     []string `arg:"" optional:"" name:"file" help:"Text files; - or none is standard input." type:"path"`
}

// Validate is called by kong before the command runs.
func (f *reportFlags) Validate() error {
	probe := geo.Report{Text: "x", Published: geo.Day(f.Published), Publisher: f.Publisher, URL: f.URL, Title: f.Title, Country: f.Country, Home: f.Home}
	var field *geo.FieldError
	if err := probe.Check(); errors.As(err, &field) {
		return fmt.Errorf("--%s: %s", field.Field, field.Reason)
	}
	return nil
}

// reports calls use for each file's report. A file that fails is reported to
// stderr and the rest go on; the error then counts them.
func (f *reportFlags) reports(a *app, use func(geo.Report) error) error {
	files := f.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	failed := 0
	for _, name := range files {
		report, err := f.report(a, name)
		if err == nil {
			err = use(report)
		}
		if err != nil {
			failed++
			fmt.Fprintf(a.stderr, "dateline: error: %s: %v\n", name, err)
		}
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d reports failed", failed, len(files))
	}
	return nil
}

func (f *reportFlags) report(a *app, name string) (geo.Report, error) {
	r := io.Reader(a.stdin)
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return geo.Report{}, err
		}
		defer file.Close()
		r = file
	}
	text, err := geo.ReadText(r)
	if err != nil {
		return geo.Report{}, err
	}
	return geo.Report{
		Title: f.Title, Publisher: f.Publisher, URL: f.URL, Published: geo.Day(f.Published),
		Country: f.Country, Home: f.Home, Text: text,
	}, nil
}
