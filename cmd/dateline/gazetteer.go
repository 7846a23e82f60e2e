package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/source"
)

type gazetteerCommand struct {
	Lookup gazetteerLookupCommand `cmd:"" help:"Print what a name may mean, best first."`
	Info   gazetteerInfoCommand   `cmd:"" help:"Print what the gazetteer holds, where from and under which licences."`
	Build  gazetteerBuildCommand  `cmd:"" help:"Build the default gazetteer from its sources."`
}

type gazetteerLookupCommand struct {
	Name    []string `arg:"" optional:"" help:"A place, such as \"Palestine Street, Baghdad\" or \"10 km north of Mosul\"."`
	JSONL   bool     `help:"Lines of {\"q\", \"country\"?} in, {\"q\", \"answers\"} out." name:"jsonl"`
	Country string   `help:"Country to look in first, ISO 3166 two letters." placeholder:"XX"`
	Limit   int      `help:"Answers at most." default:"10"`
}

// Run prints one candidate a line: id, name, what it is, where, and how sure.
func (c *gazetteerLookupCommand) Run(a *app) error {
	g, err := a.gazetteer()
	if err != nil {
		return err
	}
	parser, err := a.parser(g)
	if err != nil {
		return err
	}
	if c.JSONL {
		return eachLine(a, func(in lookupLine) (any, error) { return c.line(parser, in) })
	}
	name := strings.Join(c.Name, " ")
	if name == "" {
		return usageError{errors.New("name a place, or give lines with --jsonl")}
	}
	answers := parser.Locate(name, c.Country)
	if len(answers) == 0 {
		return hinted{fmt.Errorf("%q: no such place", name), "check the spelling, or name the country with --country"}
	}
	for k, l := range answers {
		if k == c.Limit {
			break
		}
		printAnswer(a, l)
	}
	return nil
}

// lookupLine is a question of --jsonl.
type lookupLine struct {
	Q       string `json:"q"`
	Country string `json:"country,omitempty"`
}

func (c *gazetteerLookupCommand) line(parser *geoparse.Parser, in lookupLine) (any, error) {
	if in.Q == "" {
		return nil, errors.New("field q: name a place")
	}
	answers := []located{}
	for _, l := range parser.Locate(in.Q, cmp.Or(in.Country, c.Country)) {
		if len(answers) == c.Limit {
			break
		}
		answers = append(answers, locatedAt(l.Location))
	}
	return map[string]any{"q": in.Q, "answers": answers}, nil
}

func printAnswer(a *app, l geoparse.Answer) {
	p := l.Place
	where := p.Country
	if p.Admin1 != "" {
		where = p.Admin1 + ", " + where
	}
	fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\tlon %.5f lat %.5f\t± %.1f km\tconfidence %.2f", p.ID, p.Name, l.Precision, where,
		l.Point.Lon(), l.Point.Lat(), l.RadiusM/1000, l.Confidence)
	if p.Approximate() {
		fmt.Fprint(a.stdout, "\tapproximate")
	}
	fmt.Fprintf(a.stdout, "\tby its %s", l.Matched.How)
	for _, c := range l.Context {
		fmt.Fprintf(a.stdout, "\tin %s", c.Place.Name)
	}
	if l.NotFound != "" {
		fmt.Fprintf(a.stdout, "\tnot found: %s", l.NotFound)
	}
	fmt.Fprintln(a.stdout)
}

type gazetteerInfoCommand struct{}

// Run prints each layer with its sources, the one that has precedence first.
func (c *gazetteerInfoCommand) Run(a *app) error {
	g, err := a.gazetteer()
	if err != nil {
		return err
	}
	for _, layer := range g.Layers() {
		m := layer.Meta()
		fmt.Fprintf(a.stdout, "%s: %d places under %d names, checksum %s\n", m.Title, m.Places, m.Names, m.Checksum)
		for _, s := range m.Sources {
			fmt.Fprintf(a.stdout, "  %s\t%s\t%s\n", s.Name, s.Licence, s.What)
		}
	}
	return nil
}

