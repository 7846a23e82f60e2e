package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo/ingest"
	"dateline/geo/lexicon"
	"dateline/geo/report"
	"dateline/geo/sqlite"
)

// app is what commands share: where they read and write, and the parts that
// they open when they need them.
type app struct {
	line           *commandLine
	ctx            context.Context
	stop           context.CancelCauseFunc // ends the run with an error
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	opened         *sqlite.Store
	closers        []func() error
}

// close what was opened, last first.
func (a *app) close() error {
	var errs []error
	for k := len(a.closers) - 1; k >= 0; k-- {
		errs = append(errs, a.closers[k]())
	}
	a.closers = nil
	return errors.Join(errs...)
}

// gazetteer opens the files of --gazetteer over the embedded one.
func (a *app) gazetteer() (*gazetteer.Gazetteer, error) {
	var layers []*gazetteer.Layer
	for _, name := range a.line.Gazetteer {
		file, err := gazetteer.OpenFile(name)
		if err != nil {
			return nil, fmt.Errorf("open gazetteer %w", err)
		}
		a.closers = append(a.closers, file.Check)
		go func() {
			if err := file.Check(); err != nil {
				a.stop(err) // a server does not go on with a damaged file
			}
		}()
		layers = append(layers, file.Layer)
	}
	embedded, err := world.Open()
	if err != nil {
		return nil, fmt.Errorf("open the embedded gazetteer: %w", err)
	}
	return gazetteer.Stack(append(layers, embedded)...), nil
}

// parser finds places in English text.
func (a *app) parser(g *gazetteer.Gazetteer) (*geoparse.Parser, error) {
	language, err := lexicon.For("en")
	if err != nil {
		return nil, err
	}
	return geoparse.New(g, language), nil
}

// reader reads reports in every language that has a folder.
func (a *app) reader() (*report.Reader, error) {
	g, err := a.gazetteer()
	if err != nil {
		return nil, err
	}
	return a.readerOver(g)
}

func (a *app) readerOver(g *gazetteer.Gazetteer) (*report.Reader, error) {
	var readers []*report.Reader
	for _, code := range lexicon.Codes() {
		language, err := lexicon.For(code)
		if err != nil {
			return nil, err
		}
		readers = append(readers, report.New(geoparse.New(g, language), language))
	}
	return report.Several(readers[0], readers[1:]...), nil
}

// store opens the file of --db, once, and closes it at the end of the run.
func (a *app) store() (*sqlite.Store, error) {
	if a.opened != nil {
		return a.opened, nil
	}
	store, err := sqlite.Open(a.ctx, a.line.DB, time.Now)
	if err != nil {
		return nil, hinted{fmt.Errorf("open database %s: %w", a.line.DB, err), "name another file with --db"}
	}
	a.opened, a.closers = store, append(a.closers, store.Close)
	return store, nil
}

// service reads reports into the store.
func (a *app) service() (*ingest.Service, error) {
	reader, err := a.reader()
	if err != nil {
		return nil, err
	}
	store, err := a.store()
	if err != nil {
		return nil, err
	}
	return &ingest.Service{Store: store, Reader: reader}, nil
}
