package lexicon_test

import (
	"testing"

	"dateline/geo/lexicon"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		text, code string
		ok         bool
	}{
		{"Three people were killed in an air strike on the port on Monday, officials said, and a dozen were taken to a hospital in the city.", "en", true},
		{"THREE PEOPLE WERE KILLED IN AN ATTACK ON A POST IN THE NORTH OF THE COUNTRY ON MONDAY, THE POLICE SAID TODAY.", "en", true},
		{"У Харкові внаслідок ракетного удару загинули троє людей, повідомив мер міста.", "uk", true},
		{"В Москве в результате пожара погибли три человека, сообщили в министерстве.", "uk", false},
		{"Drei Menschen starben am Montag bei einem Luftangriff auf den Hafen, wie die Behörden mitteilten, und ein Dutzend wurde verletzt.", "en", false},
		{"Унаслідок выбуху ў Мінску ў панядзелак загінулі тры чалавекі, паведамілі ў міліцыі.", "uk", false},
		{"При експлозия в София в понеделник загинаха трима души, съобщиха от полицията.", "uk", false},
		{"قتل ثلاثة أشخاص في انفجار في بغداد الاثنين، بحسب الشرطة.", "ar", true},
		{"در انفجار روز دوشنبه در تهران سه نفر کشته شدند، پلیس گفت. گزارش ها حاکی است که این حادثه در پارک رخ داد.", "ar", false},
		{"Trois personnes ont été tuées lundi dans une explosion à Marseille, selon la police, et une dizaine ont été blessées.", "en", false},
		{"Bombe in Kabul", "en", true},
		{"12:30", "", false},
	} {
		if code, ok := lexicon.Detect(c.text); ok != c.ok || ok && code != c.code {
			t.Errorf("%.40s: %s, %v, want %s, %v", c.text, code, ok, c.code, c.ok)
		}
	}
}
