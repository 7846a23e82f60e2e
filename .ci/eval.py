#!/usr/bin/env python3
"""Score Dateline on the development corpora of ../shared/eval (Python 3.11, standard library only).

Usage: .ci/eval.py BINARY [--only RUN] [--half open|held]

--half takes half of a corpus, by the hash of the documents' ids: whoever looks at errors looks at the open half, and
sees by the other whether what was mended holds. Floors are those of whole corpora and do not speak then.

Every gold field is stripped before the program sees a line: it gets doc_id, text, title, published and country, and in
the runs with gold spans the start and end of each toponym. Prints a table, and fails where a figure fell more than a
point under its floor in .ci/floors.tsv. Where ../shared/eval is missing it says so and stops, without failure.
"""
import argparse
import collections
import csv
import hashlib
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EVAL = SHARED / "eval"

# run: corpus, arguments of dateline, gives gold spans, scorer, arguments of the scorer
RUNS = {
    "lgl": ("places.lgl.jsonl", ["places"], False, "score_places.py", ["--id-ok", "--confidence"]),
    "lgl-spans": ("places.lgl.jsonl", ["places"], True, "score_places.py", ["--id-ok", "--resolution-only"]),
    "lgl-home": ("places.lgl.jsonl", ["places"], False, "score_places.py", ["--id-ok"]),
    "geowebnews": ("places.geowebnews.jsonl", ["places"], False, "score_places.py", ["--id-ok", "--confidence"]),
    "geowebnews-spans": ("places.geowebnews.jsonl", ["places"], True, "score_places.py", ["--id-ok", "--resolution-only"]),
    "re3d": ("places.re3d.jsonl", ["places"], False, "score_places.py", ["--exclude-kind", "demonym"]),
    "gva": ("reports.gva.jsonl", ["read"], False, "score_reports.py", []),
    "muc": ("reports.muc.jsonl", ["read"], False, "score_reports.py", []),
    "sentences": ("sentences.jsonl", ["read"], False, "score_reports.py", []),
}

# figure: path into the scorer's JSON. Those of calibration are better when lower.
PLACES = {
    "acc161": "end_to_end.acc",  "f1_161": "end_to_end.f1", "recognition_f1": "recognition_overlap.f1",
    "ece": "ece", "gold_at_95": "gold_at_95",
}
SPANS = {"acc161": "resolution_penalised.acc", "acc25": "resolution_penalised.at.25.0"}
REPORTS = {
    "report_recall": "report_recall", "silence": "silence", "events_f1": "f1", "events_precision": "precision",
    "at10": "at.10", "at50": "at.50", "useful": "useful", "inside_radius": "inside_radius", "named": "named_right",
    "paired_named": "paired_named_right", "day_exact": "day_exact", "paired_day_exact": "paired_day_exact",
    "killed_above_0": "killed.above_right", "injured_above_0": "injured.above_right", "type": "type_right",
    "paired_type": "paired_type_right", "ece": "ece",
}
LOWER = {"ece", "km_median", "radius_km_median"}  # these are better when lower

# Events of UCDP with their country's code: the names are looked up, the coordinates are the gold.
UCDP = {"ucdp-iraq": "ucdp-ged-iraq.csv", "ucdp-ukraine": "ucdp-ged-ukraine.csv"}
SLACK_KM = {"1": 0, "2": 25, "3": 75, "4": 150}  # by where_prec: how far UCDP's own point may be off


def homes(binary, corpus):
    """The outlet's home by its domain: the longest place name that the domain begins with (gainesvilleregister.com)."""
    with open(EVAL / "corpora" / corpus, encoding="utf-8") as f:
        domains = {json.loads(line).get("domain") or "" for line in f}
    asked = {}
    for domain in sorted(domains):
        label = max(domain.removeprefix("www.").split("."), key=len)
        label = label.removeprefix("the").removeprefix("thisis").removeprefix("daily").removeprefix("news")
        for end in range(len(label), 4, -1):
            for cut in [0, *range(3, end - 2)]:
                asked[label[:cut] + " " + label[cut:end] if cut else label[:end]] = (domain, end, cut == 0)
    lines = "".join(json.dumps({"q": q}) + "\n" for q in asked)
    answer = subprocess.run([binary, "gazetteer", "lookup", "--jsonl", "--limit", "1"], input=lines, capture_output=True, text=True, check=True)
    best = {}
    for (q, (domain, end, whole)), line in zip(asked.items(), answer.stdout.splitlines(), strict=True):
        found = json.loads(line)["answers"]
        if found and found[0]["precision"] == "settlement" and found[0]["name"].lower() == q and "not_found" not in found[0]:
            best[domain] = max(best.get(domain, (0, False, "")), (end, whole, found[0]["name"]))
    return {domain: home for domain, (_, _, home) in best.items()}


