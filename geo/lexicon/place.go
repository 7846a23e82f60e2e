package lexicon

// PlaceWords are the tables that finding and bending place names needs.
type PlaceWords struct {
	sentence sentenceWords
}

func (w *PlaceWords) read(code string) error {
	return w.sentence.read(code)
}
