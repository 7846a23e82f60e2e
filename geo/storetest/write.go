package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
)

func testAdd(t *testing.T, store geo.Store) {
	ctx := context.Background()
	s := submission("Strike in Baghdad.", sample("a"), sample("b"))
	s.Incidents[0].Quotes[0].Report = geo.ReportID(s.Report.Text)
	added := mustAdd(t, store, s)
	if added.Existing || len(added.Incidents) != 2 {
		t.Fatalf("added %d incidents, existing %v", len(added.Incidents), added.Existing)
	}
	r := added.Report
	if r.ID != geo.ReportID(r.Text) || r.Version != 1 || r.SHA256 != geo.TextSHA256(r.Text) || r.Added.IsZero() {
		t.Errorf("report came back as %+v", r)
	}
	got, err := store.Report(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the report", r, got)
	for _, want := range added.Incidents {
		same(t, "incident "+want.ID, want, mustIncident(t, store, want.ID))
		if want.Revision != 1 || want.Created.IsZero() || !want.Created.Equal(want.Updated) {
			t.Errorf("revision %d, created %v, updated %v", want.Revision, want.Created, want.Updated)
		}
		same(t, "its reports", []geo.ReportRef{r.Ref()}, want.Reports)
	}
	if v := added.Incidents[0].Quotes[0].Version; v != 1 {
		t.Errorf("its quote is of version %d of the report", v)
	}
	if s.Incidents[0].Quotes[0].Version != 0 || s.Incidents[0].Revision != 0 {
		t.Error("Add changed what it was given")
	}
}

func testAddRefuses(t *testing.T, store geo.Store) {
	badType, badDay, noID := sample("a"), sample("a"), sample("")
	badType.Type, badDay.When.Start = "party", "yesterday"
	for _, tc := range []struct {
		name string
		s    geo.Submission
		want error
		text string
	}{
		{"empty text", submission(" \n"), geo.ErrInvalid, "text"},
		{"binary", submission("a\x00b"), geo.ErrInvalid, "text"},
		{"too large", submission(strings.Repeat("word ", geo.MaxReportBytes/5+1)), geo.ErrTooLarge, "text"},
		{"unknown type", submission("one", sample("b"), badType), geo.ErrInvalid, "incident 2: type"},
		{"no day", submission("two", badDay), geo.ErrInvalid, "start"},
		{"no id", submission("three", noID), geo.ErrInvalid, "id"},
		{"one id twice", submission("four", sample("c"), sample("c")), geo.ErrInvalid, "incident 2: id"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := store.Add(context.Background(), tc.s)
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.text) {
				t.Errorf("error %v: want %v that names %q", err, tc.want, tc.text)
			}
		})
	}
	if n := len(query(t, store, geo.Query{})); n != 0 {
		t.Errorf("%d incidents of refused reports were kept", n)
	}
}

func testAddAgain(t *testing.T, store geo.Store) {
	first := mustAdd(t, store, submission("One text.", sample("a")))
	other := submission("One text.", sample("b"))
	other.Report.Publisher = "Another"
	again := mustAdd(t, store, other)
	if !again.Existing {
		t.Error("the same text again is not said to be there")
	}
	first.Existing = true
	same(t, "what is there", first, again)
	if got := ids(query(t, store, geo.Query{})); len(got) != 1 {
		t.Errorf("incidents %v after the same text again", got)
	}
}

func testAddVersion(t *testing.T, store geo.Store) {
	ctx := context.Background()
	edited, gone := sample("edited"), sample("gone")
	first := mustAdd(t, store, submission("First text.", sample("plain"), edited, gone))
	edited = first.Incidents[1]
	edited.Type, edited.Status, edited.Tolls.Killed = "shelling", geo.Published, geo.Range{Best: new(int64(9))}
	mustSave(t, store, geo.Edit{Incident: edited, Base: 1, By: "a person", Why: "it was shelling", Person: true})

	again := submission("Second text.", sample("plain"), sample("edited"), sample("new"))
	again.Report.ID, again.Report.Publisher = first.Report.ID, ""
	again.Incidents[0].Title = "Another title"
	again.Incidents[1].Title, again.Incidents[1].Tolls.Killed = "Another title", geo.Range{Low: new(int64(20)), Best: new(int64(21))}
	second := mustAdd(t, store, again)
	if second.Existing || second.Report.Version != 2 || second.Report.ID != first.Report.ID || second.Report.Publisher != "Example News" || second.Report.Author != "Jo Reed" {
		t.Errorf("the second version is %+v", second.Report)
	}
	got, err := store.Report(ctx, first.Report.ID)
	if err != nil || got.Text != "Second text." {
		t.Errorf("the report's text is %q, %v", got.Text, err)
	}
	if v, ok := store.(geo.Versioner); ok {
		if old, err := v.ReportVersion(ctx, first.Report.ID, 1); err != nil || old.Text != "First text." || old.Version != 1 {
			t.Errorf("version 1 is %+v, %v", old, err)
		}
		if _, err := v.ReportVersion(ctx, first.Report.ID, 3); !errors.Is(err, geo.ErrNotFound) {
			t.Errorf("version 3: %v", err)
		}
	}
	if diff := cmp.Diff([]string{"edited", "gone", "new", "plain"}, ids(query(t, store, geo.Query{Order: geo.ByID}))); diff != "" {
		t.Errorf("incidents (-want +got):\n%s", diff)
	}
	if i := mustIncident(t, store, "plain"); i.Title != "Another title" || i.Revision != 2 {
		t.Errorf("the plain one is %q at revision %d", i.Title, i.Revision)
	}
	i := mustIncident(t, store, "edited")
	same(t, "what a person set", geo.Range{Best: new(int64(9))}, i.Tolls.Killed)
	if i.Type != "shelling" || i.Status != geo.Published || i.Title != "Another title" || i.Revision != 3 || len(i.Reports) != 1 {
		t.Errorf("the edited one is %+v", i)
	}
	if third := mustAdd(t, store, submission("First text.")); !third.Existing || third.Report.Version != 2 {
		t.Error("the text of an older version is taken for a new one")
	}
}

