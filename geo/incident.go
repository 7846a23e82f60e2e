// Package geo is the domain: incidents, the reports that tell them, the filter
// that selects them and the store that keeps them. It holds types, interfaces
// and errors; no SQL, HTTP or files.
//
// Longitude and latitude are degrees (WGS 84), lon first; radii are metres;
// days are civil dates at the place; system times are UTC. Offsets into a
// report are Unicode code points.
package geo

import (
	"time"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// Status of an incident: what a machine read is a draft until a person
// publishes it.
type Status string

// The statuses, in the order in which an incident passes them.
const (
	Draft     Status = "draft"
	Reviewed  Status = "reviewed"
	Published Status = "published"
	Retracted Status = "retracted"
)

// Statuses lists every status.
var Statuses = []Status{Draft, Reviewed, Published, Retracted}

// Modality says in what sense the report tells the incident.
type Modality string

// The modalities.
const (
	Asserted     Modality = "asserted"
	Denied       Modality = "denied"
	Planned      Modality = "planned"
	Hypothetical Modality = "hypothetical"
	Historical   Modality = "historical"
)

// Modalities lists every modality.
var Modalities = []Modality{Asserted, Denied, Planned, Hypothetical, Historical}

// Attribution says on whose word a thing is laid to someone; By names them.
type Attribution string

// The attributions.
const (
	Claimed            Attribution = "claimed"   // by the doer itself
	Accused            Attribution = "accused"   // a named party says that another did it
	Alleged            Attribution = "alleged"   // said by no named source
	Suspected          Attribution = "suspected" // the report's own hedge
	Stated             Attribution = "stated"    // the report's own voice
	AttributionDenied  Attribution = "denied"
	AttributionUnknown Attribution = "unknown"
)

// Attributions lists every attribution.
var Attributions = []Attribution{Claimed, Accused, Alleged, Suspected, Stated, AttributionDenied, AttributionUnknown}

// Incident is one event at one place (or several sites) over one span of days.
// Its JSON is the flat form of the design: see Fields.
type Incident struct {
	ID       string
	Title    string
	Type     string // code of an EventType
	Status   Status
	Modality Modality
	Weak     bool // below the reader's bar: hidden unless asked for

	When   When
	Places []Site // the first whose role is site is where the incident stands
	Count  Range  // a campaign's number of attacks
	Tolls  Tolls
	Claims []Claim
	Actors []Actor
	Named  []Named
	Quotes []Quote

	Reports []ReportRef
	Tags    []string

	Origin          string // name of the data set that an imported row came from
	OriginID        string
	OriginType      string
	OriginPrecision string

	Reader     string // version of the reader that made the draft, empty for a person's
	Confidence float64
	Edited     []string // names of the fields that a person set: reading again leaves them

	MergedInto string // id of the incident that this one was merged into; then it is retracted

	Revision int // 1 for the first
	Created  time.Time
	Updated  time.Time
}

// Role of a place in an incident.
type Role string

// The roles of places.
const (
	RoleSite   Role = "site"
	RoleTarget Role = "target"
	RoleOrigin Role = "origin"
	RoleRoute  Role = "route"
)

// Roles lists the roles of places.
var Roles = []Role{RoleSite, RoleTarget, RoleOrigin, RoleRoute}

// Site is a place of an incident, with its role. Lon and Lat are degrees, nil
// where the place could not be located.
type Site struct {
	Role       Role                `json:"role"`
	Place      string              `json:"place"` // as a reader would say it: "Palestine Street, Baghdad"
	PlaceID    string              `json:"place_id,omitempty"`
	GeoNameID  string              `json:"geonameid,omitempty"`
	Locative   string              `json:"locative,omitempty"`
	Lat        *float64            `json:"lat,omitempty"`
	Lon        *float64            `json:"lon,omitempty"`
	RadiusM    float64             `json:"radius_m,omitempty"`
	Precision  gazetteer.Precision `json:"precision,omitempty"`
	Admin1     string              `json:"admin1,omitempty"`
	Country    string              `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Confidence float64             `json:"confidence,omitempty"`
	// Approximate is set where the gazetteer's position was recalled.
	Approximate bool `json:"approximate,omitempty"`
	// NotFound is the part of the place's text that the gazetteer does not know.
	NotFound string `json:"not_found,omitempty"`
	// Area is the polygon that holds the location where a rule gives one.
	Area orb.Polygon `json:"area,omitempty"`
}

// Located reports whether the site has coordinates.
func (s Site) Located() bool { return s.Lon != nil && s.Lat != nil }

// Point is lon, lat of a located site.
func (s Site) Point() (orb.Point, bool) {
	if !s.Located() {
		return orb.Point{}, false
	}
	return orb.Point{*s.Lon, *s.Lat}, true
}

// Pinned reports whether the site may be drawn as a point: located, and no
// district, region, country or water.
func (s Site) Pinned() bool { return s.Located() && s.Precision.Pinned() }

// Where is the first place whose role is site; ok is false where there is none.
func (i *Incident) Where() (s Site, ok bool) {
	for _, p := range i.Places {
		if p.Role == RoleSite {
			return p, true
		}
	}
	return Site{}, false
}

// Group is the group of the incident's type, empty for an unknown type.
func (i *Incident) Group() string {
	t, _ := EventTypeByCode(i.Type)
	return t.Group
}

// Actor is someone who takes part in an incident, and on whose word.
type Actor struct {
	Name        string      `json:"name"`
	ActorID     string      `json:"actor_id,omitempty"`
	Role        string      `json:"role"` // perpetrator, target, victim, claimant
	Attribution Attribution `json:"attribution,omitempty"`
	By          string      `json:"by,omitempty"`
}

// ActorRoles lists the roles of actors.
var ActorRoles = []string{"perpetrator", "target", "victim", "claimant"}

// Named is a person whom the report names.
type Named struct {
	Name    string `json:"name"`
	Role    string `json:"role,omitempty"` // "deputy head of operations"
	Fate    string `json:"fate,omitempty"` // killed, injured, missing, abducted, arrested
	Private bool   `json:"private"`        // leaves only signed in
}

// Quote is the span of a report that a value was read from.
type Quote struct {
	Report  string `json:"report"`
	Version int    `json:"version"`
	Field   string `json:"field"` // JSON pointer into the flat incident: /killed, /places/0/place, /actors/1, /type, /start
	Start   int    `json:"start"` // code points, first
	End     int    `json:"end"`   // code points, one past the last
	Text    string `json:"text"`
}
