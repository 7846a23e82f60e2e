package gazetteer_test

import (
	"testing"
	"unicode/utf8"

	"dateline/gazetteer"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"case and accents", "Île-de-France", "ile de france"},
		{"macrons", "Ḩaḑramawt", "hadramawt"},
		{"ayn and hamza", "Al Ismā‘īlīyah", "al ismailiyah"},
		{"typographic apostrophe", "N’Djamena", "ndjamena"},
		{"dotless i and cedilla", "Diyarbakır Şırnak", "diyarbakir sirnak"},
		{"letters without decomposition", "Łódź Tromsø Straße Ærø", "lodz tromso strasse aero"},
		{"hyphens", "Deir-ez-Zor", "deir ez zor"},
		{"article el", "Deir el-Balah", "deir al balah"},
		{"article before a sun letter", "Sūq ash Shuyūkh", "suq al shuyukh"},
		{"article at the end is a word", "Tell Ad", "tell ad"},
		{"spanish article", "El Salvador", "al salvador"},
		{"la stays", "La Paz", "la paz"},
		{"the", "The Hague", "hague"},
		{"the alone", "The", "the"},
		{"saint", "Saint-Étienne", "st etienne"},
		{"ste", "Ste. Anne", "st anne"},
		{"fort", "Fort Worth", "ft worth"},
		{"mount", "Mount Sinjar", "mt sinjar"},
		{"initialism", "U.S.A.", "usa"},
		{"ampersand", "Trinidad & Tobago", "trinidad and tobago"},
		{"arabic alefs and diacritics", "إِدْلِب", "ادلب"},
		{"arabic final letters", "الرقّة القرى", "الرقه القري"},
		{"tatweel", "بغـــداد", "بغداد"},
		{"persian letters", "کرمانشاه", "كرمانشاه"},
		{"cyrillic yo", "Артём", "артем"},
		{"cyrillic ghe with upturn", "Ґорлівка", "горлівка"},
		{"hebrew finals and niqqud", "יְרוּשָׁלַיִם", "ירושלימ"},
		{"spaces", "  New   York ", "new york"},
		{"nothing", " – ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := gazetteer.Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestWithoutArticles(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"al tanf", "tanf"},
		{"deir al balah", "deir balah"},
		{"التنف", "تنف"},
		{"al", "al"},
		{"baghdad", "baghdad"},
	} {
		if got := gazetteer.WithoutArticles(c.in); got != c.want {
			t.Errorf("WithoutArticles(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// Folding twice changes nothing, and whatever comes in is valid UTF-8 after.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Deir el-Balah", "The the Hague", "U.S.", "İstanbul", "ﷺ", "\xff", "El"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := gazetteer.Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q is not UTF-8", s, once)
		}
		if twice := gazetteer.Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and again %q", s, once, twice)
		}
	})
}
