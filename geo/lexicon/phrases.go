package lexicon

import (
	"slices"
	"strings"
)

// Phrases finds the entries of a table in a run of words, longest first. Words
// are lower case and without their possessive (see Stem); a hyphen, given as
// "-", may stand between any two of them.
type Phrases[T any] struct {
	first map[string][]phrase[T]
}

type phrase[T any] struct {
	rest   []string
	values []T
}

// add enters a phrase with a value; the same phrase may have several.
func (p *Phrases[T]) add(text string, value T) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' })
	if len(words) == 0 {
		return
	}
	for k := range words {
		words[k] = Stem(words[k])
	}
	if p.first == nil {
		p.first = map[string][]phrase[T]{}
	}
	list := p.first[words[0]]
	for k := range list {
		if slices.Equal(list[k].rest, words[1:]) {
			list[k].values = append(list[k].values, value)
			return
		}
	}
	list = append(list, phrase[T]{rest: words[1:], values: []T{value}})
	slices.SortStableFunc(list, func(a, b phrase[T]) int { return len(b.rest) - len(a.rest) })
	p.first[words[0]] = list
}

// addAll enters every phrase of a cell, which | parts.
func (p *Phrases[T]) addAll(cell string, value T) {
	for _, text := range strings.Split(cell, "|") {
		p.add(text, value)
	}
}

// All lists the values of the table, each phrase's own, in no order.
func (p *Phrases[T]) All() []T {
	var all []T
	for _, entries := range p.first {
		for _, e := range entries {
			all = append(all, e.values...)
		}
	}
	return all
}

// At finds the longest phrase that begins at words[i]; n is the number of words
// that it covers, 0 where there is none. The values are not to be changed.
func (p *Phrases[T]) At(words []string, i int) (values []T, n int) {
	for _, entry := range p.first[words[i]] {
		if end := match(words, i+1, entry.rest); end > 0 {
			return entry.values, end - i
		}
	}
	return nil, 0
}

// Stem takes the possessive off a lower-case word.
func Stem(word string) string {
	if s, ok := strings.CutSuffix(word, "'s"); ok && s != "" {
		return s
	}
	return strings.TrimSuffix(word, "'")
}

// match gives the end of rest in words from k, 0 where it does not stand there.
func match(words []string, k int, rest []string) int {
	for _, w := range rest {
		if k < len(words) && words[k] == "-" {
			k++
		}
		if k >= len(words) || words[k] != w {
			return 0
		}
		k++
	}
	return k
}
