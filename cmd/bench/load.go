package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/sqlite"
)

// types of gen_incidents.py and ours.
var types = map[string]string{
	"Shelling/artillery": "shelling", "Air/drone strike": "air-strike", "Armed clash": "armed-clash", "Remote explosive/IED": "explosive-device",
	"Attack on civilians": "attack", "Abduction": "abduction", "Protest": "peaceful-protest", "Riot": "violent-demonstration",
	"Looting/property destruction": "looting-destruction", "Sexual violence": "sexual-violence", "Other": "strategic-other",
}

var precisions = map[string]gazetteer.Precision{
	"exact": gazetteer.Exact, "settlement": gazetteer.Settlement, "district": gazetteer.District, "province": gazetteer.Region,
}

// batch is how many rows a transaction has.
const batch = 10_000

// load the rows of a CSV file that gen_incidents.py made as published incidents.
func load(ctx context.Context, file, db string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	store, err := sqlite.Open(ctx, db, time.Now)
	if err != nil {
		return err
	}
	defer store.Close()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	if _, err := in.Read(); err != nil {
		return err
	}
	began, n := time.Now(), 0
	edits := make([]geo.Edit, 0, batch)
	for {
		row, err := in.Read()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return err
		}
		if !end {
			i, err := incidentOf(row)
			if err != nil {
				return err
			}
			edits = append(edits, geo.Edit{Incident: i, By: "bench", Why: "load"})
		}
		if len(edits) == batch || end && len(edits) > 0 {
			if err := store.SaveAll(ctx, edits); err != nil {
				return err
			}
			n += len(edits)
			edits = edits[:0]
		}
		if end {
			fmt.Printf("%d incidents in %s\n", n, time.Since(began).Round(time.Millisecond))
			return nil
		}
	}
}

// add one incident, as another process beside the server does.
func add(ctx context.Context, db, id string) error {
	store, err := sqlite.Open(ctx, db, time.Now)
	if err != nil {
		return err
	}
	defer store.Close()
	i, err := incidentOf([]string{id, "Added", "Other", "2025-01-01", "0", "0", "Police", "", "a spot at sea", "exact", "100", "", "0.5", "0.5"})
	if err == nil {
		_, err = store.Save(ctx, geo.Edit{Incident: i, By: "bench", Why: "add"})
	}
	return err
}

// incidentOf a row: id, title, type, date, fatalities, injured, actor1, actor2,
// place, precision, uncertainty_m, source_url, lon, lat.
func incidentOf(row []string) (geo.Incident, error) {
	var numbers [5]float64
	for k, column := range []int{4, 5, 10, 12, 13} {
		x, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			return geo.Incident{}, err
		}
		numbers[k] = x
	}
	killed, injured, lon, lat := int64(numbers[0]), int64(numbers[1]), numbers[3], numbers[4]
	i := geo.Incident{
		ID: "made" + row[0], Title: string([]byte(row[1])), Type: types[row[2]], Status: geo.Published, Modality: geo.Asserted,
		When: geo.When{Start: geo.Day(row[3]), End: geo.Day(row[3]), Precision: geo.ByDay},
		Places: []geo.Site{{
			Role: geo.RoleSite, Place: row[8], Lon: &lon, Lat: &lat, RadiusM: numbers[2], Precision: precisions[row[9]],
		}},
		Actors: []geo.Actor{{Name: row[6], Role: "perpetrator"}},
		Origin: "gen_incidents.py", OriginID: row[0], OriginType: row[2], OriginPrecision: row[9],
	}
	i.Tolls.Killed.Best, i.Tolls.Injured.Best = &killed, &injured
	if row[7] != "" {
		i.Actors = append(i.Actors, geo.Actor{Name: row[7], Role: "target"})
	}
	return i, nil
}
