package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
)

func testRemover(t *testing.T, store geo.Store) {
	r, ok := store.(geo.Remover)
	if !ok {
		return
	}
	ctx := context.Background()
	mine := submission("A sample.", sample("a"), sample("b"))
	mine.Report.Publisher = "Dateline sample"
	first := mustAdd(t, store, mine)
	similar := submission("A like one.", sample("c"))
	similar.Report.Publisher = "DATELINE SAMPLE"
	mustAdd(t, store, similar)
	other := mustAdd(t, store, submission("Another report.", sample("d")))
	both := mustIncident(t, store, "b")
	both.Reports = append(both.Reports, other.Report.Ref())
	both.Quotes = []geo.Quote{{Report: first.Report.ID, Version: 1, Field: "/type", End: 1}, {Report: other.Report.ID, Version: 1, Field: "/type", End: 1}}
	mustSave(t, store, geo.Edit{Incident: both, Base: 1})
	since := collect(t, store.Changes(ctx, 0))

	reports, incidents, err := r.RemovePublisher(ctx, "Dateline sample")
	if err != nil || reports != 1 || incidents != 1 {
		t.Fatalf("removed %d reports and %d incidents, %v; want 1 and 1", reports, incidents, err)
	}
	if d := cmp.Diff([]string{"b", "c", "d"}, ids(query(t, store, geo.Query{Order: geo.ByID}))); d != "" {
		t.Errorf("left (-want +got):\n%s", d)
	}
	left := mustIncident(t, store, "b")
	if len(left.Reports) != 1 || left.Reports[0].ID != other.Report.ID || len(left.Quotes) != 1 || left.Quotes[0].Report != other.Report.ID {
		t.Errorf("the incident that another report tells too is %+v", left)
	}
	if _, err := store.Report(ctx, first.Report.ID); !errors.Is(err, geo.ErrNotFound) {
		t.Errorf("its report: %v", err)
	}
	gone := false
	for _, c := range collect(t, store.Changes(ctx, since[len(since)-1].Seq)) {
		gone = gone || c.Incident.ID == "a" && c.Incident.Status == geo.Retracted
	}
	if !gone {
		t.Error("no change says that the incident is gone")
	}
	if again := mustAdd(t, store, mine); again.Existing || again.Incidents[0].Revision != 1 {
		t.Errorf("added again: existing %v, revision %d", again.Existing, again.Incidents[0].Revision)
	}
}

func testTokens(t *testing.T, store geo.Store) {
	s, ok := store.(geo.TokenStore)
	if !ok {
		return
	}
	ctx := context.Background()
	now := time.Now().UTC().Truncate(time.Second)
	for _, name := range []string{"b", "a"} {
		if err := s.AddToken(ctx, geo.Token{Name: name, Hash: "hash " + name, Created: now}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AddToken(ctx, geo.Token{Name: "a", Hash: "other", Created: now}); !errors.Is(err, geo.ErrConflict) {
		t.Errorf("a name twice: %v", err)
	}
	all, err := s.Tokens(ctx)
	if d := cmp.Diff([]geo.Token{{Name: "a", Hash: "hash a", Created: now}, {Name: "b", Hash: "hash b", Created: now}}, all); d != "" || err != nil {
		t.Errorf("tokens: %v (-want +got):\n%s", err, d)
	}
	if err := s.AddSession(ctx, geo.Session{Hash: "cookie", Name: "a", Expires: now.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if err := s.RevokeToken(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if token, err := s.TokenByHash(ctx, "hash a"); err != nil || token.Revoked.IsZero() {
		t.Errorf("the revoked token is %+v, %v", token, err)
	}
	if _, err := s.SessionByHash(ctx, "cookie"); !errors.Is(err, geo.ErrNotFound) {
		t.Errorf("the session of a revoked token: %v", err)
	}
	if _, err := s.TokenByHash(ctx, "nothing"); !errors.Is(err, geo.ErrNotFound) {
		t.Errorf("an unknown token: %v", err)
	}
	for _, name := range []string{"a", "nobody"} {
		if err := s.RevokeToken(ctx, name); !errors.Is(err, geo.ErrNotFound) {
			t.Errorf("revoke %s, which is not in use: %v", name, err)
		}
	}
}

func testSessions(t *testing.T, store geo.Store) {
	s, ok := store.(geo.TokenStore)
	if !ok {
		return
	}
	ctx := context.Background()
	now := time.Now().UTC().Truncate(time.Second)
	live := geo.Session{Hash: "live", Name: "local", Expires: now.Add(time.Hour)}
	for _, one := range []geo.Session{live, {Hash: "old", Name: "local", Expires: now.Add(-time.Hour)}} {
		if err := s.AddSession(ctx, one); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.SessionByHash(ctx, "live"); err != nil || got != live {
		t.Errorf("the session is %+v, %v", got, err)
	}
	if err := s.EndSession(ctx, "live"); err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{"live", "old", "unknown"} {
		if _, err := s.SessionByHash(ctx, hash); !errors.Is(err, geo.ErrNotFound) {
			t.Errorf("session %s: %v", hash, err)
		}
	}
}