def documents(corpus, half=None):
    """The documents of a corpus with their gold, all or those of one half."""
    with open(EVAL / "corpora" / corpus, encoding="utf-8") as f:
        for doc in map(json.loads, f):
            held = hashlib.sha256(str(doc["doc_id"]).encode()).digest()[0] % 2 == 1
            if half is None or held == (half == "held"):
                yield doc


def stripped(docs, spans, home=None):
    """The lines of documents without gold."""
    for doc in docs:
        out = {k: doc[k] for k in ("doc_id", "text", "title", "published", "country") if doc.get(k) is not None}
        if home and doc.get("domain") in home:
            out["home"] = home[doc["domain"]]
        if spans:
            out["toponyms"] = [{"start": t["start"], "end": t["end"]} for t in doc["toponyms"]]
        yield json.dumps(out, ensure_ascii=False)


def run(binary, name, half=None):
    """Answer a corpus, or half of it, and score it: (the scorer's figures, documents a second)."""
    corpus, command, spans, scorer, options = RUNS[name]
    docs = list(documents(corpus, half))
    lines = list(stripped(docs, spans, homes(binary, corpus) if name.endswith("-home") else None))
    command = [binary, *command, "--jsonl"] + (["--spans"] if spans else [])
    began = time.monotonic()
    answer = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    if answer.returncode not in (0, 1):
        sys.exit(f"{name}: {' '.join(command)}: {answer.stderr[-2000:]}")
    if answer.stderr:
        print(f"{name}: {answer.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out, tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
        out.write(answer.stdout)
        out.flush()
        gold.writelines(json.dumps(doc) + "\n" for doc in docs)
        gold.flush()
        scored = subprocess.run([sys.executable, EVAL / scorer, gold.name, out.name, "--json", *options],
                                capture_output=True, text=True, check=True)
    return json.loads(scored.stdout), len(lines) / took


def figures(name, scored):
    if not RUNS[name][2] and scored.get("resolution", {}).get("n"):  # the scorer gives the share of what was placed
        resolved = scored["resolution"]
        yield "acc25", 100 * resolved["at"]["25.0"] * resolved["n"] / scored["gold_with_coordinates"]
    wanted = REPORTS if RUNS[name][3] == "score_reports.py" else SPANS if RUNS[name][2] else PLACES
    for figure, path in wanted.items():
        value = scored
        for key in ([path] if path in scored else path.split(".")):
            value = value.get(key) if isinstance(value, dict) else None
        if "at.25.0" in path:
            value = scored["resolution_penalised"]["at"]["25.0"]
        if value is not None and (value != 0 or "end_to_end" not in path):
            yield figure, value if figure in LOWER else 100 * value


def ucdp(binary, corpus):
    """Distinct places of UCDP events: answered, inside the stated radius and the slack, radii and errors."""
    with open(SHARED / "data" / corpus, encoding="utf-8") as f:
        rows = [r for r in list(csv.DictReader(f))[1:] if r["where_prec"] in SLACK_KM]  # the first row holds HXL tags
    points = collections.defaultdict(collections.Counter)
    for r in rows:
        names = tuple(dict.fromkeys(" ".join(r[c].split()) for c in ("where_coordinates", "adm_2", "adm_1", "country") if r[c].strip()))
        points[names, r["where_prec"]][float(r["latitude"]), float(r["longitude"])] += 1
    asked = sorted(points)
    answer = subprocess.run([binary, "gazetteer", "lookup", "--jsonl", "--limit", "1"], capture_output=True, text=True, check=True,
                            input="".join(json.dumps({"q": ", ".join(names)}) + "\n" for names, _ in asked))
    answered, inside, radii, exact = 0, 0, [], []
    for key, line in zip(asked, answer.stdout.splitlines(), strict=True):
        found = json.loads(line)["answers"]
        if not found:
            continue
        answered, best, (lat, lon) = answered + 1, found[0], points[key].most_common(1)[0][0]
        off = km(lat, lon, best["lat"], best["lon"])
        inside += off <= best["radius_m"] / 1000 + SLACK_KM[key[1]]
        if best["precision"] == "settlement":
            radii.append(best["radius_m"] / 1000)
        if key[1] == "1":
            exact.append(off)
    return {"answered": 100 * answered / len(asked), "inside_radius": 100 * inside / max(1, answered),
            "radius_km_median": statistics.median(radii), "km_median": statistics.median(exact)}


def km(lat1, lon1, lat2, lon2):
    """Great-circle distance (haversine)."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1, math.sqrt(h)))


def gold_report(binary, report, gold, *flags):
    """(checks that hold, checks) of a report whose gold says what must come out of it."""
    answer = subprocess.run([binary, "read", *flags, report], capture_output=True, text=True, check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".geojson", encoding="utf-8") as out:
        out.write(answer.stdout)
        out.flush()
        scored = subprocess.run([sys.executable, EVAL / "score_gold.py", gold, out.name], capture_output=True, text=True, check=False)
    right, _, of = scored.stdout.strip().splitlines()[-1].split()
    return int(right), int(of)


def baghdad(binary):
    """The real report of ../shared."""
    report = SHARED / "reports" / "baghdad-2024-01-04.txt"
    return gold_report(binary, report, report.with_suffix(".gold.json"), "--published", "2024-01-04", "--publisher", "Associated Press")


def language(binary, code):
    """Our own reports in a language, written before what they hold was mended: those of a further language by someone who
    had not seen its tables."""
    right = of = 0
    for gold in sorted((ROOT / "geo" / "report" / "testdata" / code).glob("*.gold.json")):
        with open(gold, encoding="utf-8") as f:
            day = json.load(f)["published"]
        a, b = gold_report(binary, gold.with_name(gold.name.replace(".gold.json", ".txt")), gold, "--published", day)
        right, of = right + a, of + b
    return right, of


def floors():
    with open(ROOT / ".ci" / "floors.tsv", encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]
    return {(run_name, figure): float(floor) for run_name, figure, floor in rows[1:]}


def main():
    if not EVAL.is_dir():
        print("make eval: ../shared/eval is not here; there is nothing to score against")
        return 0
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("binary", type=lambda path: str(pathlib.Path(path).resolve()))
    ask.add_argument("--only", metavar="RUN")
    ask.add_argument("--half", choices=["open", "held"])
    told = ask.parse_args()
    binary, only, half = told.binary, told.only, told.half
    floor, failed = {} if half else floors(), []
    print(f"{'run':18} {'figure':18} {'value':>8} {'floor':>8}")

    def row(name, figure, value):
        want = floor.get((name, figure))
        print(f"{name:18} {figure:18} {value:8.3f} {'' if want is None else f'{want:8.3f}'}" if figure in LOWER else
              f"{name:18} {figure:18} {value:8.1f} {'' if want is None else f'{want:8.1f}'}")
        fell = want is not None and (value > want + (0.01 if figure == "ece" else 0.5) if figure in LOWER else value < want - 1)
        if fell:
            failed.append(f"{name} {figure}: {value:.3f}, floor {want}")

    for name in RUNS:
        if only and name != only:
            continue
        scored, rate = run(binary, name, half)
        for figure, value in figures(name, scored):
            row(name, figure, value)
        print(f"{name:18} {'documents/s':18} {rate:8.0f}")
    for name, corpus in UCDP.items():
        if not half and (not only or name == only):
            for figure, value in ucdp(binary, corpus).items():
                row(name, figure, value)
    for name, score in (("baghdad", baghdad), ("en", lambda b: language(b, "en")),
                        ("en-second", lambda b: language(b, "en.second")), ("uk", lambda b: language(b, "uk")), ("ar", lambda b: language(b, "ar"))):
        if not half and (not only or only == name):
            right, of = score(binary)
            row(name, "share_of_checks", 100 * right / of)
    for line in failed:
        print("under its floor:", line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
