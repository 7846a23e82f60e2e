package ingest

import (
	"dateline/geo"
	"dateline/geo/report"
)

// WordReader is a reader that also says what some words of a report say.
type WordReader interface {
	Words(rep geo.Report, start, end int) (report.Words, error)
}

// Words reads the words of a report between two code points; only their text is
// known where the reader reads whole reports alone.
func (s *Service) Words(rep geo.Report, start, end int) (report.Words, error) {
	if r, ok := s.Reader.(WordReader); ok {
		return r.Words(rep, start, end)
	}
	return report.Words{}, geo.Invalid("start", "the reader can't read single words")
}
