package lexicon

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
)

// PlaceWords are the tables that finding and bending place names needs, and
// those that cutting sentences needs. All keys are in lower case.
type PlaceWords struct {
	Uses       map[string]PlaceUse    // what a single word says about the names beside it
	Kinds      map[string]PlaceKind   // "province", "refugee camps": singular and plural
	Directions map[string][]Direction // "north", "north-eastern", "NNE"
	Units      map[string]float64     // unit of distance -> metres
	Amounts    map[string]float64     // "ten", "several" -> value
	Before     PhraseIndex            // locatives that stand before a name, by their last word
	After      PhraseIndex            // locatives that stand behind a name, by their first word
	Endings    []Ending               // how names end in their cases, the longer first
	Prefixes   []string               // that are joined to names: "in" and "and" in Arabic

	sentence sentenceWords
}

// PlaceUse is a set of the uses of a word beside names.
type PlaceUse uint64

// The uses of words.
const (
	TitleWord    PlaceUse = 1 << iota // before a person's name: "Gen", "spokesman"
	GivenName                         // "Mushtaq"
	FamilyName                        // "Clinton"
	NameParticle                      // inside a person's name: "bin", "von"
	OrgHead                           // makes an organisation's name: "Department"
	FacilityHead                      // makes a building's name: "Hospital"
	EventHead                         // makes the name of an event or a work: "Accords"
	MovementHead                      // may go on with "in X": "Resistance"
	MediaHead                         // makes a publisher's name: "Times"
	InCue                             // before a place: "in", "near"
	FromCue                           // before a place, less surely: "from", "reached"
	OfCue                             // "of", "for", "and"
	SayCue                            // behind a person or a metonym: "said"
	PoliticsCue                       // behind a metonym's possessive: "support"
	PersonCue                         // behind a person: "who", "aged"
	FolkCue                           // behind a town: "a Concord man"
	NeverPlace                        // no place when alone: "Monday", "Police", "Of"
	TheWord                           // "the"
	AnyWord                           // "a", "another": not one that was named
	AndWord                           // "and"
	InsideWord                        // "in"
	OfWord                            // "of"
	ToWord                            // "to"
	AuxWord                           // "has", before a verb
	WayWord                           // "on the road to"
	SharedWord                        // "common", before "border"
	OffWord                           // "off"
	WithWord                          // "with", behind "border"
	FoughtCue                         // before a place that is fought over: "stormed", "battle for"
	OpensPlace                        // begins a place's name: "Tal X", "Mount X"
	OpensGroup                        // begins an armed group's name: "Jaysh al-X"
	LandmarkHead                      // makes a building's name even where it is written small: "shrine"
	CalledWord                        // between a kind of place and its name: "a village called X"
	CapitalWord                       // beside a people's name: "the Afghan capital"
	MoneyWord                         // behind a capital that is no city: "markets"
	CommonWord                        // an everyday word that is a name as well
)

var placeUses = map[string]map[string]PlaceUse{
	"place-persons": {"title": TitleWord, "given": GivenName, "family": FamilyName, "particle": NameParticle},
	"place-heads":   {"org": OrgHead, "facility": FacilityHead, "landmark": LandmarkHead, "event": EventHead, "movement": MovementHead, "media": MediaHead},
	"place-cues": {"in": InCue, "from": FromCue, "of": OfCue, "say": SayCue, "politics": PoliticsCue, "folk": FolkCue,
		"person": PersonCue, "never": NeverPlace, "fought": FoughtCue, "opens": OpensPlace, "group": OpensGroup},
	"place-glue": {"the": TheWord, "any": AnyWord, "and": AndWord, "inside": InsideWord, "of": OfWord, "to": ToWord,
		"aux": AuxWord, "way": WayWord, "shared": SharedWord, "off": OffWord, "with": WithWord, "called": CalledWord, "capital": CapitalWord, "money": MoneyWord},
}

// PlaceKind is what sort of place a word such as "province" says a name is.
type PlaceKind struct {
	Kind    string // country, region, district, settlement, quarter, camp, street, site, water, land
	After   bool   // may follow the name: "Homs province"
	Capital bool   // does so only with a capital: "Dublin Road"
	Of      bool   // may stand before it: "the province of Homs"
	Bare    bool   // stands before it without "of", as in languages of other kinds
	Plural  bool   // "provinces"
}

var placeKinds = []string{"country", "region", "district", "settlement", "quarter", "camp", "street", "site", "water", "land"}

// Direction is a compass direction: Bearing in degrees clockwise from north,
// Half the width of its sector in degrees.
type Direction struct {
	Part          bool // "northern", a part; else "north of", a direction
	Bearing, Half float64
}

// Ending says how a name's ending in a case is written in its first case.
type Ending struct{ Case, First string }

// Phrase is a locative: words and slots, and the rule that they ask for.
type Phrase struct {
	Rule  string
	Slots []string // words, or one of SlotDistance, SlotDirection, SlotPart
}

// The slots of a phrase.
const (
	SlotDistance  = "{distance}"
	SlotDirection = "{direction}"
	SlotPart      = "{part}"
)

// PhraseIndex finds phrases by the word or slot beside the name, longest first.
type PhraseIndex map[string][]Phrase

// LocativeRules are the rules that a row of place-locatives.tsv may name.
var LocativeRules = []string{"offset", "distance", "direction", "near", "outside", "part", "ring", "edge", "centre",
	"within", "coast", "shore", "between", "border", "corner", "route"}

