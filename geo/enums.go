package geo

import "dateline/gazetteer"

// typeCodes lists the codes of the type table.
func typeCodes() []string {
	codes := make([]string, len(EventTypes))
	for k, t := range EventTypes {
		codes[k] = t.Code
	}
	return codes
}

// precisionNames lists the precisions of the gazetteer, finest first.
func precisionNames() []string { return enum(gazetteer.Precisions)() }
