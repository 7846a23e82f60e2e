package table

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// ownColumns are those by which an export of ours is known.
var ownColumns = []string{"id", "type", "status", "modality"}

// isOwn reports whether columns are those of an export of ours, in any format.
func isOwn(header []string) bool {
	for _, c := range ownColumns {
		if !slices.ContainsFunc(header, func(h string) bool { return plainName(h) == c }) {
			return false
		}
	}
	return true
}

// plainName is the name of a column without the hashtag of HXL behind it.
func plainName(h string) string {
	name, _, _ := strings.Cut(h, "#")
	return strings.TrimSpace(name)
}

// ownIncident reads a row of an export of ours whole: with its id, its claims,
// actors and quotes. The error is an ErrInvalid that names the column.
func ownIncident(r Row, header []string) (geo.Incident, error) {
	flat := map[string]json.RawMessage{}
	for k, h := range header {
		f, ok := geo.FieldByName(plainName(h))
		cell := r.at(k)
		if !ok || f.Value == nil || cell == "" {
			continue
		}
		value, err := ownValue(f, cell)
		if err != nil {
			return geo.Incident{}, geo.Invalid(f.Name, "%q is no %s", short(cell, 60), f.Kind)
		}
		flat[f.Name] = value
	}
	data, err := json.Marshal(flat)
	if err != nil {
		return geo.Incident{}, fmt.Errorf("%w: %w", geo.ErrInvalid, err)
	}
	var i geo.Incident
	if err := json.Unmarshal(data, &i); err != nil {
		return i, fmt.Errorf("%w: %w", geo.ErrInvalid, err)
	}
	if i.ID == "" {
		return i, geo.Invalid("id", "it is empty")
	}
	return i, i.Check()
}

// ownValue is a cell as JSON of the field's kind; also as GDAL writes it after
// it read one of ours.
func ownValue(f geo.Field, cell string) (json.RawMessage, error) {
	switch f.Kind {
	case geo.KindBool:
		yes, err := strconv.ParseBool(cell)
		if err != nil {
			return nil, err
		}
		return json.Marshal(yes)
	case geo.KindInt:
		if x, err := strconv.ParseFloat(cell, 64); err == nil && x == float64(int64(x)) {
			return json.Marshal(int64(x))
		}
		return nil, geo.ErrInvalid
	case geo.KindNumber:
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return nil, err
		}
		return json.Marshal(x)
	case geo.KindList:
		if words, ok := gdalList(cell); ok {
			return json.Marshal(words)
		}
		if !json.Valid([]byte(cell)) {
			return nil, geo.ErrInvalid
		}
		return json.RawMessage(cell), nil
	case geo.KindDay:
		day, ok := dayOf(strings.TrimSpace(cell))
		if !ok {
			return nil, geo.ErrInvalid
		}
		return json.Marshal(day)
	case geo.KindTime:
		for _, layout := range timeLayouts {
			if at, err := time.Parse(layout, cell); err == nil {
				return json.Marshal(at.UTC())
			}
		}
		if days, err := strconv.ParseFloat(cell, 64); err == nil && days > 1 && days < 80_000 { // as a spreadsheet keeps it
			at := spreadsheetEpoch.Add(time.Duration(days * 24 * float64(time.Hour)))
			return json.Marshal(at.Round(time.Second))
		}
		return nil, geo.ErrInvalid
	}
	return json.Marshal(cell)
}

// spreadsheetEpoch is day 0 of a spreadsheet's dates.
var spreadsheetEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// timeLayouts are those of ours and of GDAL, which are UTC where no zone is
// stated.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07",
	"2006/01/02 15:04:05.999999999Z07:00", "2006/01/02 15:04:05.999999999Z07", "2006/01/02 15:04:05.999999999", "2006-01-02 15:04:05.999999999",
}

// gdalList reads a list of texts as GDAL writes it where a format has no lists:
// "(2:one,two)". Where a text has a comma of its own the number does not fit,
// and it is no list.
func gdalList(cell string) ([]string, bool) {
	inner, ok := strings.CutPrefix(cell, "(")
	if !ok || !strings.HasSuffix(inner, ")") {
		return nil, false
	}
	count, list, ok := strings.Cut(inner[:len(inner)-1], ":")
	n, err := strconv.Atoi(count)
	words := strings.Split(list, ",")
	return words, ok && err == nil && n == len(words)
}
