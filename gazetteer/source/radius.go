package source

import "dateline/gazetteer"

// Radii in metres of what has neither a population nor an outline, by feature
// code: large enough to hold most features of the kind, as a map at 1:1 million
// would show them (recalled, rough on purpose).
var radiusByCode = map[string]float64{
	"PCLI": 500_000, "ADM1": 100_000, "ADM2": 30_000, "ADM3": 12_000, "ADM4": 6_000, "ADM5": 4_000, "ADMD": 20_000,
	"OCN": 4_000_000, "SEA": 500_000, "GULF": 150_000, "STRT": 30_000, "STM": 20_000, "LKS": 10_000, "LK": 5_000, "RSV": 5_000,
	"CNL": 10_000, "BAY": 10_000, "WLL": 500, "SPNG": 500, "PND": 500, "FLLS": 500, "HBR": 2_000, "RPDS": 1_000,
	"CONT": 4_500_000, "RGN": 50_000, "AREA": 10_000, "PRK": 10_000, "LCTY": 2_000, "CMPRF": 2_000, "MILB": 5_000, "OILF": 10_000,
	"ST": 1_500, "RD": 20_000, "RR": 30_000, "TRL": 10_000, "RDJCT": 1_000, "TNL": 2_000, "BDG": 1_000,
	"AIRP": 3_000, "AIRB": 5_000, "AIRF": 2_000, "DAM": 1_000,
	"MTS": 50_000, "MT": 3_000, "ISLS": 50_000, "ISL": 10_000, "HLL": 1_500, "HLLS": 5_000, "VAL": 15_000, "DSRT": 200_000,
	"PLN": 100_000, "PEN": 50_000, "PLAT": 50_000, "CAPE": 2_000, "PT": 2_000, "PK": 2_000, "ATOL": 15_000, "FRST": 10_000,
}

// radiusByClass are those of codes that the table does not have.
var radiusByClass = map[byte]float64{'A': 20_000, 'H': 3_000, 'L': 5_000, 'P': unknownTownM, 'R': 5_000, 'S': 1_000, 'T': 3_000, 'U': 200_000, 'V': 5_000}

func defaultRadius(p gazetteer.Place) float64 {
	if r, ok := radiusByCode[p.Code]; ok {
		return r
	}
	if r, ok := radiusByClass[p.Class]; ok {
		return r
	}
	return unknownTownM
}

// widest bounds the radius of a division that is derived from its places, of
// which some are always misplaced.
var widest = map[string]float64{"ADM1": 1_500_000, "ADM2": 400_000, "ADM3": 150_000, "ADM4": 60_000, "ADM5": 30_000}
