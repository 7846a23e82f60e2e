package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/sqlite"
)

// killedFile tells the test binary to add reports to that file until it is
// killed; killedFirst is the number of the first one.
const (
	killedFile  = "DATELINE_TEST_KILLED_FILE"
	killedFirst = "DATELINE_TEST_KILLED_FIRST"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(killedFile); path != "" {
		if err := addUntilKilled(path, os.Getenv(killedFirst)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// addUntilKilled adds reports with two incidents each and prints the id of
// every one that was acknowledged.
func addUntilKilled(path, first string) error {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, path, time.Now)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		text := fmt.Sprintf("Report %s.%d. %s", first, n, strings.Repeat("A strike hit Baghdad. ", 200))
		id := geo.ReportID(text)
		added, err := store.Add(ctx, geo.Submission{
			Report: geo.Report{ID: id, Text: text}, Incidents: []geo.Incident{struck(geo.IncidentID(id, 1)), struck(geo.IncidentID(id, 2))}, By: "test",
		})
		if err != nil {
			return err
		}
		fmt.Println(added.Report.ID)
	}
}

func struck(id string) geo.Incident {
	return geo.Incident{
		ID: id, Title: "Strike in Baghdad", Type: "air-strike", Status: geo.Draft, Modality: geo.Asserted,
		When:   geo.When{Start: "2024-01-04", End: "2024-01-04"},
		Places: []geo.Site{{Role: geo.RoleSite, Place: "Baghdad", Country: "IQ", Lon: new(44.36), Lat: new(33.31), RadiusM: 15000, Precision: "settlement"}},
	}
}

// kills is how often the writer is killed.
const kills = 20

// TestKilled kills a process that adds reports, again and again, each time
// after a random number of acknowledgements and a random moment more: all that
// was acknowledged is there, and the file is sound.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "killed.db")
	random := rand.New(rand.NewPCG(1, 2))
	var acknowledged []string
	for round := range kills {
		acknowledged = append(acknowledged, addAndKill(t, path, round, random)...)
		checkSound(t, path)
		checkThere(t, path, acknowledged)
	}
	if len(acknowledged) < 2*kills {
		t.Errorf("only %d reports were acknowledged in %d rounds", len(acknowledged), kills)
	}
}

// addAndKill runs the writer and gives what it acknowledged before it died.
func addAndKill(t *testing.T, path string, round int, random *rand.Rand) []string {
	t.Helper()
	writer := exec.Command(os.Args[0], "-test.run=^$")
	writer.Env = append(os.Environ(), killedFile+"="+path, fmt.Sprintf("%s=%d", killedFirst, round))
	var failed bytes.Buffer
	writer.Stderr = &failed
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	after, delay := random.IntN(40), time.Duration(random.IntN(3000))*time.Microsecond
	var ids []string
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil { // an unfinished line was not acknowledged
			break
		}
		ids = append(ids, strings.TrimSpace(line))
		if len(ids) == after+1 {
			time.AfterFunc(delay, func() { writer.Process.Kill() })
		}
	}
	writer.Wait()
	if failed.Len() > 0 {
		t.Fatalf("round %d: the writer failed by itself: %s", round, failed.String())
	}
	return ids
}

func checkSound(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, check := range []string{
		"PRAGMA integrity_check", "SELECT rtreecheck('box_tree')",
	} {
		var answer string
		if err := db.QueryRowContext(t.Context(), check).Scan(&answer); err != nil || answer != "ok" {
			t.Fatalf("%s: %q, %v", check, answer, err)
		}
	}
	for what, lost := range map[string]string{
		"a foreign key":        "SELECT count(*) FROM pragma_foreign_key_check",
		"a half-kept report":   "SELECT count(*) FROM report r WHERE 2 <> (SELECT count(*) FROM value WHERE field = 'report' AND value = r.id)",
		"a revision":           "SELECT count(*) FROM incident i WHERE i.revision <> (SELECT count(*) FROM revision WHERE incident = i.id)",
		"an incident's box":    "SELECT count(*) FROM box WHERE id NOT IN (SELECT id FROM box_tree)",
		"an incident's words":  "SELECT count(*) FROM incident WHERE n NOT IN (SELECT rowid FROM word)",
		"an incident's values": "SELECT count(*) FROM incident WHERE n NOT IN (SELECT n FROM value WHERE field = 'country')",
	} {
		var n int
		if err := db.QueryRowContext(t.Context(), lost).Scan(&n); err != nil || n > 0 {
			t.Fatalf("%s is lost %d times, %v", what, n, err)
		}
	}
}

func checkThere(t *testing.T, path string, reports []string) {
	t.Helper()
	store := open(t, path)
	defer store.Close()
	for _, id := range reports {
		r, err := store.Report(t.Context(), id)
		if err != nil || geo.ReportID(r.Text) != id {
			t.Fatalf("acknowledged report %s: %v", id, err)
		}
		for _, n := range []int{1, 2} {
			if _, err := store.Incident(t.Context(), geo.IncidentID(id, n)); err != nil {
				t.Fatalf("acknowledged report %s: %v", id, err)
			}
		}
	}
}
