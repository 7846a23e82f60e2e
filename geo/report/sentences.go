package report

// What a sentence holds is looked up often: these indexes keep the time that a
// report takes linear in its length.

// perSentence gives, for each sentence, the run of items that lie in it; first
// is the first token of an item, and items stand in the order of the text.
func (d *doc) perSentence(items int, first func(int) int) []span {
	runs := make([]span, len(d.sent))
	for k := range items {
		at := first(k)
		if at >= len(d.of) {
			continue
		}
		r := &runs[d.of[at]]
		if r.empty() {
			r.i = k
		}
		r.j = k + 1
	}
	return runs
}

// indexSentences is called when times, mentions and speech are found.
func (d *doc) indexSentences() {
	d.timesOf = d.perSentence(len(d.times), func(k int) int { return d.times[k].i })
	d.mentionsOf = d.perSentence(len(d.mentions), func(k int) int { return d.mentionI[k].i })
	d.speechOf = d.perSentence(len(d.speech), func(k int) int { return d.speech[k].verb.i })
	d.reportedFrom = -1
	for m := range d.mentions {
		if d.mentions[m].Dateline && d.mentions[m].Location != nil {
			d.reportedFrom = m
			break
		}
	}
	d.holds = make([]bool, len(d.mentions))
	for _, m := range d.mentions {
		for _, c := range m.Chain {
			if c >= 0 && c < len(d.holds) {
				d.holds[c] = true
			}
		}
	}
}

func (d *doc) timesIn(sent int) []timex {
	r := d.timesOf[sent]
	return d.times[r.i:r.j]
}

func (d *doc) speechIn(sent int) []speech {
	r := d.speechOf[sent]
	return d.speech[r.i:r.j]
}

// teller is an event with one of its tellings.
type teller struct {
	event   *event
	telling *telling
}

// indexTellings is called when every telling has found its event.
func (d *doc) indexTellings(events []*event) {
	d.told = make([][]teller, len(d.sent))
	for _, e := range events {
		for k := range e.tellings {
			t := &e.tellings[k]
			d.told[t.sent] = append(d.told[t.sent], teller{e, t})
		}
	}
}
