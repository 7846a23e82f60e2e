package table

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dateline/gazetteer"
	"dateline/geo"

	"github.com/paulmach/orb"
)

// Incident makes an incident of a row. Where the row has no coordinates its
// place has none either, and its text says place, district, province and country
// for the gazetteer. origin names the data set. A row of an export of ours is
// read whole. The error is an ErrInvalid that
// names the column.
func (m Mapping) Incident(r Row, origin string) (geo.Incident, error) {
	if m.own != nil {
		return ownIncident(r, m.own)
	}
	origin = cmp.Or(m.Source, origin)
	get := func(field string) string {
		k, ok := m.Column[field]
		if !ok {
			return ""
		}
		return r.at(k)
	}
	i := geo.Incident{Status: geo.Reviewed, Modality: geo.Asserted, Origin: origin, OriginID: get("id"), OriginType: get("type"), OriginPrecision: get("precision")}
	if i.OriginID == "" {
		i.OriginID = strings.Join(r.Cells, "\x1f")
		i.ID = geo.ImportedID(origin, i.OriginID)
		i.OriginID = i.ID
	} else {
		i.ID = geo.ImportedID(origin, i.OriginID)
	}
	i.Title = short(get("title"), 300)
	var err error
	if i.When, err = m.when(get); err != nil {
		return i, err
	}
	if i.Tolls, err = tolls(get); err != nil {
		return i, err
	}
	var known bool
	if i.Type, known = m.typeOf(get("type"), i.Tolls); !known {
		return i, geo.Invalid("type", "%q: the mapping leaves rows of this type out", get("type"))
	}
	site, err := m.site(r, get)
	if err != nil {
		return i, err
	}
	if site.Place != "" || site.Located() {
		i.Places = []geo.Site{site}
	}
	for _, a := range []struct {
		field string
		role  string
	}{{"perpetrator", "perpetrator"}, {"target", "target"}} {
		if name := get(a.field); name != "" && !strings.EqualFold(name, "civilians") {
			i.Actors = append(i.Actors, geo.Actor{Name: short(name, 300), Role: a.role, Attribution: geo.Stated})
		}
	}
	if link := get("url"); link != "" {
		i.Reports = []geo.ReportRef{{ID: geo.ImportedID("url", link), Publisher: short(get("publisher"), 300), URL: webAddress(link)}}
	}
	if i.Title == "" {
		i.Title = title(&i)
	}
	return i, i.Check()
}

func title(i *geo.Incident) string {
	t, _ := geo.EventTypeByCode(i.Type)
	if site, ok := i.Where(); ok && site.Place != "" {
		return short(t.Label+", "+site.Place, 300)
	}
	return t.Label
}

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func tolls(get func(string) string) (geo.Tolls, error) {
	var t geo.Tolls
	for _, m := range geo.Measures {
		r := t.Of(m)
		for _, b := range []struct {
			bound string
			to    **int64
		}{{"low", &r.Low}, {"best", &r.Best}, {"high", &r.High}} {
			text := get(string(m) + "_" + b.bound)
			if text == "" {
				continue
			}
			x, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
			if err != nil || x < 0 || x > 1e9 || x != math.Trunc(x) {
				return t, geo.Invalid(string(m)+"_"+b.bound, "%q is no count of people", text)
			}
			n := int64(x)
			*b.to = &n
		}
		if r.Best != nil && r.Low != nil && *r.Low > *r.Best {
			r.Low = r.Best
		}
		if r.Best != nil && r.High != nil && *r.High < *r.Best {
			r.High = r.Best
		}
	}
	return t, nil
}

// typeOf is our code for a source's word: as the mapping says, our own code or
// label, ACLED's, UCDP's and GDELT's numbers, else the label that shares most
// words with it. What is none of these is an unspecified kind of violence where
// people died, else another development. known is false where the mapping
// leaves the type out.
func (m Mapping) typeOf(word string, t geo.Tolls) (code string, known bool) {
	if own, ok := m.Types[fold(word)]; ok {
		return own, own != "-"
	}
	switch m.Source {
	case "ucdp-ged":
		if word == "3" {
			return "attack", true
		}
		return "armed-clash", true
	case "gdelt":
		return cameo(word), true
	}
	if _, ok := geo.EventTypeByCode(word); ok {
		return word, true
	}
	if e, ok := geo.EventTypeFrom("acled", word); ok {
		return e.Code, true
	}
	if e, ok := geo.EventTypeFrom("glide", word); ok {
		return e.Code, true
	}
	switch best, most := m.likest(word); {
	case most >= 0.5:
		return best, true
	case t.Killed.Best != nil && *t.Killed.Best > 0:
		return "violence-unspecified", true
	}
	return "strategic-other", true
}

// maxLikest bounds the words whose likest type is remembered.
const maxLikest = 4096

// likeType is the type whose label shares most words with a source's word, and
// what share.
type likeType struct {
	code  string
	share float64
}

func (m Mapping) likest(word string) (code string, share float64) {
	best, known := m.likeTypes[word]
	if known {
		return best.code, best.share
	}
	words := labelWords(word)
	for _, l := range typeLabels() {
		if x := shared(l.words, words); x > best.share {
			best = likeType{l.code, x}
		}
	}
	if m.likeTypes != nil && len(m.likeTypes) < maxLikest {
		m.likeTypes[strings.Clone(word)] = best
	}
	return best.code, best.share
}

// typeLabel is a label of a type as its words.
type typeLabel struct {
	code  string
	words map[string]bool
}

var typeLabels = sync.OnceValue(func() []typeLabel {
	var all []typeLabel
	for _, e := range geo.EventTypes {
		for _, label := range []string{e.Label, e.ACLED} {
			all = append(all, typeLabel{e.Code, labelWords(label)})
		}
	}
	return all
})

