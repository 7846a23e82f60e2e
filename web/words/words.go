// Package words says what an incident's values are called in plain words, in the
// languages of the page and from its message files, for the pages that the
// server writes itself. Unknown is "not stated", never zero and never a dash.
package words

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Language has the words of one language of the page; English stands in for
// those that it lacks. It may be used by many goroutines.
type Language struct {
	Code string // of ISO 639-1
	Name string // its own
	RTL  bool
	locale
	tag      language.Tag
	messages map[string]string
	english  map[string]string
	regions  map[string]string // names of countries by code; nil in English
}

// Book has every language of the page.
type Book struct {
	Languages []*Language // English first
	matcher   language.Matcher
}

// Load reads messages/CODE.json of each language. An error names the file.
func Load(files fs.FS) (*Book, error) {
	b := &Book{}
	var tags []language.Tag
	for _, l := range locales {
		data, err := fs.ReadFile(files, "messages/"+l.code+".json")
		if err != nil {
			return nil, fmt.Errorf("words of the page: %w", err)
		}
		one := &Language{Code: l.code, Name: l.name, RTL: l.rtl, locale: l, tag: language.Make(l.code)}
		if err := json.Unmarshal(data, &one.messages); err != nil {
			return nil, fmt.Errorf("words of the page: messages/%s.json: %w", l.code, err)
		}
		one.english, one.regions = one.messages, countries[l.code]
		if len(b.Languages) > 0 {
			one.english = b.Languages[0].messages
		}
		b.Languages, tags = append(b.Languages, one), append(tags, one.tag)
	}
	b.matcher = language.NewMatcher(tags)
	return b, nil
}

// Choose gives the language that is asked for by its code, else the first of an
// Accept-Language header that the page has, else English.
func (b *Book) Choose(code, accept string) *Language {
	for _, l := range b.Languages {
		if l.Code == code {
			return l
		}
	}
	asked, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(asked) == 0 {
		return b.Languages[0]
	}
	_, k, sure := b.matcher.Match(asked...)
	if sure == language.No {
		return b.Languages[0]
	}
	return b.Languages[k]
}

// Dir is the direction of the language's writing, as HTML calls it.
func (l *Language) Dir() string {
	if l.RTL {
		return "rtl"
	}
	return "ltr"
}

// Has reports whether there are words for a key.
func (l *Language) Has(key string) bool {
	_, ok := l.message(key)
	return ok
}

// Keys lists the language's own keys that begin so, in order.
func (l *Language) Keys(begin string) []string {
	var all []string
	for key := range l.messages {
		if strings.HasPrefix(key, begin) {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	return all
}

func (l *Language) message(key string) (string, bool) {
	if m, ok := l.messages[key]; ok {
		return m, true
	}
	m, ok := l.english[key]
	return m, ok
}

// T is the message of a key with {names} replaced by values, which come as name,
// value. Of an int n the message is that of n's plural form: key.one, key.other.
func (l *Language) T(key string, values ...any) string {
	pairs := make([]string, 0, len(values))
	form := ""
	for k := 0; k+1 < len(values); k += 2 {
		name := fmt.Sprint(values[k])
		text := fmt.Sprint(values[k+1])
		if n, ok := values[k+1].(int); ok {
			text = l.Number(float64(n))
			if name == "n" {
				form = key + "." + l.plural(n)
			}
		}
		pairs = append(pairs, "{"+name+"}", text)
	}
	for _, name := range []string{form, key + ".other", key} {
		if m, ok := l.message(name); ok && name != "" {
			return strings.NewReplacer(pairs...).Replace(m)
		}
	}
	return key
}

// plural is the form of a whole number that the language's rules ask for (CLDR).
func (l *Language) plural(n int) string {
	return map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many",
	}[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]
}

// Number in the language's own way, with at most one decimal.
func (l *Language) Number(x float64) string {
	text := strconv.FormatFloat(x, 'f', 1, 64)
	whole, part, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	var b strings.Builder
	if x < 0 {
		b.WriteByte('-')
	}
	for k, digit := range whole {
		if left := len(whole) - k; k > 0 && left%3 == 0 && len(whole) >= l.groupFrom {
			b.WriteString(l.group)
		}
		b.WriteRune(digit)
	}
	if part != "0" {
		b.WriteString(l.decimal + part)
	}
	return b.String()
}

// List is "a, b and c".
func (l *Language) List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], l.comma) + l.and + items[last]
}

// Region is the name of a country by its code, else fallback: in English always
// fallback where there is one, since that is the gazetteer's own.
func (l *Language) Region(code, fallback string) string {
	if l.Code == "en" && fallback != "" {
		return fallback
	}
	if name := l.regions[code]; name != "" {
		return name
	}
	return fallback
}

// countriesTSV is written by .ci/countries.mjs from CLDR (Unicode License v3).
//
//go:embed countries.tsv
var countriesTSV string

// countries has the names of countries by language and code.
var countries = func() map[string]map[string]string {
	all := map[string]map[string]string{}
	lines := strings.Split(strings.TrimSpace(countriesTSV), "\n")
	languages := strings.Split(lines[0], "\t")[1:]
	for _, line := range lines[1:] {
		columns := strings.Split(line, "\t")
		for k, l := range languages {
			if all[l] == nil {
				all[l] = map[string]string{}
			}
			all[l][columns[0]] = columns[k+1]
		}
	}
	return all
}()
