package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/source"
)

type gazetteerCommand struct {
	Lookup gazetteerLookupCommand `cmd:"" help:"Print what a name may mean, best first."`
	Info   gazetteerInfoCommand   `cmd:"" help:"Print what the gazetteer holds, where from and under which licences."`
	Build  gazetteerBuildCommand  `cmd:"" help:"Build the default gazetteer from its sources."`
}

type gazetteerLookupCommand struct {
	Name    []string `arg:"" optional:"" help:"A place, such as \"Palestine Street, Baghdad\"."`
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
		printLocation(a, l.Location)
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

func printLocation(a *app, l geoparse.Location) {
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
	Cache      string `help:"Folder that keeps the packages of the sources." default:"gazetteer/.cache" type:"path"`
	Supplement string `help:"Rows of our own." default:"gazetteer/world/supplement.tsv" type:"path"`
	Out        string `help:"Index file to write." short:"o" default:"gazetteer/world/world.gaz" type:"path"`
}

// Run fetches the sources that the cache lacks and builds the index.
func (c *gazetteerBuildCommand) Run(a *app) error {
	return source.BuildDefault(a.ctx, source.Options{Cache: c.Cache, Supplement: c.Supplement, Out: c.Out, Progress: a.stderr})
}
