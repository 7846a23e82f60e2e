package source

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"dateline/gazetteer"
)

// byPlace puts the rows, names and parents of one id together, notes where the
// places of each division lie, and sorts the places by their cells.
func (g *gather) byPlace() error {
	var now placeRow
	var have bool
	var id []byte
	done, total := int64(0), int64(g.rows.Len())
	flush := func() error {
		if !have {
			return nil
		}
		have = false
		return g.placeOnce(&now)
	}
	for record, err := range g.rows.All() {
		if err != nil {
			return err
		}
		if done++; done%100_000 == 0 {
			g.job.Progress("joining", done, total)
			if err := g.ctx.Err(); err != nil {
				return err
			}
		}
		end := bytes.IndexByte(record, 0)
		kind, payload := record[end+1], record[end+3:]
		if !bytes.Equal(id, record[:end]) {
			if err := flush(); err != nil {
				return err
			}
			id = append(id[:0], record[:end]...)
		}
		if kind == rowPlace {
			row, err := readPlaceRow(payload)
			if err != nil {
				return err
			}
			if have {
				g.result.Joined++
				now.join(&row)
			} else {
				now, have = row, true
			}
			continue
		}
		switch {
		case !have:
			g.result.Stray++
		case kind == rowName:
			now.addName(gazetteer.Name{Kind: gazetteer.NameKind(payload[0]), Text: string(payload[1:])})
		case now.Parent == "":
			now.Parent = string(payload)
		}
	}
	return flush()
}

// placeOnce notes what a place tells about its divisions and hands it on.
func (g *gather) placeOnce(p *placeRow) error {
	if p.Class == 'A' {
		if p.Precision() == gazetteer.Country && g.homes[p.Country] == "" {
			g.homes[p.Country] = p.ID
		}
		if key, ok := p.unitKey(); ok {
			g.unit(key).id = cmp.Or(g.unit(key).id, p.ID)
		}
		if p.Code == "ADM1" {
			g.nameDivision(p)
		}
	} else if p.Class == 'P' {
		for _, key := range p.unitKeys() {
			g.unit(key).hold(p)
		}
	}
	g.buffer = binary.BigEndian.AppendUint32(g.buffer[:0], uint32(gazetteer.Cell(p.Point)))
	g.buffer = p.append(append(append(g.buffer, p.ID...), 0))
	return g.placed.Add(g.buffer)
}

// nameDivision names a first-level division: as the gazetteer below does where it
// has it, so that places of both are found in one division; else as the codes or
// its own row do.
func (g *gather) nameDivision(p *placeRow) {
	if p.Country == "" || p.Admin1 == "" {
		return
	}
	key := p.Country + "." + p.Admin1
	if g.job.Base != nil {
		if same, ok := g.job.Base.Get(p.ID); ok && same.Code == "ADM1" {
			g.named[key] = same.Name
			return
		}
	}
	if g.named[key] == "" {
		g.named[key] = p.Name
	}
}

func (g *gather) unit(key string) *unit {
	u := g.units[key]
	if u == nil {
		u = &unit{}
		g.units[key] = u
	}
	return u
}

func (u *unit) hold(p *placeRow) {
	lon, lat := p.Point.Lon(), p.Point.Lat()
	if u.places == 0 {
		u.west, u.east, u.south, u.north = lon, lon, lat, lat
	}
	u.west, u.east, u.south, u.north = math.Min(u.west, lon), math.Max(u.east, lon), math.Min(u.south, lat), math.Max(u.north, lat)
	u.places++
}

// unitKeys are the keys of the divisions that a row lies in, the first first:
// "NL.09", "NL.09.0352".
func (p *placeRow) unitKeys() []string {
	if p.Country == "" || p.Admin1 == "" {
		return nil
	}
	key := p.Country + "." + p.Admin1
	keys := []string{key}
	for _, code := range p.codes {
		if code == "" {
			break
		}
		key += "." + code
		keys = append(keys, key)
	}
	return keys
}

// unitKey is the key of the division that a row is.
func (p *placeRow) unitKey() (string, bool) {
	levels := map[string]int{"ADM1": 1, "ADM2": 2, "ADM3": 3, "ADM4": 4}
	keys := p.unitKeys()
	level, ok := levels[p.Code]
	if !ok || len(keys) < level {
		return "", false
	}
	return keys[level-1], true
}

// join takes over what another row of the same place has more.
func (p *placeRow) join(o *placeRow) {
	for _, n := range append([]gazetteer.Name{{Text: o.Name, Kind: gazetteer.NameAlternate}}, o.Names...) {
		p.addName(n)
	}
	p.Population = max(p.Population, o.Population)
	p.AltNames = max(p.AltNames, o.AltNames, len(p.Names))
	if o.extent && !p.extent || p.RadiusM == 0 {
		p.RadiusM, p.extent = o.RadiusM, o.extent
	}
	p.Country, p.Admin1, p.Parent = cmp.Or(p.Country, o.Country), cmp.Or(p.Admin1, o.Admin1), cmp.Or(p.Parent, o.Parent)
}

// maxNames bounds the names of a place.
const maxNames = 500

// addName adds a name that the place does not have yet.
func (p *placeRow) addName(n gazetteer.Name) {
	if n.Text == "" || n.Text == p.Name || len(p.Names) >= maxNames {
		return
	}
	if !slices.ContainsFunc(p.Names, func(have gazetteer.Name) bool { return have.Text == n.Text }) {
		p.Names = append(p.Names, n)
		p.AltNames = max(p.AltNames, len(p.Names))
	}
}

// build completes the places of one cell after the other and hands them to the
// builder.
func (g *gather) build(b *gazetteer.Builder) error {
	for code, name := range sortedNames(g.named) {
		if err := b.Division(code[:2], code[3:], name); err != nil {
			return err
		}
	}
	var cell []placeRow
	at := uint32(math.MaxUint32)
	done, total := int64(0), int64(g.placed.Len())
	flush := func() error {
		kept, err := g.complete(cell, b)
		if err != nil {
			return err
		}
		for _, p := range kept {
			if err := b.Add(p.Entry); err != nil {
				return err
			}
			g.result.Places++
		}
		cell = cell[:0]
		return nil
	}
	for record, err := range g.placed.All() {
		if err != nil {
			return err
		}
		if done++; done%100_000 == 0 {
			g.job.Progress("indexing", done, total)
			if err := g.ctx.Err(); err != nil {
				return err
			}
		}
		if c := binary.BigEndian.Uint32(record); c != at {
			if err := flush(); err != nil {
				return err
			}
			at = c
		}
		row, err := readPlaceRow(record[4+bytes.IndexByte(record[4:], 0)+1:])
		if err != nil {
			return err
		}
		cell = append(cell, row)
	}
	return flush()
}

func sortedNames(named map[string]string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		keys := make([]string, 0, len(named))
		for k := range named {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if !yield(k, named[k]) {
				return
			}
		}
	}
}
