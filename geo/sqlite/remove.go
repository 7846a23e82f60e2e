package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"dateline/geo"
)

// RemovePublisher takes out a publisher's reports and the incidents that no
// other report tells, with their histories. Each leaves one last revision that
// says it is retracted, so that open pages learn of it. An incident that others
// tell too loses its references to the reports and the quotes from them.
func (s *Store) RemovePublisher(ctx context.Context, publisher string) (reports, incidents int, err error) {
	err = s.update(ctx, func(tx *sql.Tx) error {
		told, err := incidentsWhere(ctx, tx, "n IN (SELECT n FROM value WHERE field = 'publisher' AND value = ?)", geo.FoldText(publisher))
		if err != nil {
			return err
		}
		c := change{"dateline", "removed with its publisher", s.timestamp()}
		for _, i := range told {
			left := without(i, publisher)
			switch len(left.Reports) {
			case len(i.Reports): // of a publisher whose name folds to the same
				continue
			case 0:
				incidents++
				err = removeIncident(ctx, tx, i, c)
			default:
				left.Revision++
				err = writeIncident(ctx, tx, &left, c)
			}
			if err != nil {
				return fmt.Errorf("remove incident %s: %w", i.ID, err)
			}
		}
		done, err := tx.ExecContext(ctx, "DELETE FROM report WHERE publisher = ?", publisher)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		reports = int(n)
		return err
	})
	return reports, incidents, err
}

// without the publisher's reports and the quotes from them.
func without(i geo.Incident, publisher string) geo.Incident {
	gone := map[string]bool{}
	for _, r := range i.Reports {
		gone[r.ID] = gone[r.ID] || r.Publisher == publisher
	}
	i.Reports = slices.DeleteFunc(slices.Clone(i.Reports), func(r geo.ReportRef) bool { return gone[r.ID] })
	i.Quotes = slices.DeleteFunc(slices.Clone(i.Quotes), func(q geo.Quote) bool { return gone[q.Report] })
	return i
}

func removeIncident(ctx context.Context, tx *sql.Tx, i geo.Incident, c change) error {
	for _, statement := range []string{
		"DELETE FROM word WHERE rowid = (SELECT n FROM incident WHERE id = ?)",
		"DELETE FROM box_tree WHERE id IN (SELECT id FROM box WHERE n = (SELECT n FROM incident WHERE id = ?))",
		"DELETE FROM revision WHERE incident = ?",
		"DELETE FROM incident WHERE id = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, i.ID); err != nil {
			return err
		}
	}
	last := geo.Incident{ID: i.ID, Type: i.Type, Status: geo.Retracted, Modality: i.Modality, Revision: i.Revision + 1, Created: i.Created, Updated: c.at}
	body, err := last.MarshalJSON()
	if err != nil {
		return err
	}
	return writeRevision(ctx, tx, i.ID, string(body), c)
}
