package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
	"dateline/geo/ingest"
	"dateline/geo/table"

	"github.com/labstack/echo/v4"
)

// Limits of an import by request; a larger file goes in by dateline import.
const (
	maxImportBytes = 64 << 20
	maxRejectsTold = 1000
	maxShown       = 5
	importTime     = 10 * time.Minute
)

// importAnswer says what became of a file's rows.
type importAnswer struct {
	File      string         `json:"file"`
	Mapping   string         `json:"mapping"` // a line a field: field = column
	DryRun    bool           `json:"dry_run"`
	Rows      int            `json:"rows"`
	Added     int            `json:"added"`
	Updated   int            `json:"updated"`
	Same      int            `json:"same"`
	Located   int            `json:"located"`
	Unlocated int            `json:"unlocated"`
	Rejected  int            `json:"rejected"`
	Rejects   []importReject `json:"rejects"` // the first of them
	Incidents []geo.Incident `json:"incidents,omitempty"`
}

// importReject is a row that was not taken.
type importReject struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Why    string `json:"why"`
	Line   string `json:"line"`
}

// importRequest is what the query string says of the file in the body.
type importRequest struct {
	name, origin, mapping string
	status                geo.Status
	dryRun                bool
}

// importRequestOf reads the query string. The file's kind is that of its name's
// ending, else of the media type.
func importRequestOf(c echo.Context) (importRequest, error) {
	q := importRequest{name: filepath.Base(c.QueryParam("name")), origin: c.QueryParam("origin"), mapping: c.QueryParam("map"), status: geo.Status(c.QueryParam("status"))}
	if err := onlyParams(c, "name", "origin", "map", "status", "dry_run"); err != nil {
		return q, err
	}
	_, q.dryRun = c.QueryParams()["dry_run"]
	switch q.status {
	case "", geo.Draft, geo.Reviewed, geo.Published:
	default:
		return q, geo.Invalid("status", "%q is not draft, reviewed or published", q.status)
	}
	if c.QueryParam("name") == "" {
		media, _, _ := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
		ending, ok := table.EndingOf(media)
		if !ok {
			return q, geo.Invalid("name", "name the file (?name=events.csv), or send a Content-Type that says what it is; %q does not", media)
		}
		q.name = "import." + ending
	}
	return q, nil
}

// postImport takes a file of incidents as its body, as dateline import does; with
// ?dry_run it keeps nothing and shows what would be.
func (s *Server) postImport(c echo.Context) error {
	v, err := s.writer(c)
	if err != nil {
		return err
	}
	q, err := importRequestOf(c)
	if err != nil {
		return err
	}
	control := http.NewResponseController(c.Response())
	until := time.Now().Add(importTime)
	_, _ = control.SetReadDeadline(until), control.SetWriteDeadline(until) // a recorder in a test has none
	select {
	case s.readings <- struct{}{}:
		defer func() { <-s.readings }()
	case <-c.Request().Context().Done():
		return c.Request().Context().Err()
	}
	dir, err := os.MkdirTemp("", "dateline-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "import"+filepath.Ext(q.name))
	if err := saveBody(c.Request().Body, path); err != nil {
		return err
	}
	t, err := table.Open(path)
	if err != nil {
		return named(err, q.name)
	}
	defer t.Close()
	t.Name = strings.TrimSuffix(q.name, filepath.Ext(q.name))
	answer, err := s.importTable(c, v, t, q)
	if answer.Added+answer.Updated > 0 {
		s.hub.changed()
	}
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, answer)
}

// named makes an error about a file's bytes one that the sender can mend.
func named(err error, name string) error {
	if errors.Is(err, geo.ErrInvalid) || errors.Is(err, geo.ErrTooLarge) {
		return err
	}
	return geo.Invalid("body", "%s: %v", name, err)
}

func saveBody(body io.Reader, path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, body)
	return errors.Join(err, file.Close())
}

func (s *Server) importTable(c echo.Context, v visitor, t *table.Table, q importRequest) (importAnswer, error) {
	m := table.Guess(t.Header)
	if err := m.Apply(q.mapping, t.Header); err != nil {
		return importAnswer{}, fmt.Errorf("map: %w", err)
	}
	if len(m.Column) == 0 && !m.Own() {
		return importAnswer{}, geo.Invalid("header", "no column is known: %s; name them with ?map=field = column", strings.Join(t.Header, ", "))
	}
	answer := importAnswer{File: q.name, Mapping: m.String(t.Header), DryRun: q.dryRun, Rejects: []importReject{}}
	options := ingest.ImportOptions{
		Origin: q.origin, Status: q.status, Locator: s.Parser, DryRun: q.dryRun, By: ingest.By{Name: v.name, Why: "imported from " + q.name},
		Reject: func(r ingest.Reject) error {
			if len(answer.Rejects) < maxRejectsTold {
				answer.Rejects = append(answer.Rejects, rejectOf(r, m, t.Header))
			}
			return nil
		},
	}
	if options.Origin == "" {
		options.Origin = t.Name
	}
	if q.dryRun {
		options.Each = func(i geo.Incident) error {
			if len(answer.Incidents) < maxShown {
				answer.Incidents = append(answer.Incidents, i)
			}
			return nil
		}
	}
	done, err := s.Ingest.Import(c.Request().Context(), t.Rows, m, options)
	answer.Rows, answer.Added, answer.Updated, answer.Same = done.Rows, done.Added, done.Updated, done.Same
	answer.Located, answer.Unlocated, answer.Rejected = done.Located, done.Unlocated, done.Rejected
	return answer, err
}

func rejectOf(r ingest.Reject, m table.Mapping, header []string) importReject {
	told := importReject{Row: r.Row.Number, Why: r.Err.Error(), Line: r.Row.Raw}
	var field *geo.FieldError
	if errors.As(r.Err, &field) {
		told.Column = m.ColumnOf(field.Field, header)
	}
	if len(told.Line) > 1<<12 {
		told.Line = told.Line[:1<<12] + " (" + strconv.Itoa(len(told.Line)) + " bytes)"
	}
	return told
}
