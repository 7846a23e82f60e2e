package lexicon

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentenceWords are the tables that ending a sentence needs.
type sentenceWords struct {
	abbreviations map[string]string // without their last period, in lower case -> never, number or maybe
	starters      map[string]bool   // words that begin a sentence; true: a sign even in a text that is all capitals
}

func (w *sentenceWords) read(code string) error {
	w.abbreviations, w.starters = map[string]string{}, map[string]bool{}
	table, err := rows(code, "sentence-abbreviations")
	if err != nil {
		return err
	}
	for _, row := range table {
		switch row[1] {
		case "never", "number", "maybe":
			w.abbreviations[row[0]] = row[1]
		default:
			return fmt.Errorf("lexicon: %s/sentence-abbreviations.tsv: %q ends %q, want never, number or maybe", code, row[0], row[1])
		}
	}
	if table, err = rows(code, "sentence-starters"); err != nil {
		return err
	}
	for _, row := range table {
		w.starters[row[0]] = row[1] == "yes"
	}
	return nil
}

// Sentences cuts the tokens of one text into sentences, in order and without a
// gap. A paragraph always ends one, and so does a line that the writer broke
// before it was full (a headline, a list). Quotes and brackets that close after
// the full stop belong to the sentence that they close.
func (l *Language) Sentences(tokens []Token) []Sentence {
	cut := newSentenceCutter(&l.Place.sentence, tokens)
	var out []Sentence
	for first := 0; first < len(tokens); {
		end := cut.end(first)
		out = append(out, Sentence{First: first, End: end, Paragraph: tokens[first].Paragraph})
		first = end
	}
	return out
}

type sentenceCutter struct {
	words    *sentenceWords
	tokens   []Token
	caseless bool // the text has next to no capitals, so a capital is no sign
	shouted  bool // the text has next to nothing but capitals
	width    int  // runes of the longest line
	line     int  // first token of the line that is being read
}

func newSentenceCutter(words *sentenceWords, tokens []Token) *sentenceCutter {
	c := &sentenceCutter{words: words, tokens: tokens}
	counted, capitals, shouted, from := 0, 0, 0, 0
	for k, t := range tokens {
		if t.Kind == Word {
			counted++
			if t.Capitalised() {
				capitals++
			}
			if t.Lower != t.Text && strings.ToUpper(t.Text) == t.Text {
				shouted++
			}
		}
		if k > 0 && t.Line != tokens[k-1].Line {
			from = t.Rune
		}
		c.width = max(c.width, t.Rune-from+utf8.RuneCountInString(t.Text))
	}
	c.caseless = capitals*50 < counted
	c.shouted = shouted*10 > counted*8
	return c
}

// Capitalised reports whether the token begins with a letter in upper or title
// case, or with a letter of a script that has no case.
func (t Token) Capitalised() bool {
	r, size := utf8.DecodeRuneInString(t.Text)
	if r == '‘' || isApostrophe(r) { // "‘Arish"
		r, _ = utf8.DecodeRuneInString(t.Text[size:])
	}
	return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// end finds the end of the sentence that begins at first.
func (c *sentenceCutter) end(first int) int {
	for k := first; k < len(c.tokens); k++ {
		if k > 0 && c.tokens[k].Line != c.tokens[k-1].Line {
			lineStart := c.line
			c.line = k
			if k > first && c.brokenBefore(k, lineStart) {
				return k
			}
		}
		if !c.stops(k, first) {
			continue
		}
		next := c.closing(k + 1)
		if next == len(c.tokens) || c.tokens[next].Paragraph != c.tokens[k].Paragraph || c.begins(k, next) {
			return next
		}
		k = next - 1
	}
	return len(c.tokens)
}

// brokenBefore reports whether the line that ends before token k ends a
// sentence: with its paragraph, or because the next word would still have
// fitted and looks like a beginning. In a text of capitals, where every word does,
// a quarter of the longest line must be left.
func (c *sentenceCutter) brokenBefore(k, lineStart int) bool {
	last, next := c.tokens[k-1], c.tokens[k]
	if next.Paragraph != last.Paragraph {
		return true
	}
	if last.Text == "," || next.Kind == Word && !next.Capitalised() && !c.caseless {
		return false
	}
	used := last.Rune + utf8.RuneCountInString(last.Text) - c.tokens[lineStart].Rune
	if c.shouted { // the capital says nothing, and an editor may have left room
		return used*4 < c.width*3
	}
	return used+1+utf8.RuneCountInString(next.Text) < c.width
}

// stops reports whether the token at k can end a sentence: a stop, or an
// initialism that keeps its own ("in the U.S. The").
func (c *sentenceCutter) stops(k, first int) bool {
	if c.tokens[k].Kind != Mark {
		return strings.HasSuffix(c.tokens[k].Text, ".") && c.starts(c.next(k+1))
	}
	switch c.tokens[k].Text {
	case "!", "?", "…", "。", "؟", "।":
		return true
	case ".":
	default:
		return false
	}
	if k == first {
		return true
	}
	before := c.tokens[k-1]
	if before.End != c.tokens[k].Start || before.Kind != Word {
		return true
	}
	ends := c.words.abbreviations[before.Lower]
	if len(before.Text) == 1 && before.Capitalised() { // an initial: "J. Smith", but "Plan B. The"
		ends = "maybe"
	}
	next := c.next(k + 1)
	switch ends {
	case "never":
		return next == nil
	case "number":
		return next == nil || next.Kind != Number
	case "maybe":
		return next == nil || c.starts(next) ||
			k > first+1 && c.tokens[k-2].Text == "," && len(before.Text) > 1
	}
	return true
}

// starts reports whether the token is one of the words that begin a sentence.
func (c *sentenceCutter) starts(t *Token) bool {
	if t == nil || t.Kind != Word || !t.Capitalised() && !c.caseless {
		return false
	}
	sure, known := c.words.starters[t.Lower]
	return known && (sure || !c.shouted && !c.caseless)
}

// next gives the token after those that close at k, nil at the end of the paragraph.
func (c *sentenceCutter) next(k int) *Token {
	if k = c.closing(k); k < len(c.tokens) && c.tokens[k].Paragraph == c.tokens[k-1].Paragraph {
		return &c.tokens[k]
	}
	return nil
}

// closing skips the stops, quotes and brackets that follow without a space.
func (c *sentenceCutter) closing(k int) int {
	for k < len(c.tokens) && c.tokens[k].Kind == Mark && c.tokens[k].Start == c.tokens[k-1].End {
		switch c.tokens[k].Text {
		case ".", "!", "?", "…", `"`, "'", "”", "’", "»", ")", "]":
			k++
		default:
			return k
		}
	}
	return k
}

// begins reports whether the token at next can begin a sentence after the stop
// at k.
func (c *sentenceCutter) begins(k, next int) bool {
	t := c.tokens[next]
	if t.Start == c.tokens[next-1].End { // no space: "example.com", but "…said.The"
		return t.Kind == Word && t.Capitalised() && k > 0 && len(c.tokens[k-1].Text) > 2 && !c.tokens[k-1].Capitalised()
	}
	if t.Kind == Word {
		return t.Capitalised() || c.caseless
	}
	switch t.Text {
	case ",", ";", ":", ")", "]":
		return false
	}
	return true
}
