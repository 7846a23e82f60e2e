package geo

import (
	"context"
	"iter"
	"time"
)

// Store keeps reports and incidents. Every change is a revision; a call that
// returned without error is on disk. Errors wrap ErrNotFound, ErrConflict or
// ErrInvalid where the caller can do something about it. All methods may be
// called from many goroutines.
type Store interface {
	// Add keeps a report and the incidents read from it, in one transaction.
	// A text that is there already, in any version of a report, keeps nothing
	// and returns what is there, with Existing set. Another text for a report
	// that is there is a new version of it: incidents of an id that is there
	// are updated but for the fields that a person set, their status and tags;
	// new ones are added, none is taken away.
	Add(ctx context.Context, s Submission) (Added, error)
	// Save writes a new revision of an incident, or its first (Base 0).
	// ErrConflict where the incident's revision is no longer Base.
	Save(ctx context.Context, e Edit) (Incident, error)
	// Incident by id; ErrNotFound where there is none. A retracted one is returned.
	Incident(ctx context.Context, id string) (Incident, error)
	// Report by id, at its newest version; ErrNotFound where there is none.
	Report(ctx context.Context, id string) (Report, error)
	// Query streams the incidents that match, in the query's order. A store that
	// can't answer a CQL finds candidates by what Lower gives and matches each
	// before the limit counts.
	Query(ctx context.Context, q Query) iter.Seq2[Incident, error]
	// Changes streams every revision after seq, oldest first.
	Changes(ctx context.Context, since int64) iter.Seq2[Change, error]
	// Close waits for running calls and closes the store.
	Close() error
}

// Submission is a report with the incidents read from it.
type Submission struct {
	Report    Report
	Incidents []Incident // Reports, Created, Updated and Revision are set by the store
	By, Why   string
	Keys      []int64 // under which texts like the report's are found; see Resembler
}

// Added is what a Submission came to.
type Added struct {
	Report    Report
	Incidents []Incident
	Existing  bool // the text was there already
}

// Edit is a change of one incident by a person or program.
type Edit struct {
	Incident Incident // as it shall be
	Base     int      // revision that the edit started from; 0 for a new incident
	By, Why  string   // who and why; ErrInvalid where a person gives no Why
	Person   bool     // a person made it: the names of the changed fields join Incident.Edited
}

// Change is one revision of one incident.
type Change struct {
	Seq      int64     `json:"seq"` // grows by commit
	Incident Incident  `json:"incident"`
	By       string    `json:"by"`
	Why      string    `json:"why"`
	At       time.Time `json:"at"`
}

// Order of a query's results.
type Order string

// The orders. Ties go by id.
const (
	NewestFirst Order = "newest"  // by end day (start where there is none), latest first, unknown days last
	ByUpdated   Order = "updated" // by time of the last revision, latest first
	ByID        Order = "id"
	AsKept      Order = "kept" // as is fastest for the store, for who reads all of them: not for pages, and not after a cursor
)

// Query asks a store for incidents.
type Query struct {
	Filter Filter
	Order  Order     // NewestFirst where empty
	Sort   []SortKey // goes before Order where there are any; ties go by id
	Limit  int       // 0: no limit
	After  string    // cursor: id of the incident after which to go on, with the same filter and order; the store looks its key up
}

// Counter is a store that counts without listing.
type Counter interface {
	// Counts of the incidents that match: in all, by day (End, or Start where
	// there is none), type, country, status, and how many are unlocated.
	Counts(ctx context.Context, f Filter) (Counts, error)
}

// Counts under a filter.
type Counts struct {
	Total     int            `json:"total"`
	Unlocated int            `json:"unlocated"` // no place of role site has coordinates
	Undated   int            `json:"undated"`
	ByDay     map[Day]int    `json:"by_day"`
	ByType    map[string]int `json:"by_type"`
	ByCountry map[string]int `json:"by_country"`
	ByStatus  map[Status]int `json:"by_status"`
}

// Historian is a store that shows an incident's revisions.
type Historian interface {
	// Revisions of an incident, oldest first; ErrNotFound where there is none.
	Revisions(ctx context.Context, id string) ([]Change, error)
}

// ReportLister is a store that lists its reports, newest first.
type ReportLister interface {
	Reports(ctx context.Context, limit int, after string) iter.Seq2[Report, error]
	// IncidentsOf lists the incidents that name the report, by id.
	IncidentsOf(ctx context.Context, report string) ([]Incident, error)
}

// Versioner is a store that gives older versions of a report, for the quotes
// that were taken from them.
type Versioner interface {
	// ReportVersion is the report with the text of one of its versions;
	// ErrNotFound where there is none.
	ReportVersion(ctx context.Context, id string, version int) (Report, error)
}

// Importer is a store that takes many incidents at once.
type Importer interface {
	// Import keeps incidents in one transaction: a new one with its first
	// revision, a changed one with a new revision, in which what a person set,
	// its status and tags stay; one that says what is there changes nothing.
	Import(ctx context.Context, incidents []Incident, by, why string) (Imported, error)
}

// Imported counts what an Import came to.
type Imported struct{ Added, Updated, Same int }

// Resembler is a store that finds reports by the keys of their texts.
type Resembler interface {
	// Resembling lists the ids of reports whose newest text was added with one
	// of the keys, those that share most first; a bounded number of them.
	Resembling(ctx context.Context, keys []int64) ([]string, error)
}

// Remover is a store that takes out a publisher's reports together with the
// incidents that no other report tells. It serves the samples only: an editor
// retracts.
type Remover interface {
	RemovePublisher(ctx context.Context, publisher string) (reports, incidents int, err error)
}

// Token lets a program or person write. Only the SHA-256 of its secret is kept.
type Token struct {
	Name    string    `json:"name"`
	Hash    string    `json:"-"` // hexadecimal SHA-256 of the secret
	Created time.Time `json:"created"`
	Revoked time.Time `json:"revoked,omitzero"`
}

// TokenStore keeps tokens and the sessions that they opened.
type TokenStore interface {
	AddToken(ctx context.Context, t Token) error // ErrConflict where the name is taken
	TokenByHash(ctx context.Context, hash string) (Token, error)
	Tokens(ctx context.Context) ([]Token, error)
	RevokeToken(ctx context.Context, name string) error // ends its sessions too
	AddSession(ctx context.Context, s Session) error
	SessionByHash(ctx context.Context, hash string) (Session, error) // ErrNotFound where expired or ended
	EndSession(ctx context.Context, hash string) error
}

// Session of a signed-in browser. Only the SHA-256 of its cookie is kept.
type Session struct {
	Hash    string
	Name    string // the token's name, or "local" for the one-time link
	Expires time.Time
}

// Sequencer is a store that tells cheaply whether anything changed.
type Sequencer interface {
	// LastSeq is the number of the newest change, 0 where there is none.
	LastSeq(ctx context.Context) (int64, error)
	// Commits grows with every change that was made through this very store.
	Commits() uint64
}

// BulkSaver is a store that takes many incidents at once, for imports.
type BulkSaver interface {
	// SaveAll does what Save does for each of the edits, in one transaction: all
	// are kept or none. The edits' incidents become what was kept. Where they are
	// many the store may answer filters more slowly until it has had the time to
	// prepare them: see Prepare.
	SaveAll(ctx context.Context, edits []Edit) error
	// Prepare makes filters fast again after SaveAll. It may take minutes and be
	// broken off; it goes on where it was. Where nothing is to be done it returns
	// at once.
	Prepare(ctx context.Context) error
	// Behind is how many incidents Prepare has yet to bring into what filters ask.
	Behind(ctx context.Context) (int, error)
}
