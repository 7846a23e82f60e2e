package geo

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// MaxReportBytes bounds the text of a report.
const MaxReportBytes = 1 << 20

// Report is one text with where it comes from, kept whole. A changed text is a
// new version of it.
type Report struct {
	ID        string    `json:"id"` // of its first text; see ReportID
	Version   int       `json:"version"`
	SHA256    string    `json:"sha256"` // of this version's text, hexadecimal
	Title     string    `json:"title,omitempty"`
	Author    string    `json:"author,omitempty"` // who wrote it, as its page says
	Publisher string    `json:"publisher,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published Day       `json:"published,omitempty"` // empty: relative days stay unresolved
	Country   string    `json:"country,omitempty"`   // ISO 3166-1 alpha-2 hint: where the report looks
	Home      string    `json:"home,omitempty"`      // place name hint: the outlet's home
	Text      string    `json:"text"`
	Added     time.Time `json:"added,omitzero"` // UTC
}

// ReportRef is what an incident keeps of each of its reports.
type ReportRef struct {
	ID        string `json:"id"`
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
	Published Day    `json:"published,omitempty"`
}

// Ref of the report.
func (r Report) Ref() ReportRef {
	return ReportRef{ID: r.ID, Publisher: r.Publisher, URL: r.URL, Published: r.Published}
}

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// ReportID is the id of a report whose first text is this: 12 characters of the
// base32 of the text's SHA-256.
func ReportID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return idEncoding.EncodeToString(sum[:])[:12]
}

// TextSHA256 is the hexadecimal SHA-256 of a text.
func TextSHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// IncidentID is given once and never recomputed: 12 characters of the base32 of
// SHA-256(report id, start of the trigger in code points).
func IncidentID(report string, triggerStart int) string {
	return hashID("report", report, fmt.Sprint(triggerStart))
}

// ImportedID is the id of an imported row: from its source and the source's id.
func ImportedID(origin, originID string) string { return hashID("origin", origin, originID) }

func hashID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return idEncoding.EncodeToString(sum[:])[:12]
}
