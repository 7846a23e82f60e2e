package report

import (
	"slices"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
)

// role is a place that has to do with an event and is not where it was.
type role struct {
	mention int
	role    geo.Role
}

// roles finds, in the clauses that tell an event, the places that something
// came from, was meant for and went through: "rockets fired from Gaza towards
// Ashkelon", "a bus from Lima to Cusco".
func (d *doc) roles(e *event) {
	for _, t := range e.tellings {
		run := d.mentionsOf[t.sent]
		for m := run.i; m < run.j; m++ {
			at := d.mentionI[m]
			if slices.Contains(e.sites, m) || d.cut[at.i] != t.clause || d.mentions[m].Kind != geoparse.Literal || d.mentions[m].Dateline || d.loc[m] == nil && !d.lost[m] {
				continue
			}
			before := d.before(m)
			var as geo.Role
			switch {
			case d.word(before) == "via" || d.word(before) == "through":
				as = geo.RoleRoute
			case d.is(before, origin) && moves(e.kind):
				as = geo.RoleOrigin
			case d.is(before, goal) && moves(e.kind):
				as = geo.RoleTarget
			default:
				continue
			}
			if d.elsewhere(t, m) || d.is(before-1, home) || slices.ContainsFunc(e.others, func(o role) bool { return d.mentions[o.mention].Text == d.mentions[m].Text }) {
				continue
			}
			e.others = append(e.others, role{m, as})
		}
	}
}

// moves reports whether something of an event of this kind comes from one place
// and goes to another: a weapon that is fired, a vehicle, a march.
func moves(kind string) bool {
	switch kind {
	case "missile-strike", "drone-strike", "shelling", "air-strike", "air-crash", "rail-crash", "road-crash", "shipwreck", "peaceful-protest", "abduction":
		return true
	}
	return false
}