func testSave(t *testing.T, store geo.Store) {
	i := mustSave(t, store, geo.Edit{Incident: sample("a"), By: "import"})
	if i.Revision != 1 || i.Created.IsZero() || len(i.Edited) != 0 {
		t.Errorf("the first revision is %+v", i)
	}
	same(t, "the first revision", i, mustIncident(t, store, "a"))
	i.Title, i.Edited = "Another", []string{"title"}
	i = mustSave(t, store, geo.Edit{Incident: i, Base: 1, By: "import"})
	i.Edited = nil
	i = mustSave(t, store, geo.Edit{Incident: i, Base: 2, By: "import"})
	if i.Revision != 3 || len(i.Edited) != 1 {
		t.Errorf("the third revision is %+v", i)
	}
	same(t, "the third revision", i, mustIncident(t, store, "a"))
	if h, ok := store.(geo.Historian); ok {
		all, err := h.Revisions(context.Background(), "a")
		if err != nil || len(all) != 3 {
			t.Fatalf("%d revisions, %v", len(all), err)
		}
		for k, c := range all {
			if c.Incident.Revision != k+1 || c.By != "import" || c.At.IsZero() {
				t.Errorf("revision %d is %+v", k+1, c)
			}
		}
		if all[0].Incident.Title != "Strike in Baghdad" {
			t.Error("an old revision was overwritten")
		}
	}
}

func testSaveRefuses(t *testing.T, store geo.Store) {
	ctx := context.Background()
	mustSave(t, store, geo.Edit{Incident: sample("a"), By: "import"})
	bad := sample("a")
	bad.Places[0].RadiusM = 0
	for _, tc := range []struct {
		name string
		e    geo.Edit
		want error
	}{
		{"there already", geo.Edit{Incident: sample("a")}, geo.ErrConflict},
		{"older base", geo.Edit{Incident: sample("a"), Base: 7}, geo.ErrConflict},
		{"not there", geo.Edit{Incident: sample("b"), Base: 1}, geo.ErrNotFound},
		{"no id", geo.Edit{Incident: sample("")}, geo.ErrInvalid},
		{"no radius", geo.Edit{Incident: bad, Base: 1}, geo.ErrInvalid},
		{"no reason", geo.Edit{Incident: sample("a"), Base: 1, Person: true, By: "someone", Why: " "}, geo.ErrInvalid},
	} {
		if _, err := store.Save(ctx, tc.e); !errors.Is(err, tc.want) {
			t.Errorf("%s: error %v, want %v", tc.name, err, tc.want)
		}
	}
	if i := mustIncident(t, store, "a"); i.Revision != 1 {
		t.Errorf("refused edits made revision %d", i.Revision)
	}
}

func testSavePerson(t *testing.T, store geo.Store) {
	i := mustSave(t, store, geo.Edit{Incident: sample("a"), By: "reader"})
	for _, step := range []struct {
		edit func(*geo.Incident)
		want []string
	}{
		{func(i *geo.Incident) { i.Type = "shelling" }, []string{"type"}},
		{func(i *geo.Incident) { i.Tolls.Killed.Best = new(int64(3)) }, []string{"killed_best", "type"}},
		{func(i *geo.Incident) { i.Places[0].RadiusM = 7; i.Places[0].Lon = new(44.5) }, []string{"killed_best", "places", "type"}},
		{func(i *geo.Incident) { i.Type, i.Edited = "air-strike", nil }, []string{"killed_best", "places", "type"}},
		{func(i *geo.Incident) { i.When.Start = "" }, []string{"killed_best", "places", "start", "type"}},
	} {
		step.edit(&i)
		i = mustSave(t, store, geo.Edit{Incident: i, Base: i.Revision, By: "someone", Why: "seen", Person: true})
		if diff := cmp.Diff(step.want, i.Edited); diff != "" {
			t.Errorf("edited (-want +got):\n%s", diff)
		}
	}
	same(t, "the incident", i, mustIncident(t, store, "a"))
}

func testNotFound(t *testing.T, store geo.Store) {
	ctx := context.Background()
	if _, err := store.Incident(ctx, "nowhere"); !errors.Is(err, geo.ErrNotFound) {
		t.Errorf("incident: %v", err)
	}
	if _, err := store.Report(ctx, "nowhere"); !errors.Is(err, geo.ErrNotFound) {
		t.Errorf("report: %v", err)
	}
	if h, ok := store.(geo.Historian); ok {
		if _, err := h.Revisions(ctx, "nowhere"); !errors.Is(err, geo.ErrNotFound) {
			t.Errorf("revisions: %v", err)
		}
	}
}
