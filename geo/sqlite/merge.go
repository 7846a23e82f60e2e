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
	"admin1", "country", "edited", "merged_into", "revision", "created", "updated"}

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
	edited := joinNames(before.Edited, after.Edited)
	for _, f := range geo.Columns() {
		if !slices.Contains(derived, f.Name) && !slices.Contains(edited, f.Name) && !bytes.Equal(a[f.Name], b[f.Name]) {
			edited = append(edited, f.Name)
		}
	}
	slices.Sort(edited)
	return edited, nil
}

// reread is an incident read again from a new version of the report: what a
// person set stays, and so do its status, tags, reports and what other reports
// say of it.
func reread(report string, before, after geo.Incident) (geo.Incident, error) {
	for _, q := range before.Quotes {
		if q.Report != report {
			after.Quotes = append(after.Quotes, q)
		}
	}
	for _, c := range before.Claims {
		if c.Report != report && c.Report != "" {
			after.Claims = append(slices.Clip(after.Claims), c)
		}
	}
	a, err := flatten(before)
	if err != nil {
		return after, err
	}
	b, err := flatten(after)
	if err != nil {
		return after, err
	}
	for _, name := range kept(before.Edited) {
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

// joinNames lists the names of both, each once and sorted.
func joinNames(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// joinReports are the reports of a and b, each once; b's replaces a's.
func joinReports(a, b []geo.ReportRef) []geo.ReportRef {
	all := slices.Clone(a)
	for _, r := range b {
		if k := slices.IndexFunc(all, func(x geo.ReportRef) bool { return x.ID == r.ID }); k >= 0 {
			all[k] = r
		} else {
			all = append(all, r)
		}
	}
	return all
}

// whole are the fields that make sense only together: the days, and each range.
var whole = func() [][]string {
	groups := [][]string{{"start", "end", "date_precision", "time_text"}}
	for _, name := range append([]geo.Measure{"count"}, geo.Measures...) {
		groups = append(groups, []string{string(name) + "_low", string(name) + "_best", string(name) + "_high"})
	}
	return groups
}()

// kept are the fields that reading again leaves: those that a person set, with
// the others of their group, and what no reader sets.
func kept(edited []string) []string {
	names := slices.Concat([]string{"status", "tags", "created", "edited", "merged_into"}, edited)
	for _, group := range whole {
		if slices.ContainsFunc(group, func(name string) bool { return slices.Contains(edited, name) }) {
			names = append(names, group...)
		}
	}
	return names
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
