package lexicon

import (
	"iter"
	"slices"
	"strings"
)

// Phrases finds the entries of a table in a run of words, longest first. Words
// are lower case and without their possessive (see Stem); a hyphen, given as
// "-", may stand between any two of them. A word of the table that ends in * is
// any word that begins so.
type Phrases[T any] struct {
	first  map[string][]phrase[T]
	wild   map[string][]phrase[T] // by what the first word begins with
	joined joined
}

// joined is what a language writes together with its words.
type joined struct {
	prefixes []string // joined to a phrase's first word
	article  string   // joined to any word of a phrase
}

func (p *Phrases[T]) join(j joined) { p.joined = j }

type phrase[T any] struct {
	rest   []string
	values []T
}

// leastWild is how many bytes stand before a * at the least.
const leastWild = 4

// add enters a phrase with a value; the same phrase may have several.
func (p *Phrases[T]) add(text string, value T) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' })
	if len(words) == 0 {
		return
	}
	for k := range words {
		words[k] = Stem(strings.Map(plainLetter, words[k]))
	}
	for _, prefix := range append([]string{""}, p.joined.prefixes...) {
		into, first := &p.first, prefix+words[0]
		if stem, ok := strings.CutSuffix(first, "*"); ok && len(stem) >= leastWild {
			into, first = &p.wild, stem
		}
		if *into == nil {
			*into = map[string][]phrase[T]{}
		}
		(*into)[first] = withPhrase((*into)[first], words[1:], value)
	}
}

func withPhrase[T any](list []phrase[T], rest []string, value T) []phrase[T] {
	for k := range list {
		if slices.Equal(list[k].rest, rest) {
			list[k].values = append(list[k].values, value)
			return list
		}
	}
	list = append(list, phrase[T]{rest: rest, values: []T{value}})
	slices.SortStableFunc(list, func(a, b phrase[T]) int { return len(b.rest) - len(a.rest) })
	return list
}

// addAll enters every phrase of a cell, which | parts.
func (p *Phrases[T]) addAll(cell string, value T) {
	for _, text := range strings.Split(cell, "|") {
		p.add(text, value)
	}
}

// singles are the table's phrases of one word.
func (p *Phrases[T]) singles() iter.Seq[string] {
	return func(yield func(string) bool) {
		for word, entries := range p.first {
			for _, e := range entries {
				if len(e.rest) == 0 && !yield(word) {
					return
				}
			}
		}
	}
}

// All lists the values of the table, each phrase's own, in no order.
func (p *Phrases[T]) All() []T {
	var all []T
	for _, table := range []map[string][]phrase[T]{p.first, p.wild} {
		for _, entries := range table {
			for _, e := range entries {
				all = append(all, e.values...)
			}
		}
	}
	return all
}

// At finds the longest phrase that begins at words[i]; n is the number of words
// that it covers, 0 where there is none. Of phrases as long as each other the
// one that says more of its first word goes first. The values are not to be changed.
func (p *Phrases[T]) At(words []string, i int) (values []T, n int) {
	take := func(entries []phrase[T]) {
		for _, entry := range entries {
			if end := p.match(words, i+1, entry.rest); end-i > n {
				values, n = entry.values, end-i
				return
			}
		}
	}
	take(p.first[words[i]])
	if len(p.wild) > 0 {
		for end := len(words[i]); end >= leastWild; end-- {
			if entries, ok := p.wild[words[i][:end]]; ok {
				take(entries)
			}
		}
	}
	return values, n
}

// Stem takes the possessive off a lower-case word.
func Stem(word string) string {
	if s, ok := strings.CutSuffix(word, "'s"); ok && s != "" {
		return s
	}
	return strings.TrimSuffix(word, "'")
}

// match gives the end of rest in words from k, 0 where it does not stand there.
func (p *Phrases[T]) match(words []string, k int, rest []string) int {
	for _, w := range rest {
		if k < len(words) && words[k] == "-" {
			k++
		}
		if k >= len(words) {
			return 0
		}
		if !matches(words[k], w) && (p.joined.article == "" || !matches(strings.TrimPrefix(words[k], p.joined.article), w)) {
			return 0
		}
		k++
	}
	return k
}

// matches reports whether a word is one of the table, which may end in *.
func matches(word, w string) bool {
	if word == w {
		return true
	}
	stem, wild := strings.CutSuffix(w, "*")
	return wild && strings.HasPrefix(word, stem)
}
