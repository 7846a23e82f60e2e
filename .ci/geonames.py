#!/usr/bin/env python3
"""Write a made-up GeoNames dump of N rows for measuring the build of a gazetteer.

Usage: .ci/geonames.py N OUT.txt [seed]

The rows have GeoNames' 19 columns. Their statistics are those of the real country dumps (AD, NL; counted): names of
one to four words of 7 letters, 38% of them shared with other rows, 1.6 alternate names a row, the classes P 33%, H 19%,
S 24%, T 12%, L 8%, R 1%, A 2%, V 1%; codes of divisions of two levels; populations on every sixth settlement.
"""
import random
import sys

CLASSES = [("P", "PPL", 33), ("S", "HTL", 24), ("H", "STM", 19), ("T", "HLL", 12), ("L", "LCTY", 8), ("A", "ADM2", 2), ("R", "RD", 1), ("V", "FRST", 1)]
COUNTRIES = ["US", "CN", "IN", "RU", "MX", "ID", "FR", "DE", "IR", "NO", "BR", "AU", "CA", "PK", "UA", "NG", "TR", "IQ", "CO", "CD"]
SYLLABLES = [c + v for c in "b d f g h j k l m n p r s t v z sh kh ch gr st br".split() for v in "a e i o u ai ou".split()]


def main():
    rows, out = int(sys.argv[1]), sys.argv[2]
    r = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    word = ["".join(r.choices(SYLLABLES, k=r.choice((2, 3, 3, 4)))).capitalize() for _ in range(400_000)]
    common = [" ".join(r.choices(word, k=r.choice((1, 1, 2)))) for _ in range(40_000)]
    kinds = [c[:2] for c in CLASSES for _ in range(c[2])]
    centres = {c: [(r.uniform(-60, 70), r.uniform(-170, 170)) for _ in range(12)] for c in COUNTRIES}
    with open(out, "w", encoding="utf-8") as f:
        for n in range(rows):
            cls, code = kinds[int(r.random() * len(kinds))]
            country = COUNTRIES[int(r.random() ** 2 * len(COUNTRIES))]
            lat, lon = centres[country][int(r.random() * 12)]
            lat, lon = lat + r.gauss(0, 2), lon + r.gauss(0, 3)
            name = common[int(r.random() * len(common))] if r.random() < 0.38 else " ".join(word[int(r.random() * len(word))] for _ in range(1 + int(r.random() * 2.4)))
            alternates = ",".join(word[int(r.random() * len(word))] + " " + name for _ in range(int(r.expovariate(1 / 1.6))))
            population = int(10 ** r.uniform(1, 5)) if cls == "P" and r.random() < 0.17 else 0
            f.write(f"{n + 1}\t{name}\t{name}\t{alternates}\t{lat:.5f}\t{(lon + 180) % 360 - 180:.5f}\t{cls}\t{code}\t{country}\t\t"
                    f"{int(r.random() * 30):02d}\t{int(r.random() * 300)}\t\t\t{population}\t\t\tEtc/UTC\t2024-01-01\n")


if __name__ == "__main__":
    main()
