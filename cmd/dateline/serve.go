package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"dateline/geo"
	"dateline/geo/index"
	"dateline/geo/ingest"
	"dateline/web"
)

type serveCommand struct {
	Addr             string `help:"Where to listen." default:"127.0.0.1:8080" env:"DATELINE_ADDR" placeholder:"HOST:PORT"`
	PublicURL        string `help:"Address that people use, where a proxy stands before this server." env:"DATELINE_PUBLIC_URL" placeholder:"URL" name:"public-url"`
	Public           string `help:"What everyone sees: published incidents, or drafts too." enum:"published,drafts" default:"published" env:"DATELINE_PUBLIC"`
	Sample           bool   `help:"Store the sample reports first, once."`
	Tiles            string `help:"Raster tiles under the map, with {z}, {x} and {y}; the page's own basemap where not given." env:"DATELINE_TILES" placeholder:"URL"`
	Basemap          string `help:"A PMTiles archive that the page draws as its basemap, vector or raster." env:"DATELINE_BASEMAP" placeholder:"FILE" type:"existingfile"`
	TilesAttribution string `help:"Whose tiles they are." env:"DATELINE_TILES_ATTRIBUTION" placeholder:"TEXT"`
}

// Validate is called by kong before the command runs.
func (c *serveCommand) Validate() error {
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if c.PublicURL != "" {
		if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("--public-url: %q is not an http or https address", c.PublicURL)
		}
	}
	if c.Tiles == "" {
		return nil
	}
	if c.Basemap != "" {
		return errors.New("--tiles and --basemap: give one of them")
	}
	for _, part := range []string{"{z}", "{x}", "{y}"} {
		if !strings.Contains(c.Tiles, part) {
			return fmt.Errorf("--tiles: %q lacks %s", c.Tiles, part)
		}
	}
	if c.TilesAttribution == "" {
		return errors.New("--tiles-attribution: say whose tiles they are")
	}
	return nil
}

// Run serves until it is interrupted; then requests under way finish.
func (c *serveCommand) Run(a *app) error {
	listener, err := new(net.ListenConfig).Listen(a.ctx, "tcp", c.Addr)
	if err != nil {
		return hinted{fmt.Errorf("listen on %s: %w", c.Addr, err), "choose another port with --addr"}
	}
	defer listener.Close()
	server, service, err := c.server(a, listener)
	if err != nil {
		return err
	}
	if c.Sample {
		if _, err := addSamples(a, service); err != nil {
			return err
		}
	}
	if err := c.greet(a, server, listener); err != nil {
		return err
	}
	prepared := make(chan struct{})
	go func() {
		defer close(prepared)
		keepPrepared(a.ctx, service.Store, a.log)
	}()
	err = server.Serve(a.ctx, listener)
	<-prepared
	a.log.Info("stopped")
	return err
}

// prepareEvery is how often the server looks whether an import, also of another
// process, has left the database's tables of filters behind.
const prepareEvery = 10 * time.Second

// keepPrepared brings the tables up to date until the context ends.
func keepPrepared(ctx context.Context, store geo.Store, log *slog.Logger) {
	bulk, ok := store.(geo.BulkSaver)
	if !ok {
		return
	}
	for tick := time.NewTicker(prepareEvery); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		if err := bulk.Prepare(ctx); err != nil && ctx.Err() == nil {
			log.Warn("the database's tables of filters could not be brought up to date", "error", err)
		}
	}
}

func (c *serveCommand) server(a *app, l net.Listener) (*web.Server, *ingest.Service, error) {
	g, err := a.gazetteer()
	if err != nil {
		return nil, nil, err
	}
	parser, err := a.parser(g)
	if err != nil {
		return nil, nil, err
	}
	reader, err := a.readerOver(g)
	if err != nil {
		return nil, nil, err
	}
	store, err := a.store()
	if err != nil {
		return nil, nil, err
	}
	service := &ingest.Service{Store: store, Reader: reader}
	rows, err := index.Open(a.ctx, store, index.Options{File: a.line.DB + ".index", Encode: web.EncodeFeature, Log: a.log})
	if err != nil {
		return nil, nil, fmt.Errorf("open the map's index: %w", err)
	}
	a.closers = append(a.closers, rows.Close)
	basemap, err := c.archive(a)
	if err != nil {
		return nil, nil, err
	}
	server, err := web.New(web.Config{
		Store: store, Ingest: service, Gazetteer: g, Parser: parser, Log: a.log, Version: version(), Index: rows,
		PublicURL: c.PublicURL, PublicDrafts: c.Public == "drafts", Loopback: loopback(l.Addr()),
		TilesURL: c.Tiles, TilesAttribution: c.TilesAttribution, Basemap: basemap, Clock: time.Now,
	})
	return server, service, err
}

// archive opens the basemap that was given; nil where none was.
func (c *serveCommand) archive(a *app) (*web.Archive, error) {
	if c.Basemap == "" {
		return nil, nil
	}
	archive, err := web.OpenArchive(c.Basemap)
	if err != nil {
		return nil, hinted{err, "give a file of PMTiles version 3, as pmtiles extract or planetiler write it"}
	}
	a.closers = append(a.closers, archive.Close)
	return archive, nil
}

// greet prints the address and, on loopback while there is no token, a link
// that signs one browser in.
func (c *serveCommand) greet(a *app, server *web.Server, l net.Listener) error {
	address := c.PublicURL
	if address == "" {
		address = "http://" + l.Addr().String()
	}
	fmt.Fprintf(a.stdout, "Dateline is at %s/\n", address)
	store, err := a.store()
	if err != nil {
		return err
	}
	tokens, err := store.Tokens(context.WithoutCancel(a.ctx))
	if err != nil {
		return fmt.Errorf("look for tokens: %w", err)
	}
	for _, t := range tokens {
		if t.Revoked.IsZero() {
			return nil
		}
	}
	if loopback(l.Addr()) {
		fmt.Fprintf(a.stdout, "Sign in once with %s%s\n", address, server.OnceLink())
	} else {
		fmt.Fprintln(a.stderr, "dateline: note: nobody can write yet; make a token with dateline token add NAME")
	}
	return nil
}

// loopback reports whether an address is reached from this machine alone.
func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
