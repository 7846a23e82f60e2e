// Package lexicon holds what the reader knows of a language as data: one folder
// a language with tables of triggers, locatives, number and date words, cues of
// attribution and modality, abbreviations; and the cutting of text into tokens
// and sentences. A language is added by adding a folder.
package lexicon

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed */*.tsv
var tables embed.FS

// Language is one folder of tables, read.
type Language struct {
	Code  string     // ISO 639-1: "en"
	Place PlaceWords // what geoparse needs
	Event EventWords // what report needs

	Country string // ISO 3166-1 alpha-2: where a text of the language looks, empty where it may be anywhere
}

var codes = []string{"en", "ar", "uk"}

// ofSomeLanguages are the tables that English has no use for.
var ofSomeLanguages = []string{"word-prefixes", "place-endings", "place-prefixes", "language"}

// Codes lists the languages that have a folder.
func Codes() []string { return codes }

var load = sync.OnceValues(func() (map[string]*Language, error) {
	languages := map[string]*Language{}
	for _, code := range codes {
		l := &Language{Code: code}
		if err := l.Place.read(code); err != nil {
			return nil, err
		}
		if err := l.Event.read(code); err != nil {
			return nil, err
		}
		own, err := rows(code, "language")
		if err != nil {
			return nil, err
		}
		for _, row := range own {
			switch row[0] {
			case "country":
				l.Country = row[1]
			case "order":
				l.Event.VerbFirst, l.Event.FreeOrder = row[1] == "verb-first", row[1] == "free"
			case "letters":
				l.Event.OneCase = row[1] == "one-case"
			default:
				return nil, fmt.Errorf("lexicon: %s/language.tsv: unknown key %q", code, row[0])
			}
		}
		if l.Event.OneCase {
			l.Place.common(l.Event.words(), CommonWord)
			l.Place.common(l.Event.articled(), NeverPlace)
		}
		languages[code] = l
	}
	return languages, nil
})

// For reads the tables of a language; an error names the table and line.
func For(code string) (*Language, error) {
	languages, err := load()
	if err != nil {
		return nil, err
	}
	l, ok := languages[code]
	if !ok {
		return nil, fmt.Errorf("lexicon: no language %q, there are %s", code, strings.Join(codes, ", "))
	}
	return l, nil
}

// rows reads a table: tab-separated lines after one header line, # starts a
// comment line. Each row has as many columns as the header.
func rows(code, table string) ([][]string, error) {
	name := code + "/" + table + ".tsv"
	data, err := fs.ReadFile(tables, name)
	if errors.Is(err, fs.ErrNotExist) && (code != codes[0] || slices.Contains(ofSomeLanguages, table)) {
		return nil, nil // a table that the language does not need
	}
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	text := string(data)
	if strings.HasPrefix(table, "place-") || strings.HasPrefix(table, "sentence-") { // looked up by Token.Lower
		text = strings.Map(plainLetter, text)
	}
	var out [][]string
	width := 0
	for n, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "\t")
		if width == 0 {
			width = len(columns)
			continue
		}
		if len(columns) != width {
			return nil, fmt.Errorf("lexicon: %s line %d: %d columns, want %d", name, n+1, len(columns), width)
		}
		out = append(out, columns)
	}
	return out, nil
}
