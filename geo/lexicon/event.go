package lexicon

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// EventWords are the tables that reading events, days, tolls and actors needs.
// Package report holds the grammar that uses them.
type EventWords struct {
	Triggers    Phrases[*Trigger]
	Domains     Phrases[string]
	Refinements map[string][]Refinement // by sense, in the order of the table
	Casualties  Phrases[Casualty]
	Numbers     Phrases[NumberWord]
	Bounds      Phrases[string] // at least -> low
	Persons     Phrases[Person]
	Dates       Phrases[DateWord]
	Attribution Phrases[Cue]
	Modality    Phrases[Cue]
	Functions   Phrases[string] // class of a small word: locative, origin, be, ...
	Titles      Phrases[bool]
	Actors      []Actor
	ActorNames  Phrases[ActorName]
	VerbFirst   bool              // verbs stand before their subjects, nouns before their adjectives
	FreeOrder   bool              // subject, verb and object stand in any order
	OneCase     bool              // its script has no capitals
	Peoples     map[string]string // words for a state's people, as the table has them -> ISO code of the state
	Article     string            // that is written with its noun

	definite []string // the article with what may stand before it
	demonyms []string
}

// Trigger is a word that tells an event.
type Trigger struct {
	Lemma    string // its first form
	Noun     bool   // else a verb
	Sense    string // event type, ~sense that Refinements narrow, or - for silence
	Strength string // sure, need, alone, ref or no
}

// Refinement narrows a sense by what the sentence speaks of.
type Refinement struct {
	Domain, Type string // Domain * is the rest, a+b both; Type - is silence unless people are harmed, x is silence
	Pos          string // n, v or empty for both
	Within       string // clause: only by the trigger's own; sentence: only by all of it; report: by any sentence
}

// Casualty is a word that says what became of people.
type Casualty struct {
	Measure string // killed, injured, ...
	Grammar string // where its number stands
}

// NumberWord is a word of counting.
type NumberWord struct {
	Kind  string
	Value int64
}

// Person is a unit of persons.
type Person struct {
	Singular bool
	Group    string // civilian, combatant, child, ...
	Public   bool   // the word says a public role
}

// DateWord is a word of a calendar or a clock.
type DateWord struct {
	Kind  string
	Text  string // direction, which
	Value int
}

// Cue is a phrase that tells who says so, or in what sense a thing is told.
type Cue struct{ Class, Grammar string }

// Actor is a row of the table of actors.
type Actor struct {
	ID, Name, Kind, Country string

	Years   string   // "1964-2017", "2009-" where it still is, empty where not known
	Aliases []string // its other names
}

// ActorName is a name of an actor.
type ActorName struct {
	Actor   int  // index into Actors
	Demonym bool // the word for its people: "Israeli"
	Upper   bool // written in capitals: "IS", "US"
	Generic bool // no name but a kind: "gunmen"
	Small   bool // written without a capital, as the table has it: "російський"
}

func (w *EventWords) read(code string) error {
	w.Refinements, w.Peoples = map[string][]Refinement{}, map[string]string{}
	if err := w.readPrefixes(code); err != nil {
		return err
	}
	for _, table := range []struct {
		name string
		row  func([]string) error
	}{
		{"event-trigger", w.readTrigger},
		{"event-domain", func(c []string) error { w.Domains.addAll(c[1], c[0]); return nil }},
		{"event-refine", w.readRefinement},
		{"event-casualty", func(c []string) error { w.Casualties.addAll(c[0], Casualty{c[1], c[2]}); return nil }},
		{"event-number", w.readNumber},
		{"event-bound", func(c []string) error { w.Bounds.addAll(c[0], c[1]); return nil }},
		{"event-person", w.readPerson},
		{"event-date", w.readDate},
		{"event-attribution", func(c []string) error { w.Attribution.addAll(c[0], Cue{c[1], c[2]}); return nil }},
		{"event-modality", func(c []string) error { w.Modality.addAll(c[0], Cue{c[1], c[2]}); return nil }},
		{"event-function", func(c []string) error { w.Functions.addAll(c[0], c[1]); return nil }},
		{"event-title", func(c []string) error { w.Titles.addAll(c[0], true); return nil }},
		{"event-actor", w.readActor},
	} {
		all, err := rows(code, table.name)
		if err != nil {
			return err
		}
		for n, columns := range all {
			if err := table.row(columns); err != nil {
				return fmt.Errorf("lexicon: %s/%s.tsv row %d: %w", code, table.name, n+1, err)
			}
		}
	}
	return nil
}

// words are the words that the tables know by themselves, without actors and what
// ends in *.
func (w *EventWords) words() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, table := range []interface{ singles() iter.Seq[string] }{&w.Triggers, &w.Casualties, &w.Numbers, &w.Persons, &w.Dates,
			&w.Attribution, &w.Modality, &w.Functions, &w.Titles} {
			for word := range table.singles() {
				if !yield(word) {
					return
				}
			}
		}
	}
}

