// Package web serves Dateline over HTTP: the map's page, an OGC API: Features
// for GIS tools, and the resources through which people add and correct what
// the map shows. One file a resource; errors become problem+json in one place.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/index"
	"dateline/geo/ingest"
	"dateline/static"
	"dateline/web/words"

	"github.com/labstack/echo/v4"
)

// Store is what the server needs of a store.
type Store interface {
	geo.Store
	geo.Counter
	geo.Historian
	geo.ReportLister
	geo.TokenStore
	geo.Sequencer
}

// Config of a server. Everything but PublicURL, TilesURL, Basemap and Clock is required.
type Config struct {
	Store     Store
	Ingest    *ingest.Service
	Gazetteer *gazetteer.Gazetteer
	Parser    *geoparse.Parser
	Log       *slog.Logger
	Version   string
	Index     *index.Index // nil: New makes one on the heap

	PublicURL        string // absolute, without a slash at its end; links are relative to the request's host where empty
	PublicDrafts     bool   // drafts are open to everyone
	Loopback         bool   // served on the loopback interface alone
	TilesURL         string // template of raster tiles, with {z}, {x} and {y}
	TilesAttribution string
	Basemap          *Archive // nil: the page's own basemap
	Clock            func() time.Time
}

// The limits of the server.
const (
	maxBodyBytes   = 8 << 20 // a report's text at its most escaped
	maxHeaderBytes = 64 << 10
	readTimeout    = 30 * time.Second
	writeTimeout   = 60 * time.Second
	workTimeout    = 55 * time.Second // leaves time to say so
	idleTimeout    = 2 * time.Minute
	shutdownTime   = 10 * time.Second
)

// Server answers requests. Make it with New.
type Server struct {
	Config
	echo     *echo.Echo
	once     *onceLink
	hub      *hub
	matched  matched
	readings chan struct{} // bounds the reports that are read at the same time
	book     *words.Book   // the languages of what the server writes for people
	previews *previews
	metrics  *metrics

	countries func() map[string]string // names by code
}

// New makes a server; it does not listen yet.
func New(c Config) (*Server, error) {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	s := &Server{Config: c, echo: echo.New(), once: &onceLink{}, hub: newHub(), readings: make(chan struct{}, maxReadings)}
	s.metrics = newMetrics(c.Clock())
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.problem
	s.middleware()
	if s.Index == nil {
		var err error
		if s.Index, err = index.Open(context.Background(), c.Store, index.Options{Encode: EncodeFeature, Log: c.Log}); err != nil {
			return nil, fmt.Errorf("make the index: %w", err)
		}
	}
	var err error
	if s.book, err = words.Load(static.Messages()); err != nil {
		return nil, err
	}
	if s.previews, err = newPreviews(); err != nil {
		return nil, err
	}
	s.countries = sync.OnceValue(c.Gazetteer.CountryNames)
	page, err := newPage(c)
	if err != nil {
		return nil, err
	}
	for _, r := range s.routes(page) {
		s.echo.Add(r.Method, r.Path, r.handler)
		if r.Method == http.MethodGet && r.Path != "/live" {
			s.echo.HEAD(r.Path, r.handler)
		}
	}
	s.echo.GET("/assets/*", page.asset)
	s.echo.GET(stylePath, sendStyle)
	s.echo.GET(documentStylePath, sendDocumentStyle)
	return s, nil
}

// Handler is the server's HTTP handler.
func (s *Server) Handler() http.Handler { return s.echo }

// Serve answers on a listener until ctx ends; then requests under way are
// finished within 10 seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler: s.echo, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	watched := make(chan struct{})
	go func() { defer close(watched); s.hub.watch(ctx, s.Store, s.Log) }()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.hub.close()
	grace, done := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer done()
	err := server.Shutdown(grace)
	<-watched
	if serveErr := <-failed; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	return err
}
