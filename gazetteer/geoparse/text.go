package geoparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// casing is how a sentence uses capitals.
type casing uint8

const (
	normalCase casing = iota
	titleCase         // A Headline With Most Words Capitalised
	upperCase         // ALL CAPITALS
	lowerCase         // no capitals at all, in a text that has none
)

// word is a token with what the parser asks of it again and again.
type word struct {
	folded      string // as the gazetteer folds it, without "'s"; empty for a mark
	use         lexicon.PlaceUse
	sentence    int32
	capital     bool
	possessive  bool // ends in "'s"
	contracted  bool // "I'll", "don't"
	abbreviated bool // followed by its own period: "St.", "Ind."
}

// text is a document cut up.
type text struct {
	doc       Document
	language  *lexicon.Language
	tokens    []lexicon.Token
	sentences []lexicon.Sentence
	words     []word
	casing    []casing // of each sentence
}

func newText(d Document, l *lexicon.Language) *text {
	t := &text{doc: d, language: l, tokens: lexicon.Tokenize(d.Text)}
	t.sentences = l.Sentences(t.tokens)
	t.words = make([]word, len(t.tokens))
	t.casing = make([]casing, len(t.sentences))
	for s, sentence := range t.sentences {
		for k := sentence.First; k < sentence.End; k++ {
			t.words[k] = t.word(k, l)
			t.words[k].sentence = int32(s)
		}
	}
	t.readCasing()
	return t
}

func (t *text) word(k int, l *lexicon.Language) word {
	token := t.tokens[k]
	w := word{capital: token.Kind == lexicon.Word && token.Capitalised() && !caseless(token.Text)}
	if token.Kind == lexicon.Mark {
		return w
	}
	bare := token.Lower
	if stem, ok := strings.CutSuffix(bare, "'s"); ok && stem != "" {
		bare, w.possessive = stem, true
	}
	w.folded = gazetteer.FoldWord(bare)
	w.contracted = contracted(bare)
	w.use = l.Place.Uses[bare]
	w.abbreviated = strings.HasSuffix(bare, ".") || t.markAt(k+1, ".") && t.tokens[k+1].Start == token.End
	return w
}

// caseless reports whether a word begins with a letter of a script that has no
// capitals.
func caseless(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return r >= utf8.RuneSelf && unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r) && !unicode.IsTitle(r)
}

// contracted reports whether a word holds a verb or "not" behind an apostrophe.
func contracted(s string) bool {
	at := strings.LastIndexByte(s, '\'')
	if at < 0 {
		return false
	}
	switch s[at:] {
	case "'ll", "'re", "'ve", "'d", "'m", "'t":
		return true
	}
	return false
}

// stemEnd is the byte at which a token ends without its "'s".
func (t *text) stemEnd(k int) int {
	end := t.tokens[k].End
	if !t.words[k].possessive {
		return end
	}
	s := t.tokens[k].Text
	_, last := utf8.DecodeLastRuneInString(s)
	_, apostrophe := utf8.DecodeLastRuneInString(s[:len(s)-last])
	return end - last - apostrophe
}

func (t *text) markAt(k int, mark string) bool {
	return k >= 0 && k < len(t.tokens) && t.tokens[k].Kind == lexicon.Mark && t.tokens[k].Lower == mark
}

// joined reports whether nothing stands between token k and the one before.
func (t *text) joined(k int) bool {
	return k > 0 && k < len(t.tokens) && t.tokens[k].Start == t.tokens[k-1].End
}

func (t *text) hyphen(k int) bool {
	if k < 0 || k >= len(t.tokens) || t.tokens[k].Kind != lexicon.Mark {
		return false
	}
	switch t.tokens[k].Text {
	case "-", "–", "‐", "‑", "—":
		return t.joined(k) && t.joined(k+1)
	}
	return false
}

func (t *text) lower(k int) string {
	if k < 0 || k >= len(t.tokens) {
		return ""
	}
	return t.tokens[k].Lower
}

// readCasing judges each sentence by its words of four letters and more, and
// the sentences of a text without capitals together.
func (t *text) readCasing() {
	capitals := 0
	for s, sentence := range t.sentences {
		long, longCapital, upper, any := 0, 0, 0, 0
		for k := sentence.First; k < sentence.End; k++ {
			w := t.tokens[k]
			if w.Kind != lexicon.Word {
				continue
			}
			any++
			if t.words[k].capital {
				capitals++
			}
			if len(w.Text) < 4 {
				continue
			}
			long++
			if t.words[k].capital {
				longCapital++
			}
			if isUpper(w.Text) {
				upper++
			}
		}
		switch {
		case long >= 3 && upper*4 >= long*3:
			t.casing[s] = upperCase
		case long >= 4 && any >= 5 && longCapital*4 >= long*3:
			t.casing[s] = titleCase
		}
	}
	if capitals*50 < len(t.tokens) {
		for s := range t.casing {
			t.casing[s] = lowerCase
		}
	}
}

func isUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

func (t *text) casingAt(k int) casing { return t.casing[t.words[k].sentence] }

// sentenceAt gives the sentence of token k.
func (t *text) sentenceAt(k int) lexicon.Sentence { return t.sentences[t.words[k].sentence] }

// within reports whether token k is in the sentence of token of.
func (t *text) within(k, of int) bool {
	return k >= 0 && k < len(t.tokens) && t.words[k].sentence == t.words[of].sentence
}

// has reports whether token k, in the sentence of token of, has one of the uses.
func (t *text) has(k, of int, use lexicon.PlaceUse) bool {
	return t.within(k, of) && t.words[k].use&use != 0
}

// is reports whether token k, in any sentence, has one of the uses.
func (t *text) is(k int, use lexicon.PlaceUse) bool {
	return k >= 0 && k < len(t.words) && t.words[k].use&use != 0
}

// only reports whether the tokens all have one of the uses.
func (t *text) only(first, end int, use lexicon.PlaceUse) bool {
	for k := first; k < end; k++ {
		if !t.is(k, use) {
			return false
		}
	}
	return first <= end
}

// capitalAt reports whether token k, in the sentence of token of, is a
// capitalised word.
func (t *text) capitalAt(k, of int) bool { return t.within(k, of) && t.words[k].capital }
