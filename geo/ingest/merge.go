package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/geo"
)

// Merge makes one incident of two: keep stays, with the reports, claims, quotes,
// actors, persons and tags of both, its tolls derived from all claims anew
// unless a person set them; the other is retracted and leads to it. Either's
// revision must be the one that the caller saw, else ErrConflict.
func (s *Service) Merge(ctx context.Context, keep, lose geo.Incident, by By) (geo.Incident, error) {
	if keep.ID == lose.ID {
		return geo.Incident{}, geo.Invalid("with", "an incident can't be merged with itself")
	}
	if lose.MergedInto != "" || lose.Status == geo.Retracted {
		return geo.Incident{}, geo.Invalid("with", "incident %s is retracted", lose.ID)
	}
	merged := Join(keep, lose)
	if err := merged.Check(); err != nil {
		return geo.Incident{}, err
	}
	saved, err := s.Store.Save(ctx, geo.Edit{Incident: merged, Base: keep.Revision, By: by.Name, Why: by.Why})
	if err != nil {
		return geo.Incident{}, fmt.Errorf("save %s: %w", keep.ID, err)
	}
	gone := lose
	gone.Status, gone.MergedInto = geo.Retracted, keep.ID
	if _, err := s.Store.Save(ctx, geo.Edit{Incident: gone, Base: lose.Revision, By: by.Name, Why: by.Why, Person: true}); err != nil {
		return geo.Incident{}, fmt.Errorf("retract %s: %w", lose.ID, err)
	}
	return saved, nil
}

// Join is keep with what lose has more.
func Join(keep, lose geo.Incident) geo.Incident {
	out := keep
	out.Reports = slices.Clone(keep.Reports)
	for _, r := range lose.Reports {
		if !slices.ContainsFunc(out.Reports, func(x geo.ReportRef) bool { return x.ID == r.ID }) {
			out.Reports = append(out.Reports, r)
		}
	}
	from := len(keep.Claims)
	out.Claims = slices.Concat(keep.Claims, lose.Claims)
	out.Quotes = slices.Clone(keep.Quotes)
	for _, q := range lose.Quotes {
		var n int
		if _, err := fmt.Sscanf(q.Field, "/claims/%d", &n); err == nil {
			q.Field = fmt.Sprintf("/claims/%d", from+n)
		} else if strings.HasPrefix(q.Field, "/actors/") || strings.HasPrefix(q.Field, "/named/") || strings.HasPrefix(q.Field, "/places/") && q.Field != "/places/0/place" {
			continue // their numbers are those of the other incident
		}
		out.Quotes = append(out.Quotes, q)
	}
	out.Actors = slices.Clone(keep.Actors)
	for _, x := range lose.Actors {
		if !slices.ContainsFunc(out.Actors, func(y geo.Actor) bool { return x.Name == y.Name && x.Role == y.Role }) {
			out.Actors = append(out.Actors, x)
		}
	}
	out.Named = slices.Clone(keep.Named)
	for _, x := range lose.Named {
		if !slices.ContainsFunc(out.Named, func(y geo.Named) bool { return geo.FoldText(x.Name) == geo.FoldText(y.Name) }) {
			out.Named = append(out.Named, x)
		}
	}
	for _, t := range lose.Tags {
		if !slices.Contains(out.Tags, t) {
			out.Tags = append(slices.Clip(out.Tags), t)
		}
	}
	if a, okA := keep.Where(); okA {
		if b, okB := lose.Where(); okB && a.Located() && b.Located() && b.RadiusM < a.RadiusM && distanceBeyond(a, b) <= 0 && !slices.Contains(keep.Edited, "places") {
			out.Places = lose.Places // the finer place
		}
	} else {
		out.Places = lose.Places
	}
	if keep.When.Start == "" && lose.When.Start != "" && !slices.Contains(keep.Edited, "start") && !slices.Contains(keep.Edited, "end") {
		out.When = lose.When
	}
	publisher := map[string]string{}
	for _, r := range out.Reports {
		publisher[r.ID] = r.Publisher
	}
	for _, m := range geo.Measures {
		if name := string(m); !slices.Contains(keep.Edited, name+"_low") && !slices.Contains(keep.Edited, name+"_best") && !slices.Contains(keep.Edited, name+"_high") {
			*out.Tolls.Of(m) = derived(out.Claims, m, publisher, *out.Tolls.Of(m), *lose.Tolls.Of(m))
		}
	}
	return out
}

// derived is the toll of claims from several reports: of each publisher (whose
// reports count once) the largest number; low is the least of the publishers'
// lows, high the largest of their highs, best the number that most of them give,
// the larger where as many give another. Where no claim of a whole is there the
// ranges that the two incidents had are joined.
func derived(claims []geo.Claim, m geo.Measure, publisher map[string]string, a, b geo.Range) geo.Range {
	each := map[string]geo.Range{}
	var names []string
	for _, c := range claims {
		if c.Measure != m || c.Group != "" {
			continue
		}
		name := cmp.Or(family(publisher[c.Report]), c.Report)
		r, ok := each[name]
		if !ok {
			names = append(names, name)
		}
		each[name] = geo.Range{Low: larger(r.Low, c.Low), Best: larger(r.Best, c.Best), High: larger(r.High, c.High)}
	}
	if len(names) == 0 {
		return geo.Range{Low: smaller(a.Low, b.Low), Best: larger(a.Best, b.Best), High: larger(a.High, b.High)}
	}
	var out geo.Range
	votes := map[int64]int{}
	for _, name := range names {
		r := each[name]
		out.Low, out.High = smaller(out.Low, r.Low), larger(out.High, larger(r.High, r.Best))
		if r.Best != nil {
			votes[*r.Best]++
		}
	}
	for n, count := range votes {
		if out.Best == nil || count > votes[*out.Best] || count == votes[*out.Best] && n > *out.Best {
			best := n
			out.Best = &best
		}
	}
	if out.Best != nil && out.Low != nil && *out.Low > *out.Best {
		out.Low = out.Best
	}
	return out
}

// family is the name under which a publisher's outlets count as one: the name
// without what stands behind a dash, a comma or a bracket ("Gazette - Sunday").
func family(name string) string {
	name = geo.FoldText(name)
	if k := strings.IndexAny(name, "-–|,("); k > 3 {
		name = name[:k]
	}
	return strings.TrimSpace(name)
}

func larger(a, b *int64) *int64 {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

func smaller(a, b *int64) *int64 {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}