// articled are the words for a state's people with what is joined to them and ends
// in the article: "the Syrian" is no place, where "Syria" and "Syrian" are one word.
func (w *EventWords) articled() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range w.demonyms {
			for _, prefix := range w.definite {
				if !yield(prefix + strings.Map(plainLetter, name)) {
					return
				}
			}
		}
	}
}

// Fixed reports whether a sentence has its subject before its verb and its object
// behind it, as in English.
func (w *EventWords) Fixed() bool { return !w.VerbFirst && !w.FreeOrder }

// Definite reports whether a word begins with the article of a language that
// writes it with the noun.
func (w *EventWords) Definite(word string) bool {
	return slices.ContainsFunc(w.definite, func(prefix string) bool { return strings.HasPrefix(word, prefix) })
}

// readPrefixes sets what the language joins to the first word of a phrase: "and",
// "with" and the article in Arabic.
func (w *EventWords) readPrefixes(code string) error {
	all, err := rows(code, "word-prefixes")
	if err != nil {
		return err
	}
	var with joined
	for _, row := range all {
		with.prefixes = append(with.prefixes, row[0])
		switch row[1] {
		case "article":
			with.article, w.Article = row[0], row[0]
			w.definite = append(w.definite, row[0])
		case "definite":
			w.definite = append(w.definite, row[0])
		}
	}
	for _, table := range []interface{ join(joined) }{&w.Triggers, &w.Domains, &w.Casualties, &w.Numbers, &w.Bounds, &w.Persons,
		&w.Dates, &w.Attribution, &w.Modality, &w.Titles, &w.ActorNames} {
		table.join(with)
	}
	return nil
}

func (w *EventWords) readTrigger(c []string) error {
	lemma, _, _ := strings.Cut(c[0], "|")
	switch c[3] {
	case "sure", "need", "alone", "ref", "no":
	default:
		return fmt.Errorf("strength %q, want sure, need, alone, ref or no", c[3])
	}
	if c[1] != "n" && c[1] != "v" {
		return fmt.Errorf("pos %q, want n or v", c[1])
	}
	w.Triggers.addAll(c[0], &Trigger{Lemma: lemma, Noun: c[1] == "n", Sense: c[2], Strength: c[3]})
	return nil
}

func (w *EventWords) readRefinement(c []string) error {
	r := Refinement{Domain: c[1], Type: c[2], Pos: c[3]}
	if len(c) > 4 { // not every language needs it
		r.Within = c[4]
	}
	switch r.Within {
	case "", "clause", "sentence", "report":
	default:
		return fmt.Errorf("within %q, want clause, sentence, report or nothing", r.Within)
	}
	w.Refinements[c[0]] = append(w.Refinements[c[0]], r)
	return nil
}

func (w *EventWords) readNumber(c []string) error {
	value, err := strconv.ParseInt(c[2], 10, 64)
	if err != nil {
		return fmt.Errorf("value: %w", err)
	}
	w.Numbers.addAll(c[0], NumberWord{c[1], value})
	return nil
}

func (w *EventWords) readPerson(c []string) error {
	public := c[3] == "1"
	w.Persons.addAll(c[0], Person{Singular: true, Group: c[2], Public: public})
	if c[1] != c[0] {
		w.Persons.addAll(c[1], Person{Group: c[2], Public: public})
	}
	return nil
}

func (w *EventWords) readDate(c []string) error {
	word := DateWord{Kind: c[1]}
	switch c[1] {
	case "direction", "which":
		word.Text = c[2]
	default:
		value, err := strconv.Atoi(c[2])
		if err != nil {
			return fmt.Errorf("value: %w", err)
		}
		word.Value = value
	}
	w.Dates.addAll(c[0], word)
	return nil
}

// shortName is the length up to which a name in capitals is only itself in
// capitals: "IS" is not "is".
const shortName = 5

// hasCase reports whether a name is of a script with capitals.
func hasCase(name string) bool { return strings.ToUpper(name) != strings.ToLower(name) }

func (w *EventWords) readActor(c []string) error {
	k := len(w.Actors)
	actor := Actor{ID: c[0], Name: c[1], Kind: c[2], Country: c[3], Aliases: strings.FieldsFunc(c[4], func(r rune) bool { return r == '|' })}
	if len(c) > 6 { // the table of the first language says more of them
		actor.Years = c[6]
	}
	w.Actors = append(w.Actors, actor)
	add := func(cell string, demonym bool) {
		for _, name := range strings.Split(cell, "|") {
			if name == "" {
				continue
			}
			upper := len(name) <= shortName && name == strings.ToUpper(name)
			small := name == lower(name) && hasCase(name)
			if demonym {
				w.demonyms = append(w.demonyms, name)
				if !upper && c[3] != "" && !strings.ContainsAny(name, " *") {
					w.Peoples[name] = c[3]
				}
			}
			w.ActorNames.add(lower(name), ActorName{Actor: k, Demonym: demonym, Upper: upper, Generic: c[2] == "kind", Small: small})
		}
	}
	add(c[1], false)
	add(c[4], false)
	add(c[5], true)
	return nil
}
