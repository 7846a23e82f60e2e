package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An answer of the gazetteer says what matched, what its context did and what was
// not found.
func TestGazetteerExplains(t *testing.T) {
	s := newSite(t, nil)
	for _, tc := range []struct {
		q, id, how, notFound string
		context              []string
	}{
		{"Nowhere Street, Baghdad", "gn:98182", "part that was not found", "Nowhere Street", []string{"gn:98182"}},
		{"10 km north of Mosul, Nineveh, Iraq", "gn:99072", "own name", "", []string{"gn:99237", "gn:92877"}},
		{"خان يونس", "gn:281124", "other name", "", nil},
		{"Харків", "gn:706483", "other name", "", nil},
	} {
		response, body := s.do(http.MethodGet, "/gazetteer?limit=1&q="+url.QueryEscape(tc.q), nil)
		var got struct {
			Features []struct {
				ID         string
				Properties struct {
					NotFound string `json:"not_found"`
					Matched  struct{ How string }
					Context  []struct{ ID string }
				}
			}
		}
		if err := json.Unmarshal(body, &got); err != nil || response.StatusCode != http.StatusOK || len(got.Features) != 1 {
			t.Fatalf("%s: %d %s %v", tc.q, response.StatusCode, body, err)
		}
		f := got.Features[0]
		var context []string
		for _, c := range f.Properties.Context {
			context = append(context, c.ID)
		}
		have := []any{f.ID, f.Properties.Matched.How, f.Properties.NotFound, context}
		if diff := cmp.Diff([]any{tc.id, tc.how, tc.notFound, tc.context}, have); diff != "" {
			t.Errorf("%s: %s", tc.q, diff)
		}
	}
}
