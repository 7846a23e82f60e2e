package geo

// Group of event types, with the colour and glyph that marks, legend and
// exported styles share. The colours stay apart for every kind of colour
// blindness; each mark carries its glyph too.
type Group struct {
	Code       string `json:"code"`
	Label      string `json:"label"`
	Color      string `json:"color"`       // #RRGGBB of the mark
	GlyphColor string `json:"glyph_color"` // #RRGGBB of the glyph on it
	Glyph      string `json:"glyph"`       // name of the drawing
}

// Groups is the table of groups, in the order of the type table.
var Groups = []Group{
	{"battle", "Battles", "#CC6677", "#000000", "crossed-lines"},
	{"remote-violence", "Remote violence", "#882255", "#FFFFFF", "burst"},
	{"violence-against-civilians", "Violence against civilians", "#AA4499", "#FFFFFF", "person"},
	{"protest", "Protests", "#88CCEE", "#000000", "placard"},
	{"riot", "Riots", "#332288", "#FFFFFF", "flame"},
	{"strategic", "Strategic developments", "#DDDDDD", "#000000", "flag"},
	{"disaster", "Disasters", "#117733", "#FFFFFF", "wave"},
	{"accident", "Accidents", "#999933", "#000000", "triangle"},
	{"crime", "Crime", "#DDCC77", "#000000", "bracket"},
}

// GroupByCode finds a row of Groups.
func GroupByCode(code string) (Group, bool) {
	for _, g := range Groups {
		if g.Code == code {
			return g, true
		}
	}
	return Group{}, false
}
