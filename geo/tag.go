package geo

import "slices"

// The tags that the program itself understands; others are free words of the
// editors.
const (
	TagGraphic = "graphic" // the reports tell or show what not everyone wants to see: behind a click
	TagPrivate = "private" // the reports tell what is private: behind a click
)

// VeiledTags lists the tags that put the texts of an incident behind a click.
var VeiledTags = []string{TagGraphic, TagPrivate}

// Veiled reports whether the texts of the incident's reports stand behind a click.
func (i *Incident) Veiled() bool {
	return slices.ContainsFunc(i.Tags, func(t string) bool { return slices.Contains(VeiledTags, t) })
}

// ApartTag is the tag of an incident that a person keeps apart from another,
// whose id it has.
func ApartTag(id string) string { return "apart:" + id }

// KeptApart reports whether a person said of two incidents that they are not one.
func KeptApart(a, b *Incident) bool {
	return slices.Contains(a.Tags, ApartTag(b.ID)) || slices.Contains(b.Tags, ApartTag(a.ID))
}
