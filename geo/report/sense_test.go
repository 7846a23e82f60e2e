package report_test

import (
	"slices"
	"testing"

	"dateline/geo"
)

// What a sentence tells depends on what stands around its trigger.
func TestSenseInContext(t *testing.T) {
	reader := newReader(t)
	for _, tc := range []struct{ name, text, want string }{
		{"a place that tells a gang's name is not captured", "Juan Perez, the alleged banker of the Medellin cartel, was captured by police in Bogota on Tuesday.", "arrest"},
		{"a town is", "The town of Izium was captured by government troops on Tuesday after rebels left.", "government-regains-territory"},
		{"what a state captures is ground", "The Burmese government captured the headquarters near Moulmein on Tuesday.", "government-regains-territory"},
		{"what an armed group captures", "Al-Shabab captured the airport of Kismayo on Tuesday.", "non-state-actor-takes-territory"},
		{"an advance that nothing else is told of", "The army continued its advance around Palmyra on Friday.", "armed-clash"},
		{"an advance beside what it led to", "As rebels advanced on Goma on Friday, a bomb exploded in the market.", "explosive-device"},
		{"the month of May allows nothing", "In early May gunmen attacked a convoy near Kargil.", "attack"},
		{"a cause is no plan", "Prayers in Idlib were cancelled due to air strikes on Friday.", "air-strike"},
		{"shot dead on the way to a game", "Pedro Costa was shot dead in Santos on Sunday on his way to a league match.", "shooting"},
		{"banners and slogans at a time of markets", "Protesters with banners marched through Los Angeles on Monday, worried about the economy.", "peaceful-protest"},
		{"taken by rebels, wherever they are named", "The town of Bunagana was captured by M23 fighters on Tuesday after soldiers left.", "non-state-actor-takes-territory"},
		{"taken from rebels", "Soldiers captured the town of Bunagana from M23 rebels on Tuesday.", "government-regains-territory"},
		{"persons taken by an armed group", "Bandits seized forty pupils from a school near Kaduna on Monday.", "abduction"},
		{"a word before the noun that is taken", "Rebel fighters captured a major city in northern Mali on Sunday.", "non-state-actor-takes-territory"},
		{"a tremor that kills", "A tremor killed seven people near Quetta on Sunday.", "earthquake"},
		{"a blast that shakes a town is no quake", "An explosion shook the town of Quetta on Sunday, killing two.", "explosive-device"},
		{"cold that kills", "Severe frost in northern Bangladesh has killed thirty people since Sunday.", "cold-wave"},
		{"a river that takes a bridge", "Heavy rains washed away a bridge near Chitral on Sunday, killing two.", "flood"},
		{"infections of a disease", "Eleven infections with cholera were confirmed in Aden on Sunday.", "epidemic"},
		{"a gas that is used on people", "Sarin was used against the town of Khan Sheikhoun on Tuesday, killing eighty.", "chemical-weapon"},
		{"harm in a clash", "Two soldiers and four insurgents were killed in fighting near Bama on Sunday.", "armed-clash"},
		{"driven out of a town", "The army drove Boko Haram fighters out of Marte on Sunday.", "government-regains-territory"},
		{"cleared in a shooting", "Police cleared a man in a shooting that killed two in Tulsa on Sunday.", "shooting"},
		{"a mine in the next clause", "Six soldiers were killed near Menaka on Sunday when their truck drove over a landmine.", "explosive-device"},
		{"arrests at a demonstration", "Forty people were detained at a demonstration for jailed dissidents in Minsk on Sunday.", "protest-with-intervention"},
		{"shots at a crowd that demonstrates", "Soldiers opened fire on a crowd that was demonstrating in Omdurman on Sunday, killing nine.", "excessive-force"},
		{"a mob that kills", "A mob killed a student in Sokoto on Sunday over alleged blasphemy.", "mob-violence"},
		{"riot police do not riot", "Riot police patrolled the centre of Nairobi with shields on Sunday.", "strategic-other"},
		{"rebels who give up", "Three hundred Boko Haram fighters surrendered to troops in Borno on Sunday.", "group-change"},
		{"a bus station is no bus", "Nine people were killed at a bus station in Maiduguri on Sunday when a bomb went off.", "explosive-device"},
		{"a bomb in a phrase", "Militias detonated a roadside bomb in Helmand on Sunday, killing three soldiers.", "explosive-device"},
		{"what leaks from a plant", "Chemicals spilled from a tank near Chattanooga on Sunday, burning four workers.", "industrial-accident"},
		{"a canopy that collapses", "The collapse of a station canopy in Novi Sad on Sunday killed fourteen people.", "building-collapse"},
		{"robbers at a bank", "A bank in Araguari was raided by thirty robbers on Sunday.", "robbery"},
		{"mud that engulfs homes", "A torrent of mud engulfed homes on Ischia on Sunday, leaving eleven dead.", "landslide"},
		{"a fire that was set", "A man poured fuel over the floor of a studio in Kyoto on Sunday and lit it, killing thirty.", "arson"},
		{"sabotage by no stated means", "Three power pylons were sabotaged on Tuesday near Ayacucho.", "looting-destruction"},
		{"sabotage with a bomb", "Three power pylons were sabotaged with dynamite on Tuesday near Ayacucho.", "explosive-device"},
		{"killed in an attack on an airport", "Two people were killed on Tuesday in an attack at the airport of Rionegro.", "attack"},
		{"a murder, and what was seized besides", "Gunmen murdered the mayor of Achi on Tuesday. They seized his car.", "homicide"},
		{"an attack told more closely", "An attack in Bogota on Tuesday left 31 dead. The car bomb attack hit the police headquarters.", "explosive-device"},
		{"a bomb at a pipeline", "The explosion of a bomb at an oil pipeline near Teorama on Tuesday caused a spill.", "explosive-device"},
		{"an explosion in a coal mine", "An explosion at a coal mine near Donetsk on Tuesday killed five people.", "industrial-accident"},
		{"a strike of judges", "Judges in Bogota on Tuesday lifted the strike they began after the murder of a colleague.", "homicide"},
		{"the strike of a report on a walkout", "A bomb killed a judge in Bogota on Tuesday. Judges went on strike. The strike in Bogota goes on.", "explosive-device"},
		{"an army by its name", "The Army of National Liberation of Colombia blew up a pipeline near Arauca on Tuesday.", "explosive-device"},
		{"talks suspended to protest", "The rebels suspended talks on Tuesday to protest a bombing in Kano.", "explosive-device"},
		{"a crowd to protest", "Thousands gathered in Rome on Tuesday to protest against the war.", "peaceful-protest"},
		{"accused of it", "A man is accused of shooting his nephew in Detroit on Tuesday.", "shooting"},
		{"attacks in general behind one murder", "Gunmen murdered the priest Juan Perez in Ayacucho on Tuesday. The war is taking the lives of hundreds, who are killed in bombings.", "homicide"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			reading, err := reader.Read(geo.Report{Text: tc.text, Published: "2024-01-04"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range reading.Incidents {
				if !i.Weak {
					got = append(got, i.Type)
				}
			}
			if !slices.Equal(got, []string{tc.want}) {
				t.Errorf("read %v, want %s", got, tc.want)
			}
		})
	}
}

// A text may begin with a word of harm, in every language.
func TestHarmFirst(t *testing.T) {
	for code, text := range map[string]string{
		"en": "Death of a farmer near Jos on Tuesday.",
		"uk": "Тіло підприємця зі зв'язаними руками знайшли в лісі під Житомиром у вівторок.",
		"ar": "جثة شاب داخل شقته في مدينة الزرقاء الثلاثاء.",
	} {
		if _, err := readerOf(t, code).Read(geo.Report{Text: text, Published: "2024-05-17"}); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}
