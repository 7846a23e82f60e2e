package main

import (
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
	Name    []string `arg:"" help:"A place name, such as \"Palestine Street, Baghdad\"."`
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
	name := strings.Join(c.Name, " ")
	answers := parser.Locate(name, c.Country)
	if len(answers) == 0 {
		return hinted{fmt.Errorf("%q: no such place", name), "check the spelling, or name the country with --country"}
	}
	for k, l := range answers {
		if k == c.Limit {
			break
		}
		printLocation(a, l)
	}
	return nil
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
