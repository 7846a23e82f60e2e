package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"dateline/geo"
)

// derived are the columns that follow from others or that the store sets: a
// person does not edit them.
var derived = []string{"id", "group", "place", "place_id", "geonameid", "locative", "lat", "lon", "radius_m", "precision",
	"admin1", "country", "edited", "revision", "created", "updated"}

// editedFields are those that a person set: those of before, and those in which
// after differs.
func editedFields(before, after geo.Incident) ([]string, error) {
	a, err := flatten(before)
	if err != nil {
		return nil, err
	}
	b, err := flatten(after)
	if err != nil {
		return nil, err
	}
	edited := slices.Clone(before.Edited)
	for _, f := range geo.Columns() {
		if !slices.Contains(derived, f.Name) && !slices.Contains(edited, f.Name) && !bytes.Equal(a[f.Name], b[f.Name]) {
			edited = append(edited, f.Name)
		}
	}
	slices.Sort(edited)
	return edited, nil
}

// reread is an incident read again from a new version of its report: what a
// person set stays, and so do its status, tags and reports.
func reread(before, after geo.Incident) (geo.Incident, error) {
	a, err := flatten(before)
	if err != nil {
		return after, err
	}
	b, err := flatten(after)
	if err != nil {
		return after, err
	}
	for _, name := range append([]string{"status", "tags", "created", "edited"}, before.Edited...) {
		if value, ok := a[name]; ok {
			b[name] = value
		} else {
			delete(b, name)
		}
	}
	merged, err := json.Marshal(b)
	if err != nil {
		return after, err
	}
	var out geo.Incident
	if err := json.Unmarshal(merged, &out); err != nil {
		return after, err
	}
	out.Revision = before.Revision + 1
	out.Reports = joinReports(before.Reports, after.Reports)
	return out, nil
}

func joinReports(a, b []geo.ReportRef) []geo.ReportRef {
	all := slices.Clone(a)
	for _, r := range b {
		if !slices.ContainsFunc(all, func(x geo.ReportRef) bool { return x.ID == r.ID }) {
			all = append(all, r)
		}
	}
	return all
}

func flatten(i geo.Incident) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(i)
	if err != nil {
		return nil, err
	}
	var flat map[string]json.RawMessage
	if err := json.Unmarshal(data, &flat); err != nil {
		return nil, fmt.Errorf("flatten incident %s: %w", i.ID, err)
	}
	return flat, nil
}
