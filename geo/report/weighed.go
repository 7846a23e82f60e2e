package report

// Weighed is a mention as it was weighed as the place of an event.
type Weighed struct {
	Text     string             `json:"text"` // as the report has it, with its locative
	Lon      *float64           `json:"lon,omitempty"`
	Lat      *float64           `json:"lat,omitempty"`
	RadiusM  float64            `json:"radius_m,omitempty"`
	Features map[string]float64 `json:"features"`
}

// weighed tells for each event, and for each word that tells it, which mentions
// of its sentence were weighed as its place.
func (d *doc) weighed(events []*event) [][][]Weighed {
	out := make([][][]Weighed, 0, len(events))
	for _, e := range events {
		tellings := make([][]Weighed, 0, len(e.tellings))
		for _, t := range e.tellings {
			all := []Weighed{}
			for _, m := range d.maySites(t) {
				all = append(all, d.weighedAs(t, m))
			}
			tellings = append(tellings, all)
		}
		out = append(out, tellings)
	}
	return out
}

func (d *doc) weighedAs(t telling, m int) Weighed {
	w := Weighed{Text: d.text(d.extent(m)), Features: map[string]float64{}}
	if l := d.loc[m]; l != nil {
		lon, lat := l.Point.Lon(), l.Point.Lat()
		w.Lon, w.Lat, w.RadiusM = &lon, &lat, l.RadiusM
	}
	for k, x := range d.siteFeatures(t, m) {
		if x != 0 {
			w.Features[siteFeatureNames[k]] = x
		}
	}
	return w
}
