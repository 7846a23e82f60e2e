package report

import (
	"fmt"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/lexicon"

	"github.com/google/go-cmp/cmp"
)

// docOf reads a text without places, as of Thursday, 4 January 2024.
func docOf(t *testing.T, text string, published geo.Day) *doc {
	t.Helper()
	english, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return newDoc(geo.Report{Text: text, Published: published}, english, nil)
}

func show(r geo.Range) string {
	side := func(n *int64) string {
		if n == nil {
			return "_"
		}
		return fmt.Sprint(*n)
	}
	return side(r.Low) + " " + side(r.Best) + " " + side(r.High)
}

// Each number is low, best, high; _ is not stated.
func TestNumbers(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"figure", "It killed 12 people.", "12 12 12"},
		{"grouped", "It killed 2,900 people.", "2900 2900 2900"},
		{"word", "It killed twelve people.", "12 12 12"},
		{"tens", "It killed twenty-two people.", "22 22 22"},
		{"hundreds", "It killed two hundred people.", "200 200 200"},
		{"scale", "It displaced 2 million people.", "2000000 2000000 2000000"},
		{"at least", "It killed at least five people.", "5 5 _"},
		{"more than", "It killed more than 20 people.", "20 20 _"},
		{"up to", "Up to 40 people were hurt.", "_ _ 40"},
		{"a dozen", "It killed a dozen people.", "12 12 12"},
		{"both", "It hit the car, killing both.", "2 2 2"},
		{"dozens have no best", "It killed dozens of people.", "24 _ _"},
		{"an age is none", "A 17-year-old boy came.", ""},
		{"a year is none", "It was built in 1998.", ""},
		{"a share is none", "Prices rose 5 percent.", ""},
		{"money is none", "It costs $ 500.", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, n := range docOf(t, tc.text, "2024-01-04").numbers {
				if one := show(n.Range); one != "1 1 1" { // the article of a person is a number too
					got = append(got, one)
				}
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Days are reckoned from Thursday, 4 January 2024.
func TestTimes(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"the day itself", "It happened on Thursday.", "2024-01-04..2024-01-04 day"},
		{"weekday before", "It happened on Tuesday.", "2024-01-02..2024-01-02 day"},
		{"weekday after is last week's", "It happened on Friday.", "2023-12-29..2023-12-29 day"},
		{"two weekdays", "It happened on Monday and Tuesday.", "2024-01-01..2024-01-02 day"},
		{"yesterday", "It happened yesterday.", "2024-01-03..2024-01-03 day"},
		{"overnight", "It happened overnight.", "2024-01-03..2024-01-04 day"},
		{"days ago", "It happened three days ago.", "2024-01-01..2024-01-01 day"},
		{"years ago on a day", "It happened nine years ago on Tuesday.", "2015-01-02..2015-01-02 day"},
		{"years ago today", "It happened ten years ago today.", "2014-01-04..2014-01-04 day"},
		{"last week", "It happened last week.", "2023-12-25..2023-12-31 week"},
		{"between two days", "It happened between October 7 and 12.", "2023-10-07..2023-10-12 day"},
		{"between two days, the month last", "It happened between 6 and 11 December.", "2023-12-06..2023-12-11 day"},
		{"two days of a month", "It happened on 10 and 11 December 2022.", "2022-12-10..2022-12-11 day"},
		{"a number before a day", "It hit 40 and 11 December was quiet.", "2023-12-11..2023-12-11 day"},
		{"a day of last year", "It happened on Nov. 4 last year.", "2023-11-04..2023-11-04 day"},
		{"a month of last year", "It happened in March of last year.", "2023-03-01..2023-03-31 month"},
		{"a dash behind a day", "It happened on 7 October - it was a holiday.", "2023-10-07..2023-10-07 day"},
		{"a night into a day", "It happened overnight into Tuesday.", "2024-01-01..2024-01-02 day"},
		{"month first", "It happened on October 7.", "2023-10-07..2023-10-07 day"},
		{"month short", "It happened on Oct. 7, 2022.", "2022-10-07..2022-10-07 day"},
		{"day first", "It happened on 7 October 2021.", "2021-10-07..2021-10-07 day"},
		{"ordinal behind the month", "It happened on October 7th, 2022.", "2022-10-07..2022-10-07 day"},
		{"ordinal", "It happened on the 7th of October.", "2023-10-07..2023-10-07 day"},
		{"a month", "It happened in October 2022.", "2022-10-01..2022-10-31 month"},
		{"iso", "It happened on 2023-11-05.", "2023-11-05..2023-11-05 day"},
		{"capitals", "IT HAPPENED ON 5 JAN 90 IN LIMA.", "1990-01-05..1990-01-05 day"},
		{"no such day leaves the month", "It happened on 31 February 2023.", "2023-02-01..2023-02-28 month"},
		{"no day", "It may happen.", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, x := range docOf(t, tc.text, "2024-01-04").times {
				if !x.text {
					got = append(got, fmt.Sprintf("%s..%s %s", x.when.Start, x.when.End, x.when.Precision))
				}
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTimesRelativeToAnotherEvent(t *testing.T) {
	for _, tc := range []struct {
		text  string
		after int
	}{
		{"It comes two days after a strike.", 2},
		{"It came a week before the vote.", -7},
	} {
		times := docOf(t, tc.text, "2024-01-04").times
		if len(times) != 1 || !times[0].rel || times[0].after != tc.after {
			t.Errorf("%s: got %+v, want %d days after", tc.text, times, tc.after)
		}
	}
}

func TestTimesWithoutPublication(t *testing.T) {
	d := docOf(t, "It happened on Tuesday and again yesterday, and on 7 October 2021.", "")
	var got []string
	for _, x := range d.times {
		got = append(got, string(x.when.Start)+" "+x.when.TimeText)
	}
	if diff := cmp.Diff([]string{" Tuesday", " yesterday", "2021-10-07 "}, got); diff != "" {
		t.Error(diff)
	}
	if len(d.notes) != 2 {
		t.Errorf("want a note for each unresolved day, got %q", d.notes)
	}
}

// Every span in quotes or clauses covers the text that it names, whatever the script.
func TestQuotesCountCodePoints(t *testing.T) {
	d := docOf(t, "Ṣanʿāʾ: «dört» kişi öldü. Four people died.", "2024-01-04")
	text := []rune(d.rep.Text)
	for k := range d.tok {
		q := d.quoteOf("/type", span{k, k + 1})
		if string(text[q.Start:q.End]) != q.Text {
			t.Errorf("token %d: %q is not %q", k, string(text[q.Start:q.End]), q.Text)
		}
	}
}

// The day of what was said or done about an event afterwards is not the event's.
func TestDayOfAftermath(t *testing.T) {
	for _, tc := range []struct{ text, trigger, want string }{
		{"The president on Tuesday condemned the bombing of a market.", "bombing", ""},
		{"The president condemned on Tuesday the bombing of a market.", "bombing", ""},
		{"Three men were arrested on Tuesday in connection with the attack on a senator.", "attack", ""},
		{"Thousands on Tuesday attended the funeral of ten people killed in a fire.", "killed", ""},
		{"The president on Wednesday condemned Tuesday's bombing of a market.", "bombing", "2024-01-02"},
		{"The president condemned violence. A bombing on Tuesday hit a market.", "bombing", "2024-01-02"},
	} {
		d := docOf(t, tc.text, "2024-01-04")
		for _, told := range d.tellings() {
			if d.w[told.i] != tc.trigger {
				continue
			}
			got := ""
			if x := d.dayNear(told); x != nil {
				got = string(x.when.Start)
			}
			if got != tc.want {
				t.Errorf("%s: the day is %q, want %q", tc.text, got, tc.want)
			}
		}
	}
}

// "It happened" points back at what was told, and gives it its day.
func TestItHappened(t *testing.T) {
	d := docOf(t, "A shooting left a boy injured. It happened around 4:45 p.m. Tuesday at a park.", "2024-01-04")
	events := d.join(d.tellings())
	if len(events) != 1 || events[0].when.Start != "2024-01-02" {
		t.Errorf("%d events, %+v", len(events), events)
	}
}
