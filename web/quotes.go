package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"dateline/geo"
)

// quoted is the incident with the quotes of a change, which must be what their
// reports say: no span, no fact.
func (s *Server) quoted(ctx context.Context, i geo.Incident, quotes json.RawMessage) (geo.Incident, error) {
	i.Quotes = nil
	if err := json.Unmarshal(quotes, &i.Quotes); err != nil {
		return i, geo.Invalid("quotes", "%v", err)
	}
	return i, s.checkQuotes(ctx, i.Quotes)
}

// checkQuotes refuses quotes that are not what their reports say.
func (s *Server) checkQuotes(ctx context.Context, quotes []geo.Quote) error {
	texts := map[string][]rune{}
	for k, q := range quotes {
		field := fmt.Sprintf("quotes[%d]", k)
		if !strings.HasPrefix(q.Field, "/") {
			return geo.Invalid(field+".field", "%q is no path such as /killed", q.Field)
		}
		key := fmt.Sprint(q.Report, " ", q.Version)
		if _, known := texts[key]; !known {
			r, err := s.reportText(ctx, q.Report, q.Version)
			if err != nil {
				return cmp.Or(notThere(field, err), err)
			}
			texts[key] = []rune(r.Text)
		}
		text := texts[key]
		if q.Start < 0 || q.End > len(text) || q.Start >= q.End || string(text[q.Start:q.End]) != q.Text {
			return geo.Invalid(field, "the report does not say %q at %d to %d", q.Text, q.Start, q.End)
		}
	}
	return nil
}

func notThere(field string, err error) error {
	if statusOf(err) == 404 {
		return geo.Invalid(field+".report", "there is no such text")
	}
	return nil
}

// reportText is a report with the text of one of its versions.
func (s *Server) reportText(ctx context.Context, id string, version int) (geo.Report, error) {
	if v, ok := s.Store.(geo.Versioner); ok {
		return v.ReportVersion(ctx, id, version)
	}
	r, err := s.Store.Report(ctx, id)
	if err == nil && r.Version != version {
		err = fmt.Errorf("report %s, version %d: %w", id, version, geo.ErrNotFound)
	}
	return r, err
}
