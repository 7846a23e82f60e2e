package ingest

import (
	"context"
	"errors"
	"slices"

	"dateline/geo"
)

// restore gives the places of an incident from an export of ours the
// coordinates that an export leaves out, since a region is no point: those that
// the store has for the incident, else those of the gazetteer's place of that id.
func (s *Service) restore(ctx context.Context, i *geo.Incident, l Locator) error {
	missing := func(p geo.Site) bool { return !p.Located() && p.Precision != "" && !p.Precision.Pinned() }
	if !slices.ContainsFunc(i.Places, missing) {
		return nil
	}
	var before geo.Incident
	if s.Store != nil {
		var err error
		if before, err = s.Store.Incident(ctx, i.ID); err != nil && !errors.Is(err, geo.ErrNotFound) {
			return err
		}
	}
	i.Places = slices.Clone(i.Places)
	for k := range i.Places {
		p := &i.Places[k]
		if !missing(*p) {
			continue
		}
		if k < len(before.Places) {
			if b := before.Places[k]; b.Role == p.Role && b.Place == p.Place && b.PlaceID == p.PlaceID && b.Precision == p.Precision && b.RadiusM == p.RadiusM {
				p.Lon, p.Lat = b.Lon, b.Lat
				continue
			}
		}
		if l == nil || p.PlaceID == "" {
			continue
		}
		for _, a := range l.Locate(p.Place, p.Country) {
			if a.Location.Place.ID == p.PlaceID {
				p.Lon, p.Lat = new(a.Location.Point.Lon()), new(a.Location.Point.Lat())
				break
			}
		}
	}
	return nil
}
