package words

import (
	"strconv"
	"strings"

	"dateline/geo"
)

// locale is how a language writes numbers, days and lists.
type locale struct {
	code, name     string
	rtl            bool
	months         [12]string // alone: "January 2024"
	monthsOf       [12]string // after a day, where that is another form
	full           string     // day, month and year
	monthYear      string
	dayMonth       string
	group, decimal string
	groupFrom      int // digits from which they are grouped
	comma, and     string
}

// locales are the languages of the page, English first, as CLDR has them.
var locales = []locale{
	{
		code: "en", name: "English", months: split("January February March April May June July August September October November December"),
		full: "{d} {m} {y}", monthYear: "{m} {y}", dayMonth: "{d} {m}", group: ",", decimal: ".", groupFrom: 4, comma: ", ", and: " and ",
	},
	{
		code: "ar", name: "العربية", rtl: true, months: split("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
		full: "{d} {m} {y}", monthYear: "{m} {y}", dayMonth: "{d} {m}", group: ",", decimal: ".", groupFrom: 4, comma: " و", and: " و",
	},
	{
		code: "es", name: "Español", months: split("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
		full: "{d} de {m} de {y}", monthYear: "{m} de {y}", dayMonth: "{d} de {m}", group: ".", decimal: ",", groupFrom: 5, comma: ", ", and: " y ",
	},
	{
		code: "fr", name: "Français", months: split("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
		full: "{d} {m} {y}", monthYear: "{m} {y}", dayMonth: "{d} {m}", group: "\u202f", decimal: ",", groupFrom: 4, comma: ", ", and: " et ",
	},
	{
		code: "uk", name: "Українська", months: split("січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"),
		monthsOf: split("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
		full:     "{d} {m} {y} р.", monthYear: "{m} {y} р.", dayMonth: "{d} {m}", group: "\u00a0", decimal: ",", groupFrom: 5, comma: ", ", and: " і ",
	},
}

// Codes of the languages.
func Codes() []string {
	codes := make([]string, len(locales))
	for k, l := range locales {
		codes[k] = l.code
	}
	return codes
}

func split(names string) (all [12]string) {
	copy(all[:], strings.Fields(names))
	return all
}

// written fills a pattern with a day's parts.
func (l locale) written(pattern string, d geo.Day) string {
	t := d.Time()
	months := l.months
	if l.monthsOf[0] != "" && strings.Contains(pattern, "{d}") {
		months = l.monthsOf
	}
	return strings.NewReplacer("{d}", strconv.Itoa(t.Day()), "{m}", months[t.Month()-1], "{y}", strconv.Itoa(t.Year())).Replace(pattern)
}

// Day is "4 January 2024".
func (l *Language) Day(d geo.Day) string { return l.written(l.full, d) }

// Month is "January 2024".
func (l *Language) Month(d geo.Day) string { return l.written(l.monthYear, d) }

// Span is "1–31 January 2024", both days included.
func (l *Language) Span(from, to geo.Day) string {
	switch a, b := from.Time(), to.Time(); {
	case from == to:
		return l.Day(from)
	case a.Year() == b.Year() && a.Month() == b.Month():
		return strconv.Itoa(a.Day()) + "–" + l.Day(to)
	case a.Year() == b.Year():
		return l.written(l.dayMonth, from) + " – " + l.Day(to)
	}
	return l.Day(from) + " – " + l.Day(to)
}