// shared is the share of the words of two labels that both have.
func shared(x, y map[string]bool) float64 {
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(min(len(x), len(y)))
}

func labelWords(s string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '/' || r == ',' || r == '-' }) {
		if w != "or" && w != "of" && w != "and" && w != "on" && w != "the" {
			words[strings.TrimSuffix(w, "s")] = true
		}
	}
	return words
}

// cameo is our type for a code of CAMEO (Gerner and others 2002), by its longest
// beginning that we have.
func cameo(code string) string {
	for n := len(code); n >= 2; n-- {
		if t, ok := cameoTypes[code[:n]]; ok {
			return t
		}
	}
	return "strategic-other"
}

var cameoTypes = map[string]string{
	"057": "agreement", "0871": "agreement", "14": "peaceful-protest", "145": "violent-demonstration", "173": "arrest", "171": "looting-destruction",
	"1711": "looting-destruction", "1712": "looting-destruction", "175": "excessive-force", "18": "attack", "181": "abduction", "1821": "sexual-violence",
	"183": "explosive-device", "1831": "suicide-bombing", "185": "homicide", "186": "homicide", "19": "armed-clash", "193": "armed-clash",
	"194": "shelling", "195": "air-strike", "1952": "drone-strike", "192": "non-state-actor-takes-territory", "20": "attack", "204": "chemical-weapon",
}

// schemes of precision codes that the known data sets use.
var schemes = map[string]string{"ucdp-ged": geo.SchemeUCDP, "acled": geo.SchemeACLED, "gdelt": geo.SchemeGDELT}

// radii in metres that hold most of what has a precision code of UCDP
// (where_prec), ACLED (geo_precision) or GDELT (ActionGeo_Type).
var radii = map[string]map[string]float64{
	"ucdp-ged": {"1": 5_000, "2": 25_000, "3": 40_000, "4": 150_000, "5": 100_000, "6": 500_000, "7": 300_000},
	"acled":    {"1": 5_000, "2": 30_000, "3": 150_000},
	"gdelt":    {"1": 500_000, "2": 250_000, "3": 10_000, "4": 10_000, "5": 150_000},
}

// unstatedM is the radius of a point that says nothing of how exact it is.
const unstatedM = 5_000

func (m Mapping) site(r Row, get func(string) string) (geo.Site, error) {
	s := geo.Site{Role: geo.RoleSite}
	var parts []string
	for _, f := range []string{"place", "admin2", "admin1", "country"} {
		if v := get(f); v != "" && (len(parts) == 0 || !strings.EqualFold(parts[len(parts)-1], v)) {
			parts = append(parts, v)
		}
	}
	s.Place = short(strings.Join(parts, ", "), 300)
	if country := get("country"); len(country) == 2 && m.Source != "gdelt" {
		s.Country = strings.ToUpper(country)
	}
	at, placed, err := m.spot(r, get)
	if err != nil || !placed {
		return s, err
	}
	if get("place") != "" {
		s.Place = short(get("place"), 300)
	}
	s.Lon, s.Lat, s.Area = new(at.point.Lon()), new(at.point.Lat()), at.area
	s.Precision, s.RadiusM = gazetteer.Settlement, unstatedM
	if at.radiusM > 0 {
		s.Precision = precisionOf(at.radiusM)
	}
	if own := gazetteer.Precision(strings.ToLower(get("precision"))); slices.Contains(gazetteer.Precisions, own) {
		s.Precision = own
	} else if p, ok := geo.PrecisionFrom(schemes[m.Source], get("precision")); ok {
		s.Precision, s.RadiusM = p, radii[m.Source][get("precision")]
	}
	s.RadiusM = max(s.RadiusM, at.radiusM)
	if text := get("radius_m"); text != "" {
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || !(x > 0) {
			return s, geo.Invalid("radius_m", "%q is no radius in metres", text)
		}
		s.RadiusM = x
	}
	return s, nil
}

// spot is where the columns of coordinates say, else the row's own geometry.
func (m Mapping) spot(r Row, get func(string) string) (at spot, placed bool, err error) {
	a, b := get("lon"), get("lat")
	switch {
	case a != "" && b != "":
		lon, err := strconv.ParseFloat(strings.ReplaceAll(a, ",", "."), 64)
		if err != nil || !(lon >= -180 && lon <= 180) {
			return at, false, geo.Invalid("lon", "%q is no longitude", a)
		}
		lat, err := strconv.ParseFloat(strings.ReplaceAll(b, ",", "."), 64)
		if err != nil || !(lat >= -90 && lat <= 90) {
			return at, false, geo.Invalid("lat", "%q is no latitude", b)
		}
		return spot{point: orb.Point{lon, lat}}, true, nil
	case a != "":
		return at, false, geo.Invalid("lat", "lon and lat go together")
	case b != "":
		return at, false, geo.Invalid("lon", "lon and lat go together")
	}
	return spotOf(r.Shape)
}

// gdeltHeader names the 61 columns of GDELT 2.0's event files that are used, by
// the names of its codebook; the others are numbered.
func gdeltHeader() []string {
	header := make([]string, gdeltColumns)
	for k := range header {
		header[k] = "column_" + strconv.Itoa(k+1)
	}
	for k, name := range map[int]string{0: "GLOBALEVENTID", 1: "SQLDATE", 6: "Actor1Name", 16: "Actor2Name", 26: "EventCode",
		51: "ActionGeo_Type", 52: "ActionGeo_Fullname", 53: "ActionGeo_CountryCode", 56: "ActionGeo_Lat", 57: "ActionGeo_Long", 60: "SOURCEURL"} {
		header[k] = name
	}
	return header
}
