package report

import "strings"

// What a place's name stands for beside the place itself.

// agentPlace: a place behind "by" and a participle stands for its government: "led by
// Kenya", "appointed by Moscow".
func (d *doc) agentPlace(m int) bool {
	k := d.before(m)
	return d.word(k) == "by" && d.mentions[m].Locative == "" && k > 0 && (strings.HasSuffix(d.tok[k-1].Lower, "ed") || d.actor.on(d.mentionI[m].i) != nil)
}

// ownsTown: "Serbia's second-largest city": a town that the text names elsewhere.
func (d *doc) ownsTown(m int) bool {
	const adjectives = 4
	at := d.mentionI[m]
	if !d.ownerOf(at.j - 1) {
		return false
	}
	for k := at.j; k < min(at.j+adjectives, len(d.tok)) && d.of[k] == d.of[at.i] && d.mentionK[k] == 0; k++ {
		if d.place.Kinds[d.tok[k].Lower].Kind == "settlement" {
			return true
		}
		if d.is(k, locative|of|be|have|conjunction|subordinator) {
			return false
		}
	}
	return false
}
