package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/ingest"
	"dateline/geo/lexicon"
	"dateline/geo/report"
	"dateline/geo/sqlite"
	"dateline/geo/table"
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
	for _, r := range found[0].Reasons {
		if !slices.Contains(ingest.Reasons, r.Code) {
			t.Errorf("reason %q is none of the table", r.Code)
		}
	}
	apart := a
	apart.Tags = []string{geo.ApartTag(b.ID)}
	if found, err := s.Candidates(ctx, apart); err != nil || len(found) != 0 {
		t.Errorf("what is kept apart is a candidate: %v, %v", found, err)
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

// rowsOf opens a text as a file of that name.
func rowsOf(t *testing.T, name, text string) *table.Table {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, err := table.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rows.Close() })
	return rows
}

const events = "id,type_of_violence,dyad_name,where_prec,where_coordinates,adm_1,country,latitude,longitude,date_start,date_end,best,low,high\n" +
	"1,1,x,1,Falluja town,Anbar province,Iraq,33.355813,43.786124,2014-01-24,2014-01-25,8,8,9\n" +
	"2,1,x,4,Anbar province,Anbar province,Iraq,33,42,2014-01-24,2014-01-25,1,0,2\n" +
	"3,1,x,1,Nowhere,,Iraq,,,2014-01-24,2014-01-25,0,0,0\n"

func importing(t *testing.T, s *ingest.Service, name, text string) ingest.ImportResult {
	t.Helper()
	rows := rowsOf(t, name, text)
	result, err := s.Import(t.Context(), rows.Rows, table.Guess(rows.Header), ingest.ImportOptions{
		By: ingest.By{Name: "test"}, Status: geo.Published,
		Reject: func(r ingest.Reject) error { t.Errorf("row %d: %v", r.Row.Number, r.Err); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// The same file again changes nothing, and neither does our own export of it,
// though that leaves out the coordinates of what is no point.
func TestImportAgain(t *testing.T) {
	s := newService(t)
	if r := importing(t, s, "ged.csv", events); r.Added != 3 || r.Located != 2 {
		t.Fatalf("first: %+v", r)
	}
	if r := importing(t, s, "renamed.csv", events); r.Same != 3 {
		t.Errorf("again: %+v", r)
	}
	var out strings.Builder
	if err := format.WriteCSV(&out, s.Store.Query(t.Context(), geo.Query{}), format.Options{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), `""lat"":33,`) {
		t.Fatal("the export tells the point of a region")
	}
	if r := importing(t, s, "export.csv", out.String()); r.Same != 3 {
		t.Errorf("our own export: %+v", r)
	}
	region, err := s.Store.Incident(t.Context(), geo.ImportedID("ucdp-ged", "2"))
	if err != nil {
		t.Fatal(err)
	}
	site, _ := region.Where()
	if !site.Located() || site.Pinned() || region.Origin != "ucdp-ged" || region.OriginID != "2" || region.OriginType != "1" || region.OriginPrecision != "4" {
		t.Errorf("the region is %+v of %s %s, type %s, precision %s", site, region.Origin, region.OriginID, region.OriginType, region.OriginPrecision)
	}
	newer := strings.Replace(events, "2014-01-25,8,8,9", "2014-01-25,11,8,12", 1)
	if r := importing(t, s, "ged.csv", newer); r.Updated != 1 || r.Same != 2 {
		t.Errorf("newer: %+v", r)
	}
}

// An import that breaks off keeps whole batches, and goes on where it is
// started again.
func TestImportResumes(t *testing.T) {
	s := newService(t)
	var b strings.Builder
	b.WriteString("id,date,type,lat,lon\n")
	for k := range 25_000 {
		fmt.Fprintf(&b, "%d,2024-01-01,Flood,%d.5,20\n", k, k%80)
	}
	rows := rowsOf(t, "many.csv", b.String())
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Import(ctx, rows.Rows, table.Guess(rows.Header), ingest.ImportOptions{By: ingest.By{Name: "test"}, Origin: "many", Done: func(p ingest.Progress) {
		if p.Kept > 0 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	kept := 0
	for _, err := range s.Store.Query(t.Context(), geo.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		kept++
	}
	if kept == 0 || kept == 25_000 {
		t.Fatalf("%d were kept", kept)
	}
	rows = rowsOf(t, "many.csv", b.String())
	again, err := s.Import(t.Context(), rows.Rows, table.Guess(rows.Header), ingest.ImportOptions{By: ingest.By{Name: "test"}, Origin: "many"})
	if err != nil || again.Same != kept || again.Added != 25_000-kept {
		t.Errorf("again: %+v, %v; %d were kept", again, err, kept)
	}
}
