package lexicon

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func english(t testing.TB) *Language {
	t.Helper()
	l, err := For("en")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func cutText(l *Language, text string) []string {
	tokens := Tokenize(text)
	var out []string
	for _, s := range l.Sentences(tokens) {
		out = append(out, strings.Join(strings.Fields(text[tokens[s.First].Start:tokens[s.End-1].End]), " "))
	}
	return out
}

func TestSentences(t *testing.T) {
	l := english(t)
	for _, tc := range []struct{ name, text, want string }{
		{"plain", "He came. She went.", "He came.|She went."},
		{"title", "One official said Mr. al-Saidi died. Gen. Smith spoke.", "One official said Mr. al-Saidi died.|Gen. Smith spoke."},
		{"lower particle after title", "It hit Mr al-Saidi. Two died.", "It hit Mr al-Saidi.|Two died."},
		{"initialism inside", "U.S. troops left. They won.", "U.S. troops left.|They won."},
		{"initialism at the end", "He flew to the U.S. The plane landed.", "He flew to the U.S.|The plane landed."},
		{"initialism before a name", "The U.S. Embassy closed.", "The U.S. Embassy closed."},
		{"hour at the end", "It began at 3 a.m. He slept.", "It began at 3 a.m.|He slept."},
		{"initials", "George W. Bush and J. R. Smith met.", "George W. Bush and J. R. Smith met."},
		{"month", "On Jan. 4 it rained. On Feb. 5 too.", "On Jan. 4 it rained.|On Feb. 5 too."},
		{"state after comma", "He is from Gary, Ind. Police said so.", "He is from Gary, Ind.|Police said so."},
		{"state inside", "Gary, Ind., is a city. Ind. is not.", "Gary, Ind., is a city.|Ind. is not."},
		{"quote closes after", "He said: “We are done.” She left.", "He said: “We are done.”|She left."},
		{"quote goes on", `"Stop!" he said. "Why?" she asked.`, `"Stop!" he said.|"Why?" she asked.`},
		{"bracket closes after", "(It was late.) He slept.", "(It was late.)|He slept."},
		{"number before stop", "It rose to 3.5. Then it fell.", "It rose to 3.5.|Then it fell."},
		{"number begins", "Nobody knew. 20 people died.", "Nobody knew.|20 people died."},
		{"ellipsis inside", "He was ... tired. Yes.", "He was ... tired.|Yes."},
		{"paragraph without stop", "A headline\n\nThe text. More", "A headline|The text.|More"},
		{"caption", "Palestinians mourn in Khan Younis on Thursday (AP)\n\nThe strike killed two.", "Palestinians mourn in Khan Younis on Thursday (AP)|The strike killed two."},
		{"headline on its line", "Strike kills two\nAn airstrike killed two people in the centre of Baghdad on Thursday.", "Strike kills two|An airstrike killed two people in the centre of Baghdad on Thursday."},
		{"wrapped line", "An airstrike on the headquarters of a militia in central\nBaghdad has killed a commander, officials said on Friday.", "An airstrike on the headquarters of a militia in central Baghdad has killed a commander, officials said on Friday."},
		{"wrapped line of a sentence that begins within a line", "A COLUMN OF TROOPS ENTERED THE TOWN. THIS MORNING, A\nGUNMAN FIRED AT THEM.", "A COLUMN OF TROOPS ENTERED THE TOWN.|THIS MORNING, A GUNMAN FIRED AT THEM."},
		{"line of capitals that is not quite full", "THE GUNMEN FLED INTO THE HILLS NEAR\nTHE TOWN OF SAN JUAN AND SET FIRE TO THE BUS.", "THE GUNMEN FLED INTO THE HILLS NEAR THE TOWN OF SAN JUAN AND SET FIRE TO THE BUS."},
		{"headline of capitals", "STRIKE KILLS TWO\nAN AIRSTRIKE KILLED TWO PEOPLE IN THE CENTRE OF TOWN.", "STRIKE KILLS TWO|AN AIRSTRIKE KILLED TWO PEOPLE IN THE CENTRE OF TOWN."},
		{"lower case text", "the bomb went off in gaza. two people died. it was late.", "the bomb went off in gaza.|two people died.|it was late."},
		{"upper case text", "U.S. TROOPS AND U.S. PLANES LEFT. MR. SMITH STAYED IN THE U.S. THE END.", "U.S. TROOPS AND U.S. PLANES LEFT.|MR. SMITH STAYED IN THE U.S.|THE END."},
		{"address", "See www.example.com for more.", "See www.example.com for more."},
		{"no space", "He left.The others stayed.", "He left.|The others stayed."},
		{"company", "Acme Inc. said so. He works at Acme Inc. The firm grew.", "Acme Inc. said so.|He works at Acme Inc.|The firm grew."},
		{"nothing", "", ""},
		{"marks alone", "...", "..."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, strings.Join(cutText(l, tc.text), "|")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Sentences follow each other without a gap, whatever the text.
func FuzzSentences(f *testing.F) {
	for _, s := range []string{"", "...", "A. B. C.", "U.S. The", "\n\n\n", "“Stop.” He", "a.a.a.a", "٣٫٤ 。"} {
		f.Add(s)
	}
	l := english(f)
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokenize(text)
		at := 0
		for _, s := range l.Sentences(tokens) {
			if s.First != at || s.End <= s.First {
				t.Fatalf("sentence [%d,%d) after %d", s.First, s.End, at)
			}
			at = s.End
		}
		if at != len(tokens) {
			t.Fatalf("sentences end at %d of %d", at, len(tokens))
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	l := english(b)
	for _, tc := range []struct{ name, text string }{
		{"news", strings.Repeat("Gen. Smith of the U.S. said two people died in Gary, Ind. Police came. ", 1000)},
		{"dots", strings.Repeat(".", 70000)},
		{"initialism", strings.Repeat("a.", 35000)},
		{"lines", strings.Repeat("a\n \n", 17500)},
	} {
		b.Run(tc.name, func(b *testing.B) {
			b.SetBytes(int64(len(tc.text)))
			for b.Loop() {
				l.Sentences(Tokenize(tc.text))
			}
		})
	}
}
