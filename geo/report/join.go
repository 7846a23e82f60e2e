package report

import (
	"slices"
	"strings"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// event is what several tellings tell together.
type event struct {
	tellings []telling
	told     []telling // the first of the tellings with each trigger, as join finds them
	kind     string
	modality geo.Modality

	when     geo.When
	whenSpan span
	died     bool // the day is that of a death or of saying so, which may be later
	timeSpan span

	sites      []int  // indexes of mentions, the best first
	others     []role // places that are no site
	claims     []claim
	count      *number
	actors     []geo.Actor
	actorSpans []span
	named      []named
	share      *share // of a sentence that counts at several places, nil for others
}

// join puts the tellings of one event together: in the order of the text each
// joins the latest event that it agrees with, or begins a new one.
func (d *doc) join(tellings []telling) []*event {
	var events []*event
	for _, t := range tellings {
		site, day := d.siteNear(t), d.dayNear(t)
		shares := d.sharesFor(t)
		if len(shares) > 0 {
			site = shares[0].first
		}
		e := d.sameEvent(events, t, site, day)
		if e == nil && day != nil && d.ofClaim(t) {
			if e = d.sameEvent(events, t, site, nil); e != nil && e.when.Start <= day.when.Start {
				day = nil
			} else {
				e = nil
			}
		}
		if e != nil {
			harmed := d.harmedIn(last(e.tellings), t)
			d.tellAgain(e, t, site, day)
			if harmed && day != nil && !day.rel && otherDays(e.when, day.when) {
				e.when, e.whenSpan, e.died = day.when, day.span, false
			}
			events = append(events, d.shareOut(shares, t, day)...)
			continue
		}
		if t.kind == "" || t.back && t.trigger.Strength == "ref" || t.kind == "violence-unspecified" && (t.trigger.Strength == "ref" || site < 0 && day == nil) {
			continue
		}
		e = &event{kind: t.kind, modality: t.modality}
		d.tellAgain(e, t, site, day)
		events = append(events, e)
		events = append(events, d.shareOut(shares, t, day)...)
	}
	for _, e := range events {
		d.refine(e)
		d.roles(e)
		d.attacks(e)
	}
	d.indexTellings(events)
	d.casualties()
	d.withoutTotals(events)
	for _, e := range events {
		d.derive(e)
		d.actors(e)
	}
	d.claimedLater(events)
	for _, e := range events {
		d.byArmedGroup(e)
	}
	d.people()
	return events
}

// ofClaim: the telling points back at what someone claims: the
// day of the sentence may be that of the claim.
func (d *doc) ofClaim(t telling) bool {
	for _, s := range d.speechIn(t.sent) {
		if t.back && s.class == "claim" && s.verb.i < t.j {
			return true
		}
	}
	return false
}

// sharper are the kinds that say more of an event than one that it was told as.
var sharper = map[string][]string{
	"explosive-device": {"suicide-bombing"},
	"peaceful-protest": {"protest-with-intervention", "excessive-force", "violent-demonstration"},
}

func (d *doc) tellAgain(e *event, t telling, site int, day *timex) {
	e.tellings = append(e.tellings, t)
	if !slices.ContainsFunc(e.told, func(have telling) bool { return have.trigger == t.trigger && have.casualty == t.casualty }) {
		e.told = append(e.told, t)
	}
	if site >= 0 && !slices.Contains(e.sites, site) {
		e.sites = append(e.sites, site)
	}
	finer := day != nil && day.when.Precision == geo.ByDay && slack[e.when.Precision] > 0 && day.when.Start != ""
	soft := ofDeath(t) || day != nil && d.ofSaying(day)
	if day != nil && (e.when.Start == "" || finer || e.died && !soft) && !day.rel {
		e.when, e.whenSpan, e.died = day.when, day.span, soft
	}
	if e.modality != geo.Asserted && t.modality == geo.Asserted {
		e.modality = t.modality
	}
	if e.kind == "" || e.kind == "violence-unspecified" && t.kind != "" || slices.Contains(sharper[e.kind], t.kind) || e.finer(t) {
		e.kind = t.kind
	}
}

// finer: what is told only as a death or a fire is what a later telling says.
func (e *event) finer(t telling) bool {
	if t.plural && !t.back && !e.plural() && t.sent != e.tellings[0].sent {
		return false // "is killing hundreds in bombings" behind one man's murder
	}
	if t.kind == "" || t.kind == "violence-unspecified" || t.casualty || collective[t.kind] {
		return false
	}
	switch {
	case e.kind == "homicide" || e.kind == "attack" && t.back:
		return meansOfKilling(t.kind)
	}
	return e.kind == "fire" || e.onlyHarm(t)
}

// meansOfKilling: a murder or an attack may be told more closely as one of the kind.
func meansOfKilling(kind string) bool {
	switch kind {
	case "shooting", "stabbing", "mob-violence", "excessive-force", "arson":
		return true
	}
	t, _ := geo.EventTypeByCode(kind)
	return t.Group == "remote-violence" || t.Group == "accident" || t.Group == "disaster"
}

// onlyHarm: before a telling the event was told only by what became of people,
// whose kind comes from who they are: "14 soldiers were killed when a bomb went off".
func (e *event) onlyHarm(t telling) bool {
	for _, have := range e.told {
		if !have.casualty && have.span != t.span {
			return false
		}
	}
	return !general[t.kind] && e.kind != "stabbing"
}

// collective are the kinds that no single killing is told as.
var collective = map[string]bool{"armed-clash": true, "arrest": true, "peaceful-protest": true, "agreement": true, "strategic-other": true}

// maxBack is how many events back a telling may point: more than a report has,
// bounded for texts that are none.
const maxBack = 60

// sameEvent finds the event that a telling tells again, nil where it is new.
func (d *doc) sameEvent(events []*event, t telling, site int, day *timex) *event {
	var best *event
	most := 0
	for k := len(events) - 1; k >= max(0, len(events)-maxBack); k-- {
		score := d.agreement(events[k], t, site, day)
		if score > most {
			best, most = events[k], score
		}
	}
	return best
}

// agreement is above zero where a telling may be of the event: the type fits,
// no day or place speaks against it, and something speaks for it.
func (d *doc) agreement(e *event, t telling, site int, day *timex) int {
	last := e.tellings[len(e.tellings)-1]
	if d.strangers(last.sent, t.sent) {
		return 0
	}
	sameSentence := last.sent == t.sent
	if sameSentence && (e.share != nil || t.new && d.daysBetween(last, t) || d.besides(last, t) || d.rivals(e, t) || d.sinceWhen(last, t)) || !sameSentence && d.anotherBeside(e, t) {
		return 0
	}
	fit := d.fits(e, t)
	if fit == 0 || d.groupOf(t) != "disaster" && t.plural != e.plural() && !e.toldAs(t) && !t.casualty && !sameSentence && t.trigger.Noun {
		return 0
	}
	if day != nil && !day.rel && otherDays(e.when, day.when) && !ofDeath(t) && !e.died && !d.harmedIn(last, t) {
		return 0
	}
	apart := site >= 0 && len(e.sites) > 0 && d.apart(e.sites, site)
	if apart && t.back && !t.plural { // "the shooting took place on X": where nothing says that X is elsewhere
		apart = !d.unplaced(e.sites, site) && d.beyond(e.sites, site) >= nearM
	}
	if apart || t.new && !sameSentence && last.sent < t.sent && !d.coincide(e, site) {
		return 0
	}
	score := fit
	if t.back || t.casualty || !t.trigger.Noun {
		score += 3
	}
	if sameSentence {
		score += 4
	}
	if d.coincide(e, site) {
		score += 3
	}
	if day != nil && e.when.Start != "" && day.when.Start == e.when.Start {
		score += 2
	}
	if last.sent == t.sent-1 {
		score++
	}
	bare := site < 0 && day == nil && !t.new // no place or day of its own
	if !t.back && !t.casualty && !sameSentence && !d.coincide(e, site) && !bare && score < 4 {
		return 0
	}
	return score
}

// harmedIn: between a word of harm and what happened stands only what joins them:
// "killed in a shooting". The day of what happened is then that of both.
func (d *doc) harmedIn(harm, t telling) bool {
	const joint = 4 // tokens between them
	if !harm.casualty || !t.trigger.Noun || t.i < harm.j || t.i-harm.j > joint || !d.is(harm.j, locative) {
		return false
	}
	for k := harm.j; k < t.i; k++ {
		if d.tok[k].Kind == lexicon.Mark && d.w[k] != "-" || d.is(k, subordinator|be|have|conjunction) {
			return false
		}
	}
	return true
}

// groupOf is the group of a telling's type.
func (d *doc) groupOf(t telling) string {
	kind, _ := geo.EventTypeByCode(t.kind)
	return kind.Group
}

func (e *event) plural() bool { return e.tellings[0].plural }

// toldAs: the event was told by the same word in the same number: "35 died in
// attacks ... The attacks took place at dawn".
func (e *event) toldAs(t telling) bool {
	return slices.ContainsFunc(e.told, func(have telling) bool { return have.trigger == t.trigger && have.plural == t.plural })
}

// violent groups may tell one event in several words.
var violent = map[string]bool{"battle": true, "remote-violence": true, "violence-against-civilians": true, "crime": true}

// fits: 3 for the same word, 2 for the same type or harm to people, 1 for kin.
func (d *doc) fits(e *event, t telling) int {
	for _, have := range e.told {
		if t.casualty && have.casualty {
			continue // "killed" may be of any event
		}
		if have.trigger.Lemma == t.trigger.Lemma || lastWord(have.trigger.Lemma) == lastWord(t.trigger.Lemma) {
			return 3
		}
		if t.back && have.trigger.Sense == t.trigger.Sense && strings.HasPrefix(t.trigger.Sense, "~") {
			return 2 // "an explosion", "the blast"
		}
	}
	a, _ := geo.EventTypeByCode(e.kind)
	b, _ := geo.EventTypeByCode(t.kind)
	switch {
	case e.kind == t.kind, t.casualty:
		return 2
	case d.burning(e, t), last(e.tellings).sent == t.sent && e.onlyHarm(t) && (t.trigger.Strength == "sure" || violent[b.Group]):
		return 1
	case t.back && violent[a.Group] && violent[b.Group]:
		return 1
	case a.Group == "disaster" && !t.back && d.consequence(t):
		return 1
	case t.kind == "" || t.kind == "violence-unspecified":
		return 2
	case a.Group == b.Group && a.Group == "remote-violence" && !t.back && t.trigger.Strength == "sure" && e.tellings[0].trigger.Strength == "sure" && last(e.tellings).sent != t.sent:
		return 0 // a missile after a bomb is another
	case a.Group == b.Group && a.Group != "disaster" && a.Group != "accident":
		return 1
	case violent[a.Group] && violent[b.Group] && (last(e.tellings).sent == t.sent || d.detail(e, t)):
		return 1
	case (a.Group == "protest" || a.Group == "riot") && (b.Group == "protest" || b.Group == "riot"):
		return 1
	}
	return 0
}

// detail: a verb without a place or day of its own right behind an event of violence
// goes on about it: "one pupil was shot".
func (d *doc) detail(e *event, t telling) bool {
	return !t.trigger.Noun && t.sent-last(e.tellings).sent <= 2 && d.passive(t.i) && d.siteNear(t) < 0 && d.dayNear(t) == nil
}

// burning: a fire that a crash or violence of the same sentence brought, or that is
// told again without a place or day of its own: "burst into flames".
func (d *doc) burning(e *event, t telling) bool {
	if !burns[t.kind] && e.kind != "fire" {
		return false
	}
	other := e.kind
	if !burns[t.kind] {
		other = t.kind
	}
	group, _ := geo.EventTypeByCode(other)
	beside := last(e.tellings).sent == t.sent || d.siteNear(t) < 0 && d.dayNear(t) == nil || d.headline[last(e.tellings).sent]
	return beside && group.Group == "accident" || violent[group.Group] && last(e.tellings).sent == t.sent
}

var burns = map[string]bool{"fire": true, "arson": true}

// besides: two violent things are named side by side, each with its article: "the
// bombings and the killing of the priests".
func (d *doc) besides(a, b telling) bool {
	if !a.trigger.Noun || !b.trigger.Noun || a.kind == b.kind || general[a.kind] && general[b.kind] || !violent[d.groupOf(a)] || !violent[d.groupOf(b)] {
		return false
	}
	return b.i-a.j == 2 && d.is(a.j, conjunction) && d.is(a.j+1, definite|indefinite)
}

// daysBetween: "a quake, the day after another": days stand between two tellings
// of a sentence.
func (d *doc) daysBetween(a, b telling) bool {
	for _, x := range d.timesIn(b.sent) {
		if x.rel && x.i >= a.j && x.j <= b.i {
			return true
		}
	}
	return false
}

// consequence: what a disaster brings with it is told without a place or day of
// its own: "houses collapsed", "landslides blocked the roads".
func (d *doc) consequence(t telling) bool {
	group, _ := geo.EventTypeByCode(t.kind)
	return (group.Group == "disaster" || group.Group == "accident") && d.siteNear(t) < 0 && d.dayNear(t) == nil
}

func last(all []telling) telling { return all[len(all)-1] }

// lastWord of a lemma, with "airstrike" as "strike".
func lastWord(lemma string) string {
	for k := len(lemma) - 1; k >= 0; k-- {
		if lemma[k] == ' ' {
			return lemma[k+1:]
		}
	}
	if len(lemma) > 3 && lemma[:3] == "air" {
		return lemma[3:]
	}
	return lemma
}
