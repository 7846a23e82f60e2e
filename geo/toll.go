package geo

// Range is a number as low, best and high; nil is not stated, never zero.
type Range struct {
	Low, Best, High *int64
}

// Stated reports whether any of the three is.
func (r Range) Stated() bool { return r.Low != nil || r.Best != nil || r.High != nil }

// Measure is what a toll counts.
type Measure string

// The measures, in the order of the flat incident.
const (
	Killed    Measure = "killed"
	Injured   Measure = "injured"
	Missing   Measure = "missing"
	Abducted  Measure = "abducted"
	Arrested  Measure = "arrested"
	Displaced Measure = "displaced"
)

// Measures lists every measure, in the order of the flat incident.
var Measures = []Measure{Killed, Injured, Missing, Abducted, Arrested, Displaced}

// Tolls are the ranges of an incident, derived from its claims.
type Tolls struct {
	Killed, Injured, Missing, Abducted, Arrested, Displaced Range
}

// Of gives the range of a measure, to read or to set; nil for an unknown one.
func (t *Tolls) Of(m Measure) *Range {
	switch m {
	case Killed:
		return &t.Killed
	case Injured:
		return &t.Injured
	case Missing:
		return &t.Missing
	case Abducted:
		return &t.Abducted
	case Arrested:
		return &t.Arrested
	case Displaced:
		return &t.Displaced
	}
	return nil
}

// Claim is one statement of a toll, with who says so and where.
type Claim struct {
	Measure     Measure     `json:"measure"`
	Group       string      `json:"group,omitempty"` // civilian, combatant, child, woman, journalist, health or aid worker
	Low         *int64      `json:"low,omitempty"`
	Best        *int64      `json:"best,omitempty"`
	High        *int64      `json:"high,omitempty"`
	Attribution Attribution `json:"attribution,omitempty"`
	By          string      `json:"by,omitempty"`
	Report      string      `json:"report,omitempty"`
	Start       int         `json:"start"` // code points
	End         int         `json:"end"`
}
