package lexicon

// PlaceWords are the tables that finding and bending place names needs.
type PlaceWords struct{}

func (w *PlaceWords) read(code string) error { return nil }
