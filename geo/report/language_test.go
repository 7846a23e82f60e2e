package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/report"
)

// sayWhat writes the first incident of a reading in short: type, first day,
// killed, injured, perpetrators with their attribution, the named with their fate.
func sayWhat(incidents []geo.Incident) string {
	if len(incidents) == 0 {
		return "nothing"
	}
	i := incidents[0]
	parts := []string{i.Type, string(i.When.Start)}
	for _, r := range []geo.Range{i.Tolls.Killed, i.Tolls.Injured} {
		switch {
		case r.Best != nil:
			parts = append(parts, fmt.Sprint(*r.Best))
		case r.Low != nil:
			parts = append(parts, fmt.Sprint(*r.Low)+"+")
		default:
			parts = append(parts, "-")
		}
	}
	for _, a := range i.Actors {
		if a.Role == "perpetrator" {
			parts = append(parts, a.ActorID+" "+string(a.Attribution))
		}
	}
	for _, n := range i.Named {
		parts = append(parts, n.Name+" "+n.Fate)
	}
	return strings.Join(parts, ", ")
}

// What the grammar has for languages other than English.
func TestFurtherLanguages(t *testing.T) {
	for _, c := range []struct{ code, what, text, want string }{
		{"ar", "vowel signs and alefs", "قُتِلَ خمسة أشخاص في إنفجار عبوة ناسفة في بغداد الأحد.", "explosive-device, 2024-05-12, 5, -"},
		{"ar", "the article inside a phrase", "قتل جندي بالعبوة الناسفة في كركوك الثلاثاء.", "explosive-device, 2024-05-14, 1, -"},
		{"ar", "tens behind ones", "أصيب ثلاثة وعشرون شخصا في قصف مدفعي على كركوك الاثنين.", "shelling, 2024-05-13, -, 23"},
		{"ar", "a dual", "مقتل جنديين وإصابة أربعة آخرين في هجوم مسلح قرب كركوك أمس.", "attack, 2024-05-16, 2, 4"},
		{"ar", "the day of saying stands back", "أعلنت الشرطة اليوم الجمعة أن عشرة أشخاص قتلوا في انفجار سيارة مفخخة في البصرة أمس.", "explosive-device, 2024-05-16, 10, -"},
		{"ar", "the day of a month in words", "ضرب زلزال مدينة مراكش في الثامن من سبتمبر 2023 وقتل 2900 شخص.", "earthquake, 2023-09-08, 2900, -"},
		{"ar", "the same month", "قتل شخص في هجوم في 3 أيار في كركوك.\n\nوأصيب جنديان في 9 من الشهر نفسه في قصف صاروخي على الموصل.", "attack, 2024-05-03, 1, -"},
		{"ar", "forces name their state", "شن الجيش الإسرائيلي غارة جوية على دمشق الأربعاء.", "air-strike, 2024-05-15, -, -, state:IL stated"},
		{"ar", "an adjective behind its noun", "قتل ثلاثة أشخاص في غارة إسرائيلية على صور أمس.", "air-strike, 2024-05-16, 3, -, state:IL stated"},
		{"ar", "a doer behind the verb", "هاجم مسلحون قرية قرب كركوك السبت.", "attack, 2024-05-11, -, -, kind:gunmen stated"},
		{"ar", "a name by its given name", "اغتيل المحامي خالد الدليمي برصاص مسلحين في الموصل الخميس.", "shooting, 2024-05-16, 1, -, خالد الدليمي killed"},
		{"ar", "what happens every year is no toll", "قتل شخصان في حادث سير قرب فاس أمس. وتودي حوادث السير بحياة 3500 شخص سنويا.", "road-crash, 2024-05-16, 2, -"},
		{"ar", "a metaphor", "قتلت الهزيمة آمال الفريق في الدوري بعد مباراة أمس في القاهرة.", "nothing"},
		{"ar", "a scale with its rest", "لقي عشرة آلاف ومئة شخص مصرعهم في فيضانات اجتاحت درنة الأحد.", "flood, 2024-05-12, 10100, -"},
		{"ar", "a claim in a headline", "الحوثيون يتبنون هجوما بطائرات مسيرة على بقيق السبت.", "drone-strike, 2024-05-11, -, -, houthis claimed"},
		{"ar", "an arrest long after is its own", "اعتقلت الشرطة خمسة رجال في بروكسل أمس. ونفذ الهجوم الذي قتل فيه 130 شخصا في باريس في 13 نوفمبر 2015 مسلحون.", "arrest, 2024-05-16, -, -, kind:police stated"},
		{"uk", "the number of a word of harm behind another", "Унаслідок ракетного удару по Харкову вчора загинули троє людей, серед них дитина, ще 12 людей поранено.", "missile-strike, 2024-05-16, 3, 12"},
		{"uk", "the day before a word of saying", "Поліція повідомила в п'ятницю, що в середу в Полтаві стрілець убив двох людей.", "shooting, 2024-05-15, 2, -"},
		{"uk", "the day of a month in words", "Двадцять третього березня в Одесі вибухнув автомобіль, загинуло троє людей.", "explosive-device, 2024-03-23, 3, -"},
		{"uk", "that day", "Другого травня в Києві протестували студенти.\n\nТого ж дня ракета влучила в будинок у Харкові, загинула жінка.", "peaceful-protest, 2024-05-02, -, -"},
		{"uk", "forces name their state", "Російські війська обстріляли Херсон у четвер, загинув чоловік.", "shelling, 2024-05-16, 1, -, state:RU stated"},
		{"uk", "all three", "У Броварах у середу розбився гелікоптер. На борту були міністр Денис Монастирський, його перший заступник Євгеній Єнін і державний секретар Юрій Лубкович. Усі троє загинули.",
			"air-crash, 2024-05-15, 3, -, Денис Монастирський killed, Євгеній Єнін killed, Юрій Лубкович killed"},
		{"uk", "a rise is no bound", "Кількість загиблих унаслідок пожежі у Львові в середу зросла до 15.", "fire, 2024-05-15, 15, -"},
	} {
		t.Run(c.code+" "+c.what, func(t *testing.T) {
			got, err := readerOf(t, c.code).Read(geo.Report{Text: c.text, Published: "2024-05-17"})
			if err != nil {
				t.Fatal(err)
			}
			if s := sayWhat(got.Incidents); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

// What is in no language that is read gives nothing, and says so.
func TestNotSupported(t *testing.T) {
	reader := report.Several(readerOf(t, "en"), readerOf(t, "ar"), readerOf(t, "uk"))
	for _, c := range []struct {
		text string
		read bool
	}{
		{"A bomb exploded in Kabul on Tuesday, killing three people, police said.", true},
		{"قتل ثلاثة أشخاص في انفجار سيارة مفخخة في بغداد الاثنين، بحسب الشرطة.", true},
		{"Унаслідок вибуху автомобіля в Одесі в понеділок загинули троє людей.", true},
		{"Trois personnes ont été tuées lundi dans une explosion à Marseille, selon la police, et une dizaine de personnes ont été blessées.", false},
		{"В результате взрыва в Москве в понедельник погибли три человека, сообщили в полиции.", false},
		{"در انفجار روز دوشنبه در تهران سه نفر کشته و ده نفر زخمی شدند، پلیس گفت که این حادثه در پارک رخ داد.", false},
	} {
		got, err := reader.Read(geo.Report{Text: c.text, Published: "2024-05-17"})
		if err != nil {
			t.Fatal(err)
		}
		noted := slices.ContainsFunc(got.Notes, func(n string) bool { return strings.HasPrefix(n, "not supported") })
		if (len(got.Incidents) > 0) != c.read || noted == c.read {
			t.Errorf("%.40s: %d incidents, notes %q", c.text, len(got.Incidents), got.Notes)
		}
	}
}
