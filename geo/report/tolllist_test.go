package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// tollIn is the toll of the one event that a text tells: each measure that it states
// as low, best, high, and the groups that it counts.
func tollIn(t *testing.T, language, text string) string {
	t.Helper()
	words, err := lexicon.For(language)
	if err != nil {
		t.Fatal(err)
	}
	d := newDoc(geo.Report{Text: text, Published: "2024-01-04"}, words, nil)
	events := d.join(d.tellings())
	d.date(events)
	events = d.fold(events)
	if len(events) != 1 {
		t.Fatalf("%d events in %q, want 1", len(events), text)
	}
	var out []string
	tolls := events[0].tolls()
	for _, m := range geo.Measures {
		if r := tolls.Of(m); r.Stated() {
			out = append(out, string(m)+" "+show(*r))
		}
	}
	for _, c := range events[0].claims {
		if c.group != "" {
			out = append(out, c.group+" "+show(c.Range))
		}
	}
	return strings.Join(out, ", ")
}

// The ways in which a toll is told, in each language. The sentences are ours.
func TestTollList(t *testing.T) {
	for _, tc := range []struct{ name, want, en, ar, uk string }{
		{"number words", "killed 23 23 23, injured 100 100 _",
			"A bombing on Monday killed twenty-three people and wounded more than a hundred.",
			"قتل ثلاثة وعشرون شخصا وأصيب أكثر من مئة في تفجير يوم الاثنين.",
			"Внаслідок вибуху в понеділок загинули двадцять троє людей, понад сто поранені."},
		{"figures", "killed 1200 1200 1200, injured 3400 3400 3400",
			"An earthquake on Monday killed 1,200 people and injured 3,400.",
			"قتل 1,200 شخص وأصيب 3,400 في زلزال يوم الاثنين.",
			"Внаслідок землетрусу в понеділок загинули 1200 людей, поранено 3400."},
		{"at least", "killed 12 12 _",
			"At least 12 people were killed in a bombing on Monday.",
			"قتل ما لا يقل عن 12 شخصا في تفجير يوم الاثنين.",
			"Щонайменше 12 людей загинули внаслідок вибуху в понеділок."},
		{"up to", "killed _ _ 30",
			"Up to 30 people died in a bombing on Monday.",
			"قتل ما يصل إلى 30 شخصا في تفجير يوم الاثنين.",
			"Внаслідок вибуху в понеділок загинули щонайбільше 30 людей."},
		{"more than", "killed 40 40 _",
			"More than 40 people were killed in a bombing on Monday.",
			"قتل أكثر من 40 شخصا في تفجير يوم الاثنين.",
			"Понад 40 людей загинули внаслідок вибуху в понеділок."},
		{"no one", "injured 0 0 0",
			"No one was hurt in a bombing on Monday.",
			"وقع تفجير يوم الاثنين. ولم يصب أحد بأذى.",
			"Ніхто не постраждав внаслідок вибуху в понеділок."},
		{"no casualties", "killed 0 0 0, injured 0 0 0",
			"A bomb exploded on Monday. There were no casualties.",
			"وقع تفجير يوم الاثنين ولم يسفر عن سقوط ضحايا.",
			"У понеділок стався вибух, обійшлося без жертв."},
		{"a family of five", "killed 5 5 5",
			"An air strike on Monday killed a family of five.",
			"قتلت عائلة من خمسة أفراد في غارة جوية يوم الاثنين.",
			"Внаслідок авіаудару в понеділок загинула родина з п'яти осіб."},
		{"a range", "killed 10 _ 15",
			"A bombing on Monday killed between 10 and 15 people.",
			"قتل ما بين 10 و15 شخصا في تفجير يوم الاثنين.",
			"Внаслідок вибуху в понеділок загинули від 10 до 15 людей."},
		{"a sum over groups", "killed 5 5 5, combatant 3 3 3, civilian 2 2 2",
			"An air strike on Monday killed three soldiers and two civilians.",
			"قتل ثلاثة جنود ومدنيان في غارة جوية يوم الاثنين.",
			"Внаслідок авіаудару в понеділок загинули троє військових і двоє цивільних."},
		{"groups", "killed 9 9 9, journalist 2 2 2, health worker 3 3 3, child 4 4 4",
			"An air strike on Monday killed two journalists, three medics and four children.",
			"قتل صحفيان وثلاثة مسعفين وأربعة أطفال في غارة جوية يوم الاثنين.",
			"Внаслідок авіаудару в понеділок загинули двоє журналістів, троє медиків і четверо дітей."},
		{"a total after an increment", "killed 9 9 9",
			"A bombing on Monday killed seven people. Two more have died, bringing the toll to nine.",
			"قتل سبعة أشخاص في تفجير يوم الاثنين، ثم توفي اثنان آخران ليرتفع عدد القتلى إلى تسعة.",
			"Внаслідок вибуху в понеділок загинули семеро людей. Ще двоє померли, загалом загинули дев'ятеро."},
		{"a toll that rose", "killed 12 12 12",
			"The death toll from Monday's bombing rose from 10 to 12.",
			"قتل عشرة أشخاص في تفجير يوم الاثنين. وارتفعت حصيلة القتلى إلى 12 قتيلا.",
			"Внаслідок вибуху в понеділок загинули десять людей. Кількість загиблих зросла до 12."},
		{"some of them badly", "injured 10 10 10",
			"A bombing on Monday left ten people injured, three of them critically.",
			"أصيب عشرة أشخاص في تفجير يوم الاثنين، ثلاثة منهم بجروح خطيرة.",
			"Внаслідок вибуху в понеділок поранено десять людей, троє з них — тяжко."},
		{"abducted and missing", "missing 2 2 2, abducted 4 4 4, aid worker 4 4 4",
			"Gunmen abducted four aid workers on Monday; two people are missing.",
			"اختطف مسلحون أربعة من عمال إغاثة يوم الاثنين، وفقد شخصان.",
			"У понеділок озброєні люди викрали чотирьох волонтерів, двоє зникли безвісти."},
		{"arrested", "arrested 14 14 14",
			"Police arrested 14 people on Monday.",
			"اعتقلت الشرطة 14 شخصا يوم الاثنين.",
			"У понеділок поліція затримала 14 людей."},
		{"displaced", "displaced 3000 3000 3000",
			"A flood on Monday displaced 3,000 people.",
			"نزح 3000 شخص بسبب فيضانات يوم الاثنين.",
			"Через повінь у понеділок евакуювали 3000 людей."},
		{"what a war has cost", "killed 2 2 2",
			"The war has killed more than 40,000 people since October 7. An air strike on Monday killed two people.",
			"أسفرت الحرب عن مقتل أكثر من 40 ألف شخص منذ السابع من أكتوبر. وقتل شخصان في غارة جوية يوم الاثنين.",
			"Війна забрала життя понад 40 тисяч людей. У понеділок внаслідок авіаудару загинули двоє людей."},
	} {
		for language, text := range map[string]string{"en": tc.en, "ar": tc.ar, "uk": tc.uk} {
			t.Run(tc.name+"/"+language, func(t *testing.T) {
				if diff := cmp.Diff(tc.want, tollIn(t, language, text)); diff != "" {
					t.Errorf("%s\n%s", text, diff)
				}
			})
		}
	}
}

// Words for many that are no number are a low bound, each language's own.
func TestMany(t *testing.T) {
	for text, want := range map[string]string{
		"en Dozens were killed and scores wounded in a bombing on Monday.":            "killed 24 _ _, injured 40 _ _",
		"en Hundreds were killed and thousands injured in an earthquake on Monday.":   "killed 200 _ _, injured 2000 _ _",
		"en Two dozen people were killed and a dozen wounded in a bombing on Monday.": "killed 24 24 24, injured 12 12 12",
		"ar قتل العشرات وأصيب المئات في تفجير يوم الاثنين.":                           "killed 20 _ _, injured 200 _ _",
		"uk Десятки людей загинули, сотні поранені внаслідок вибуху в понеділок.":     "killed 20 _ _, injured 200 _ _",
	} {
		if got := tollIn(t, text[:2], text[3:]); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
