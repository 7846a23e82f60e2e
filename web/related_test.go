package web_test

import (
	"strings"
	"testing"

	"dateline/geo"
)

// kept adds a report and publishes its first incident with more set.
func (s *site) kept(report, set map[string]any) (answer, string) {
	s.t.Helper()
	var added answer
	s.json(201, "POST", "/reports", report, &added)
	if len(added.Incidents) == 0 {
		s.t.Fatalf("the report tells nothing: %v", report)
	}
	set["status"] = "published"
	path := "/incidents/" + added.Incidents[0].ID
	s.json(200, "PATCH", path, map[string]any{"base": 1, "why": "checked", "set": set}, nil)
	return added, path
}

func TestRelated(t *testing.T) {
	s := newSite(t, nil).signIn()
	attack := func(text, day string) (answer, string) {
		return s.kept(map[string]any{"text": text, "publisher": "Gazette", "published": day}, map[string]any{})
	}
	_, first := attack("The Taliban attacked a police post in Kabul on Tuesday, killing three people, officials said.", "2024-03-06")
	near, _ := attack("A gas explosion in Kabul on Sunday killed two people, officials said.", "2024-03-11")
	attack("A gas explosion in Kandahar on Sunday killed two people, officials said.", "2024-03-11")
	attack("A gas explosion in Kabul on Sunday killed nine people, officials said.", "2023-03-13")
	same, _ := attack("The Taliban attacked an army base in Herat on Monday, killing six soldiers, officials said.", "2023-06-06")

	public := &site{s.Server, t, "", s.store}
	var related struct {
		Near []struct {
			DistanceM int `json:"distance_m"`
			Incident  geo.Incident
		}
		Actors []struct {
			Actor    string
			Incident geo.Incident
		}
	}
	public.json(200, "GET", first+"/related", nil, &related)
	if len(related.Near) != 1 || related.Near[0].Incident.ID != near.Incidents[0].ID || related.Near[0].DistanceM > 1000 {
		t.Errorf("near: %+v", related.Near)
	}
	if len(related.Actors) != 1 || related.Actors[0].Incident.ID != same.Incidents[0].ID || !strings.Contains(related.Actors[0].Actor, "Taliban") {
		t.Errorf("of the same actor: %+v", related.Actors)
	}
	s.json(200, "DELETE", "/incidents/"+near.Incidents[0].ID, map[string]any{"base": 2, "why": "not so"}, nil)
	public.json(200, "GET", first+"/related", nil, &related)
	if len(related.Near) != 0 {
		t.Errorf("a retracted incident is near: %+v", related.Near)
	}
	public.json(404, "GET", "/incidents/nosuchincident/related", nil, nil)
}
