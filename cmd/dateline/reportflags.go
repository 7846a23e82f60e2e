package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dateline/geo"
	"dateline/geo/document"
)

// reportFlags say what the text alone does not.
type reportFlags struct {
	Published string   `help:"Day of publication, YYYY-MM-DD; without it relative days stay unresolved." placeholder:"DAY"`
	Publisher string   `help:"Who published the report." placeholder:"NAME"`
	Author    string   `help:"Who wrote the report." placeholder:"NAME"`
	URL       string   `help:"Where the report stands." name:"url" placeholder:"URL"`
	Title     string   `help:"Headline of the report." placeholder:"TEXT"`
	Country   string   `help:"Country that the report looks at, ISO 3166 two letters." placeholder:"XX"`
	Home      string   `help:"Home place of the outlet." placeholder:"PLACE"`
	Files     []string `arg:"" optional:"" name:"file" help:"Texts, web pages (.html), mails (.eml), Markdown (.md), feeds (.rss, .atom, .xml) or lists of an address, a tab and a file (.urls); - or none is standard input." type:"path"`
}

// Validate is called by kong before the command runs.
func (f *reportFlags) Validate() error {
	probe := geo.Report{Text: "x", Published: geo.Day(f.Published), Author: f.Author, Publisher: f.Publisher, URL: f.URL, Title: f.Title, Country: f.Country, Home: f.Home}
	var field *geo.FieldError
	if err := probe.Check(); errors.As(err, &field) {
		return fmt.Errorf("--%s: %s", field.Field, field.Reason)
	}
	return nil
}

// reports calls use for each report of each file: a text, a web page, a mail,
// Markdown, each item of a feed, each file of a list of addresses. What fails is
// reported to stderr and the rest go on; the error then counts it.
func (f *reportFlags) reports(a *app, use func(geo.Report) error) error {
	files := f.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	failed, all := 0, 0
	fail := func(name string, err error) {
		failed++
		fmt.Fprintf(a.stderr, "dateline: error: %s: %v\n", name, err)
	}
	for _, name := range files {
		err := f.each(a, name, func(name string, r geo.Report, err error) {
			all++
			if err == nil {
				err = use(f.over(r))
			}
			if err != nil {
				fail(name, err)
			}
		})
		if err != nil {
			all++
			fail(name, err)
		}
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d reports failed", failed, all)
	}
	return nil
}

// each yields the reports of a file.
func (f *reportFlags) each(a *app, name string, yield func(string, geo.Report, error)) error {
	if strings.HasSuffix(strings.ToLower(name), listExtension) {
		return eachListed(name, yield)
	}
	r := io.Reader(a.stdin)
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		r = file
	}
	reports, err := document.Read(strings.TrimPrefix(name, "-"), "", r)
	if err != nil {
		return err
	}
	for k, report := range reports {
		label := name
		if len(reports) > 1 {
			label = fmt.Sprintf("%s, item %d", name, k+1)
		}
		yield(label, report, nil)
	}
	return nil
}

// listExtension is that of a list of addresses with the files that hold them.
const listExtension = ".urls"

// eachListed yields the reports of the files that a list names: a line is an
// address, a tab and a file, from the list's folder on. Nothing is fetched.
func eachListed(list string, yield func(string, geo.Report, error)) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		label := fmt.Sprintf("%s, line %d", list, n+1)
		address, name, ok := strings.Cut(line, "\t")
		if !ok {
			yield(label, geo.Report{}, errors.New("want an address, a tab and the file that it was saved to: nothing is fetched"))
			continue
		}
		file, err := os.Open(filepath.Join(filepath.Dir(list), filepath.FromSlash(strings.TrimSpace(name))))
		if err != nil {
			yield(label, geo.Report{}, err)
			continue
		}
		reports, err := document.Read(name, "", file)
		file.Close()
		if err != nil {
			yield(label, geo.Report{}, err)
		}
		for _, r := range reports {
			if len(reports) == 1 || r.URL == "" { // an item of a feed has its own
				r.URL = strings.TrimSpace(address)
			}
			yield(label, r, nil)
		}
	}
	return nil
}

// over lays what the flags say over what the file says of itself.
func (f *reportFlags) over(r geo.Report) geo.Report {
	r.Title, r.Publisher, r.URL = cmp.Or(f.Title, r.Title), cmp.Or(f.Publisher, r.Publisher), cmp.Or(f.URL, r.URL)
	r.Author, r.Published = cmp.Or(f.Author, r.Author), cmp.Or(geo.Day(f.Published), r.Published)
	r.Country, r.Home = f.Country, f.Home
	return r
}
