package ingest_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo"
	"dateline/geo/ingest"
	"dateline/geo/lexicon"
	"dateline/geo/report"
	"dateline/geo/sqlite"
)

func newService(t *testing.T) *ingest.Service {
	t.Helper()
	layer, err := world.Open()
	if err != nil {
		t.Fatal(err)
	}
	english, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "test.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return &ingest.Service{Store: store, Reader: report.New(geoparse.New(gazetteer.Stack(layer), english), english)}
}

const blast = "KABUL - A roadside bomb exploded near a bakery in the east of Kabul on Tuesday, killing three people and wounding seven, police said. " +
	"The blast tore the front off two shops and set a parked taxi on fire. Nobody has claimed responsibility for the attack, which came a day after a grenade was found in a school yard. " +
	"Neighbours said that they had helped to carry the wounded to a clinic at the end of the road."

func add(t *testing.T, s *ingest.Service, r geo.Report) ingest.Result {
	t.Helper()
	result, err := s.Add(context.Background(), r, ingest.By{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestVersions(t *testing.T) {
	s := newService(t)
	first := add(t, s, geo.Report{Text: blast, Published: "2024-03-06", Publisher: "Gazette"})
	if len(first.Incidents) == 0 {
		t.Fatal("read no incident")
	}
	again := add(t, s, geo.Report{Text: blast, Published: "2024-03-06", Publisher: "Gazette"})
	if !again.Existing || again.Report.ID != first.Report.ID {
		t.Errorf("the same text: existing %v, id %s, want true, %s", again.Existing, again.Report.ID, first.Report.ID)
	}
	edited := add(t, s, geo.Report{Text: "Updated. " + strings.Replace(blast, "three people", "four people", 1), Published: "2024-03-06", Publisher: "Gazette"})
	if edited.Report.ID != first.Report.ID || edited.Report.Version != 2 || !edited.NewVersion {
		t.Errorf("an edited text: id %s, version %d, want %s, 2", edited.Report.ID, edited.Report.Version, first.Report.ID)
	}
	if edited.Incidents[0].ID != first.Incidents[0].ID {
		t.Errorf("the incident of an edited text has the id %s, want %s", edited.Incidents[0].ID, first.Incidents[0].ID)
	}
	if got := edited.Incidents[0].Tolls.Killed.Best; got == nil || *got != 4 {
		t.Errorf("killed %v, want 4", got)
	}
	other := add(t, s, geo.Report{Text: blast + " More soon.", Published: "2024-03-06", Publisher: "Courier"})
	if other.Report.ID == first.Report.ID {
		t.Error("the text of another publisher became a version of the first")
	}
	far := add(t, s, geo.Report{Text: "Floods in Herat killed nine people on Monday and swept away eleven houses in two villages outside the city, officials said on Wednesday after a night of rain that they called the heaviest in years of records kept there.", Published: "2024-03-06", Publisher: "Gazette"})
	if far.Report.ID == first.Report.ID {
		t.Error("another text of the publisher became a version of the first")
	}
}

func TestCandidatesAndMerge(t *testing.T) {
	ctx := context.Background()
	s := newService(t)
	a := add(t, s, geo.Report{Text: blast, Published: "2024-03-06", Publisher: "Gazette"}).Incidents[0]
	b := add(t, s, geo.Report{Text: "Five people died when a bomb exploded in Kabul on Tuesday, the interior ministry said.", Published: "2024-03-07", Publisher: "Courier"}).Incidents[0]
	c := add(t, s, geo.Report{Text: "Five people died when a bomb exploded in Kandahar on Tuesday, the interior ministry said.", Published: "2024-03-07", Publisher: "Courier"}).Incidents[0]
	found, err := s.Candidates(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Incident.ID != b.ID || len(found[0].Reasons) < 2 {
		t.Fatalf("candidates %v, want %s alone (not %s), with reasons", found, b.ID, c.ID)
	}
	merged, err := s.Merge(ctx, a, b, ingest.By{Name: "ed", Why: "one blast"})
	if err != nil {
		t.Fatal(err)
	}
	if len(merged.Reports) != 2 || len(merged.Claims) < len(a.Claims)+len(b.Claims) {
		t.Errorf("merged has %d reports, %d claims", len(merged.Reports), len(merged.Claims))
	}
	k := merged.Tolls.Killed
	if k.Low == nil || k.High == nil || *k.Low != 3 || *k.High != 5 {
		t.Errorf("killed %v to %v, want 3 to 5", k.Low, k.High)
	}
	for _, q := range merged.Quotes {
		if !slices.ContainsFunc(merged.Reports, func(r geo.ReportRef) bool { return r.ID == q.Report }) {
			t.Errorf("quote of report %s that the incident does not name", q.Report)
		}
	}
	gone, err := s.Store.Incident(ctx, b.ID)
	if err != nil || gone.MergedInto != a.ID || gone.Status != geo.Retracted {
		t.Errorf("the other is %s, merged into %q (%v)", gone.Status, gone.MergedInto, err)
	}
	if _, err := s.Merge(ctx, merged, gone, ingest.By{Name: "ed", Why: "again"}); err == nil {
		t.Error("a retracted incident was merged again")
	}
	if left, err := s.Candidates(ctx, merged); err != nil || len(left) != 0 {
		t.Errorf("candidates after the merge: %v, %v", left, err)
	}
}
