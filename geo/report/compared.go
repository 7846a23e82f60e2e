package report

import "dateline/geo/lexicon"

// sinceReach is the number of tokens behind a superlative in which "since" begins
// what is compared with.
const sinceReach = 14

// comparisons cuts a sentence before what it compares its event with: "the
// deadliest attack in Russia | since the siege of 2004, in which 330 died". What
// stands behind the cut has its own day, place and dead, and lends them to no
// other event.
func (d *doc) comparisons(all []lexicon.Sentence) []lexicon.Sentence {
	out := make([]lexicon.Sentence, 0, len(all))
	for _, s := range all {
		at := d.sinceOther(s)
		if at > 0 {
			out = append(out, lexicon.Sentence{First: s.First, End: at, Paragraph: s.Paragraph})
			s.First = at
		}
		d.compared = append(d.compared, make([]bool, len(out)+1-len(d.compared))...)
		d.compared[len(out)] = at > 0
		out = append(out, s)
	}
	return out
}

// sinceOther is the token at which a comparison begins, 0 where there is none.
func (d *doc) sinceOther(s lexicon.Sentence) int {
	superlative := -sinceReach
	for k := s.First; k < s.End; k++ {
		values, _ := d.words.Functions.At(d.w, k)
		for _, v := range values {
			switch {
			case v == "superlative":
				superlative = k
			case v == "comparison" && k > s.First && k-superlative <= sinceReach && s.End-k > 1:
				return k
			}
		}
	}
	return 0
}

// strangers: of two sentences one is a comparison that tells of something else.
func (d *doc) strangers(a, b int) bool {
	return a != b && (d.compared[a] || d.compared[b])
}

// comparedOnly: an event that only a comparison tells.
func (d *doc) comparedOnly(e *event) bool { return d.compared[e.tellings[0].sent] }