type gazetteerBuildCommand struct {
	GeoNames       []string `help:"GeoNames dumps: a country, allCountries, cities500 to cities15000 (.txt, .zip)." name:"geonames" placeholder:"FILE" type:"existingfile" group:"inputs"`
	AlternateNames []string `help:"GeoNames alternateNames or alternateNamesV2 (.txt, .zip)." placeholder:"FILE" type:"existingfile" group:"inputs"`
	AdminCodes     []string `help:"GeoNames admin1CodesASCII or admin2Codes." placeholder:"FILE" type:"existingfile" group:"inputs"`
	Hierarchy      []string `help:"GeoNames hierarchy (.txt, .zip)." placeholder:"FILE" type:"existingfile" group:"inputs"`
	FeatureCodes   []string `help:"GeoNames featureCodes: a dump with other codes is refused." placeholder:"FILE" type:"existingfile" group:"inputs"`
	OSM            []string `help:"OpenStreetMap extracts (.osm.pbf)." name:"osm" placeholder:"FILE" type:"existingfile" group:"inputs"`
	CSV            []string `help:"Places of your own: name, lon, lat and what is known of id, alternates, radius_m, kind, parent, country, population." name:"csv" placeholder:"FILE" type:"existingfile" group:"inputs"`
	GeoJSON        []string `help:"Places of your own as features with the same properties." name:"geojson" placeholder:"FILE" type:"existingfile" group:"inputs"`
	Events         []string `help:"Events of UCDP GED or ACLED: the places that they locate exactly." placeholder:"FILE" type:"existingfile" group:"inputs"`
	Title          string   `help:"What the index calls itself." default:"Gazetteer of our own"`
	Memory         int      `help:"Memory for sorting, in MB; the whole needs some 1.5 GB more for 12 million places." default:"512"`
	Scratch        string   `help:"Folder for scratch files, some three times the inputs' size (that of the output)." placeholder:"DIR" type:"existingdir"`
	Out            string   `help:"Index file to write." short:"o" default:"gazetteer/world/world.gaz" type:"path"`
	Cache          string   `help:"Default gazetteer: folder that keeps the packages of its sources." default:"gazetteer/.cache" type:"path" group:"default"`
	Supplement     string   `help:"Default gazetteer: rows of our own." default:"gazetteer/world/supplement.tsv" type:"path" group:"default"`
}

// Run builds an index of the given files; without any, the default gazetteer
// from its sources.
func (c *gazetteerBuildCommand) Run(a *app) error {
	job := source.Job{Files: c.files(), Out: c.Out, Title: c.Title, Scratch: c.Scratch, Memory: c.Memory << 20, Progress: progress(a.stderr)}
	if len(job.Files) == 0 {
		return source.BuildDefault(a.ctx, source.Options{Cache: c.Cache, Supplement: c.Supplement, Out: c.Out, Progress: a.stderr})
	}
	if c.Memory < 16 {
		return usageError{errors.New("--memory: at least 16 MB")}
	}
	base, err := a.gazetteer()
	if err != nil {
		return err
	}
	job.Base = base
	result, err := job.Run(a.ctx)
	fmt.Fprintln(a.stderr)
	if err != nil {
		return fmt.Errorf("build %s: %w", c.Out, err)
	}
	fmt.Fprintf(a.stderr, "%s: %d places from %d rows, %d joined; %d names or parents of places that no input has\n",
		c.Out, result.Places, result.Read, result.Joined, result.Stray)
	return nil
}

// files are the inputs in the order of the table of them.
func (c *gazetteerBuildCommand) files() []source.JobFile {
	given := map[string][]string{
		"geonames": c.GeoNames, "alternate-names": c.AlternateNames, "admin-codes": c.AdminCodes, "hierarchy": c.Hierarchy,
		"feature-codes": c.FeatureCodes, "osm": c.OSM, "csv": c.CSV, "geojson": c.GeoJSON, "events": c.Events,
	}
	var files []source.JobFile
	for _, in := range source.Inputs {
		for _, path := range given[in.Name] {
			files = append(files, source.JobFile{Input: in, Path: path})
		}
	}
	return files
}

// progress prints how far a job is: a line that is written over, with the share
// done, the time it took and the time that is left of this step.
func progress(w io.Writer) func(step string, done, total int64) {
	var last, began time.Time
	var now string
	return func(step string, done, total int64) {
		if step != now {
			if now != "" {
				fmt.Fprintln(w)
			}
			now, began, last = step, time.Now(), time.Time{}
		}
		if total <= 0 || done < total && time.Since(last) < 200*time.Millisecond {
			return
		}
		last = time.Now()
		share, took := float64(done)/float64(total), time.Since(began)
		left := time.Duration(0)
		if share > 0 {
			left = time.Duration(float64(took) * (1 - share) / share)
		}
		const width = 30
		bar := strings.Repeat("#", int(width*share)) + strings.Repeat(".", width-int(width*share))
		fmt.Fprintf(w, "\r%-40s [%s] %3.0f%%  %s, %s left   ", step, bar, 100*share, took.Round(100*time.Millisecond), left.Round(time.Second))
	}
}
