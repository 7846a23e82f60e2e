package lexicon

// EventWords are the tables that reading events, days, tolls and actors needs.
type EventWords struct{}

func (w *EventWords) read(code string) error { return nil }