func (w *PlaceWords) read(code string) error {
	for _, step := range []func(string) error{w.sentence.read, w.readUses, w.readKinds, w.readDirections, w.readAmounts, w.readLocatives, w.readEndings, w.joinPrefixes} {
		if err := step(code); err != nil {
			return err
		}
	}
	return nil
}

func (w *PlaceWords) readUses(code string) error {
	w.Uses = map[string]PlaceUse{}
	for table, uses := range placeUses {
		all, err := rows(code, table)
		if err != nil {
			return err
		}
		for _, row := range all {
			use, ok := uses[row[1]]
			if !ok {
				return fmt.Errorf("lexicon: %s/%s.tsv: %q has the unknown use %q", code, table, row[0], row[1])
			}
			w.Uses[row[0]] |= use
		}
	}
	all, err := rows(code, "place-common")
	for _, row := range all {
		w.Uses[row[0]] |= CommonWord
	}
	return err
}

func (w *PlaceWords) readKinds(code string) error {
	w.Kinds = map[string]PlaceKind{}
	all, err := rows(code, "place-kinds")
	if err != nil {
		return err
	}
	for _, row := range all {
		if !slices.Contains(placeKinds, row[2]) {
			return fmt.Errorf("lexicon: %s/place-kinds.tsv: %q is of the unknown kind %q", code, row[0], row[2])
		}
		k := PlaceKind{Kind: row[2], After: row[3] != "no", Capital: row[3] == "capital", Of: row[4] != "no", Bare: row[4] == "bare"}
		if _, taken := w.Kinds[row[0]]; !taken { // the first row of a word is its usual sense
			w.Kinds[row[0]] = k
		}
		k.Plural = true
		if _, taken := w.Kinds[row[1]]; !taken {
			w.Kinds[row[1]] = k
		}
	}
	return nil
}

func (w *PlaceWords) readEndings(code string) error {
	all, err := rows(code, "place-endings")
	if err != nil {
		return err
	}
	for _, row := range all {
		w.Endings = append(w.Endings, Ending{row[0], row[1]})
	}
	slices.SortStableFunc(w.Endings, func(a, b Ending) int { return len(b.Case) - len(a.Case) })
	if all, err = rows(code, "place-prefixes"); err != nil {
		return err
	}
	for _, row := range all {
		w.Prefixes = append(w.Prefixes, row[0])
	}
	return nil
}

// joinPrefixes enters the words of place once more with what the language joins
// to them: "in the city" is one word in Arabic.
func (w *PlaceWords) joinPrefixes(string) error {
	uses, kinds := maps.Clone(w.Uses), maps.Clone(w.Kinds)
	for _, prefix := range w.Prefixes {
		for word, use := range uses {
			if _, taken := uses[prefix+word]; !taken {
				w.Uses[prefix+word] |= use
			}
		}
		for word, kind := range kinds {
			if _, taken := kinds[prefix+word]; !taken {
				w.Kinds[prefix+word] = kind
			}
		}
	}
	return nil
}

// common enters words of other tables as everyday words, which name no place by
// themselves, or as words that are never one.
func (w *PlaceWords) common(words iter.Seq[string], use PlaceUse) {
	for word := range words {
		w.Uses[word] |= use
	}
}

func (w *PlaceWords) readDirections(code string) error {
	w.Directions = map[string][]Direction{}
	all, err := rows(code, "place-directions")
	if err != nil {
		return err
	}
	for _, row := range all {
		bearing, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			return fmt.Errorf("lexicon: %s/place-directions.tsv: bearing of %q: %w", code, row[0], err)
		}
		half, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			return fmt.Errorf("lexicon: %s/place-directions.tsv: sector of %q: %w", code, row[0], err)
		}
		w.Directions[row[0]] = append(w.Directions[row[0]], Direction{Part: row[1] == "part", Bearing: bearing, Half: half})
	}
	return nil
}

func (w *PlaceWords) readAmounts(code string) error {
	w.Units, w.Amounts = map[string]float64{}, map[string]float64{}
	for table, into := range map[string]map[string]float64{"place-units": w.Units, "place-amounts": w.Amounts} {
		all, err := rows(code, table)
		if err != nil {
			return err
		}
		for _, row := range all {
			if into[row[0]], err = strconv.ParseFloat(row[1], 64); err != nil {
				return fmt.Errorf("lexicon: %s/%s.tsv: value of %q: %w", code, table, row[0], err)
			}
		}
	}
	return nil
}

func (w *PlaceWords) readLocatives(code string) error {
	w.Before, w.After = PhraseIndex{}, PhraseIndex{}
	all, err := rows(code, "place-locatives")
	if err != nil {
		return err
	}
	for _, row := range all {
		if !slices.Contains(LocativeRules, row[1]) {
			return fmt.Errorf("lexicon: %s/place-locatives.tsv: %q has the unknown rule %q", code, row[2], row[1])
		}
		p := Phrase{Rule: row[1], Slots: slots(row[2])}
		switch row[0] {
		case "before":
			w.Before.add(p.Slots[len(p.Slots)-1], p)
		case "after":
			w.After.add(p.Slots[0], p)
		default:
			return fmt.Errorf("lexicon: %s/place-locatives.tsv: %q stands %q, want before or after", code, row[2], row[0])
		}
	}
	return nil
}

func (x PhraseIndex) add(key string, p Phrase) {
	x[key] = append(x[key], p)
	slices.SortStableFunc(x[key], func(a, b Phrase) int { return len(b.Slots) - len(a.Slots) })
}
