package main

import (
	"fmt"

	"dateline/geo"
	"dateline/geo/ingest"
)

type addCommand struct{ reportFlags }

// Run reads each report and stores what it tells; a page that is open shows it.
func (c *addCommand) Run(a *app) error {
	service, err := a.service()
	if err != nil {
		return err
	}
	return c.reports(a, func(r geo.Report) error {
		result, err := service.Add(a.ctx, r, ingest.By{Name: "dateline add", Why: "read from a file"})
		if err != nil {
			return err
		}
		for _, note := range result.Notes {
			fmt.Fprintln(a.stderr, "dateline: note:", note)
		}
		word := "added"
		if result.NewVersion {
			word = fmt.Sprintf("added as version %d", result.Report.Version)
		}
		if result.Existing {
			word = "already there"
		}
		fmt.Fprintf(a.stdout, "report %s %s, %d incidents\n", result.Report.ID, word, len(result.Incidents))
		for _, i := range result.Incidents {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\n", i.ID, i.Status, i.Title)
		}
		return nil
	})
}
