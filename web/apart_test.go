package web_test

import (
	"testing"

	"dateline/geo"
)

func TestKeptApart(t *testing.T) {
	s := newSite(t, nil).signIn()
	_, first := s.kept(map[string]any{"text": kabul, "publisher": "Gazette", "published": "2024-03-06"}, map[string]any{})
	other, _ := s.kept(map[string]any{"text": "Five people died when a bomb exploded in Kabul on Tuesday, the interior ministry said.", "publisher": "Courier", "published": "2024-03-07"}, map[string]any{})
	var found struct {
		Candidates []struct {
			Score   float64
			Reasons []struct{ Code, Value string }
		}
	}
	s.json(200, "GET", first+"/candidates", nil, &found)
	if len(found.Candidates) != 1 || len(found.Candidates[0].Reasons) < 2 || found.Candidates[0].Reasons[0].Code == "" {
		t.Fatalf("candidates %+v", found)
	}
	s.json(200, "PATCH", first, map[string]any{"base": 2, "why": "two blasts", "set": map[string]any{"tags": []string{geo.ApartTag(other.Incidents[0].ID)}}}, nil)
	for _, path := range []string{first, "/incidents/" + other.Incidents[0].ID} {
		s.json(200, "GET", path+"/candidates", nil, &found)
		if len(found.Candidates) != 0 {
			t.Errorf("%s still has %+v", path, found.Candidates)
		}
	}
}
