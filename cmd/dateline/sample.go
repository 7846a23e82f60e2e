package main

import (
	"fmt"

	"dateline/geo"
	"dateline/geo/ingest"
	"dateline/geo/sample"
)

type sampleCommand struct {
	Add    sampleAddCommand    `cmd:"" help:"Store the sample reports as published."`
	Remove sampleRemoveCommand `cmd:"" help:"Take the sample reports and their incidents out again."`
}

type sampleAddCommand struct{}

// Run stores the samples that are not there yet.
func (c *sampleAddCommand) Run(a *app) error {
	service, err := a.service()
	if err != nil {
		return err
	}
	n, err := addSamples(a, service)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%d sample reports added\n", n)
	return nil
}

// addSamples stores the sample reports as published, once; it says how many were new.
func addSamples(a *app, service *ingest.Service) (int, error) {
	reports, err := sample.Reports()
	if err != nil {
		return 0, err
	}
	added := 0
	for _, r := range reports {
		result, err := service.Add(a.ctx, r, ingest.By{Name: "dateline", Why: "sample report", Status: geo.Published})
		if err != nil {
			return added, fmt.Errorf("sample %q: %w", r.Title, err)
		}
		if !result.Existing {
			added++
		}
	}
	return added, nil
}

type sampleRemoveCommand struct{}

// Run takes out what the publisher of the samples published, and nothing else.
func (c *sampleRemoveCommand) Run(a *app) error {
	store, err := a.store()
	if err != nil {
		return err
	}
	reports, incidents, err := store.RemovePublisher(a.ctx, sample.Publisher)
	if err != nil {
		return fmt.Errorf("remove the samples: %w", err)
	}
	fmt.Fprintf(a.stdout, "%d sample reports and %d incidents removed\n", reports, incidents)
	return nil
}
