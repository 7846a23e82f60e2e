package web_test

import (
	"strconv"
	"strings"
	"testing"

	"dateline/geo"
)

func TestPickedWords(t *testing.T) {
	s := newSite(t, nil).signIn()
	added, path := s.kept(map[string]any{"text": kabul, "published": "2024-03-06"}, map[string]any{})
	words := "/reports/" + added.Report.ID + "/words"
	at := strings.Index(kabul, "three")
	var picked struct {
		Text    string
		Version int
		Number  *struct{ Low, Best, High *int64 }
		When    *geo.When
	}
	s.json(200, "GET", words+"?start=50&end=56", nil, &picked)
	s.json(200, "GET", words+"?start="+strconv.Itoa(at)+"&end="+strconv.Itoa(at+5), nil, &picked)
	if picked.Text != "three" || picked.Number == nil || *picked.Number.Best != 3 || picked.Version != 1 {
		t.Errorf("picked %+v", picked)
	}
	at = strings.Index(kabul, "Tuesday")
	s.json(200, "GET", words+"?start="+strconv.Itoa(at)+"&end="+strconv.Itoa(at+7), nil, &picked)
	if picked.When == nil || picked.When.Start != "2024-03-05" {
		t.Errorf("Tuesday is %+v", picked.When)
	}
	s.json(400, "GET", words+"?start=5&end=5", nil, nil)
	s.json(400, "GET", words+"?start=0&end=100000", nil, nil)
	(&site{s.Server, t, "", s.store}).json(401, "GET", words+"?start=0&end=5", nil, nil)

	quote := func(text string) map[string]any {
		at := strings.Index(kabul, "bomb")
		return map[string]any{"report": added.Report.ID, "version": 1, "field": "/title", "start": at, "end": at + 4, "text": text}
	}
	edit := func(quotes ...any) map[string]any {
		return map[string]any{"base": 2, "why": "picked", "set": map[string]any{"title": "A bomb", "quotes": quotes}}
	}
	s.json(400, "PATCH", path, edit(quote("bang")), nil)
	missing := quote("bomb")
	missing["version"] = 7
	s.json(400, "PATCH", path, edit(missing), nil)
	s.json(200, "PATCH", path, edit(quote("bomb")), nil)
	var feature struct{ Properties geo.Incident }
	s.json(200, "GET", path, nil, &feature)
	if q := feature.Properties.Quotes; len(q) != 1 || q[0].Text != "bomb" {
		t.Errorf("quotes %+v", q)
	}
}
