package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/geo/lexicon"
)

// inCode: a figure that hyphens join to others as in no range, or to a
// name: "555-0123", "153-38 Main Street", "AR-15".
func (d *doc) inCode(k int) bool {
	if before := d.hyphened(k-2, k); before >= 0 {
		if d.tok[before].Kind == lexicon.Word && d.capital(before) || d.tok[before].Kind == lexicon.Number && !d.ascends(before, k) {
			return true
		}
		if d.tok[before].Kind == lexicon.Number && d.hyphened(before-2, before) >= 0 {
			return true
		}
	}
	if d.hyphened(k, k+2) < 0 || k+2 >= len(d.tok) || d.tok[k+2].Kind != lexicon.Number {
		return false
	}
	return !d.ascends(k, k+2) || k+4 < len(d.tok) && d.hyphened(k+2, k+4) >= 0 && d.tok[k+4].Kind == lexicon.Number
}

// codeLong: a figure of seven digits or more without a comma that counts no persons
// is a telephone's or some code's.
func (d *doc) codeLong(k int) bool {
	const digits = 7
	return len(d.tok[k].Lower) >= digits && !strings.Contains(d.tok[k].Lower, ",") && d.person.on(k+1) == nil
}

// joinedFigure: a figure with the word before it joined to it, as Arabic writes "and 15".
func (d *doc) joinedFigure(k int) bool {
	if d.words.Article == "" || d.tok[k].Kind != lexicon.Word {
		return false
	}
	digits := strings.TrimLeftFunc(d.tok[k].Lower, unicode.IsLetter)
	_, letters := utf8.DecodeRuneInString(d.tok[k].Lower)
	return digits != "" && len(digits) == len(d.tok[k].Lower)-letters && strings.Trim(digits, "0123456789") == ""
}

// rangeEnd reads the upper end of a range that the number n at tokens i to end
// begins: "10-12", "ten to twelve", "between 10 and 12"; to is end where it begins
// none, as in "rose from 10 to 12".
func (d *doc) rangeEnd(i, end int, n int64, vague bool) (top int64, to int) {
	if vague || end+1 >= len(d.tok) || d.of[end+1] != d.of[i] || d.is(i-1, origin) && !d.is(i-1, between) || d.isAgeOrYear(i, end) {
		return 0, end
	}
	second := end + 1
	switch {
	case d.is(i-1, between) && d.joinedFigure(end):
		second = end
	case d.is(i-1, between) && d.is(end, conjunction), d.is(end, upto), d.word(end) == "-", d.word(end) == "–":
	default:
		return 0, end
	}
	top, to, vague = d.numberFrom(second)
	if to == second || vague || top <= n || d.isAgeOrYear(second, to) || d.word(to) == "-" {
		return 0, end
	}
	return top, to
}

// hyphened is i where a hyphen joins tokens i and j without a space, else -1.
func (d *doc) hyphened(i, j int) int {
	if i < 0 || j >= len(d.tok) || d.w[i+1] != "-" && d.w[i+1] != "–" || d.tok[i].End != d.tok[i+1].Start || d.tok[i+1].End != d.tok[j].Start {
		return -1
	}
	return i
}

// ascends: two figures can be the ends of a range. Three figures and four are a
// telephone's.
func (d *doc) ascends(i, j int) bool {
	a, errA := strconv.Atoi(d.tok[i].Lower)
	b, errB := strconv.Atoi(d.tok[j].Lower)
	return errA == nil && errB == nil && a < b && !(len(d.tok[i].Lower) == 3 && len(d.tok[j].Lower) == 4)
}

// agesBefore: a number stands in a list or range of ages: "ages 19 and 26",
// "in age from 25 to 30".
func (d *doc) agesBefore(k int) bool {
	const near = 6
	for back := k - 1; back >= max(0, k-near) && d.of[back] == d.of[k]; back-- {
		if d.is(back, ages) {
			return true
		}
		if d.tok[back].Kind == lexicon.Word && !d.is(back, conjunction|goal|origin|of) && d.w[back] != "between" && d.w[back] != "ranging" {
			return false
		}
	}
	return false
}

// otherThings: "two other vehicles": behind "other" and no verb stands what is no person.
func (d *doc) otherThings(p span) bool {
	if d.word(p.j-1) != "other" || p.j >= len(d.tok) || d.tok[p.j].Kind != lexicon.Word || d.of[p.j] != d.of[p.i] || !strings.HasSuffix(d.tok[p.j].Lower, "s") {
		return false
	}
	if n := d.numberOn(p.i - 1); n == nil || n.Best == nil || *n.Best < 2 {
		return false
	}
	return d.class[p.j] == 0 && d.person.on(p.j) == nil && d.casualty.on(p.j) == nil && d.cue.on(p.j) == nil && d.trigger.on(p.j) == nil && d.actor.on(p.j) == nil
}
