#!/usr/bin/env python3
"""Find the weights by which the place of an event is chosen (Python 3.11, standard library only).

Usage: .ci/fit_sites.py BINARY > geo/report/site.tsv

Reads the development reports of ../shared/eval with `dateline read --jsonl --weak --why`, marks for the first words that
tell each paired event which of the mentions weighed are its place (by gold's name, or its point within 10 km), and fits a
choice among them and none (softmax; AdaGrad; a penalty on the distance from PRIOR). Prints to stderr the share chosen
rightly on each corpus when fitted on the others, on half of each and on all.
"""
import hashlib
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"
sys.path.insert(0, str(EVAL))
CORPORA = ["reports.gva.jsonl", "reports.muc.jsonl", "sentences.jsonl"]
PENALTY, ROUNDS, TYPICAL = 2.0, 250, 1000  # TYPICAL: choices that each corpus counts for
STEP = {"gap": 0.01, "earlier": 0.01}  # of what is counted in tokens; 0.5 for the others
MOST_TELLINGS = 3  # of an event that are looked at
NEAR_KM, PINNED_M = 10, 30_000  # a place is gold's within NEAR_KM, unless its radius says that it is no pin

# What stands beside a place that is none of the event's: rare in the corpora, and known.
PRIOR = {"destined": -4, "home": -2.5, "elsewhere": -1.5, "by": -3, "says": -1.5, "origin": -2, "goal": -0.7,
         "object": 1, "of": 1, "versus": -1, "protest": -1}


def right(weighed, event, score_reports):
    """The mention is the place that gold gives the event."""
    names = [n for n in map(score_reports.fold, event.get("place_texts") or []) if len(n) > 2]
    if names:
        said = score_reports.fold(weighed["text"])
        return any(f" {n} " in f" {said} " or len(said) > 2 and f" {said} " in f" {n} " for n in names)
    if event.get("lat") is None or weighed.get("lat") is None:
        return False
    off = score_reports.km(event["lat"], event["lon"], weighed["lat"], weighed["lon"])
    return off <= NEAR_KM and weighed.get("radius_m", 0) < PINNED_M


def choices(binary, corpus):
    """(in the held half, features of each mention, which are right) of each choice that has a right one."""
    import score_reports
    gold = score_reports.load(EVAL / "corpora" / corpus)
    lines = (json.dumps({k: g[k] for k in ("doc_id", "text", "title", "published", "country") if g.get(k) is not None}) for g in gold.values())
    answer = subprocess.run([binary, "read", "--jsonl", "--weak", "--why"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    rows = []
    for line in answer.stdout.splitlines():
        read = json.loads(line)
        told = [(i, s) for i, s in zip(read["incidents"], read.get("sites") or []) if i.get("modality", "asserted") == "asserted"]
        events = gold[str(read["doc_id"])]["events"]
        held = hashlib.sha256(str(read["doc_id"]).encode()).digest()[0] % 2 == 1
        for k, j in score_reports.pair(events, [i for i, _ in told]).items():
            for weighed in told[j][1][:MOST_TELLINGS]:
                good = [right(w, events[k], score_reports) for w in weighed]
                if any(good):
                    rows.append((held, [w["features"] for w in weighed], good))
    return rows


def score(w, features):
    return sum(w[k] * x for k, x in features.items())


def gradient(sets, w):
    g = {k: -PENALTY * (x - PRIOR.get(k, 0.0)) for k, x in w.items()}
    for rows in sets:
        for _, mentions, good in rows:
            scores = [score(w, f) for f in mentions]
            top = max(scores + [0.0])
            p = [math.exp(s - top) for s in scores]
            none = math.exp(-top)
            total, hit = sum(p) + none, sum(x for x, y in zip(p, good) if y)
            for x, y, f in zip(p, good, mentions):
                c = TYPICAL / len(rows) * ((x / hit if y else 0) - x / total)
                for k, value in f.items():
                    g[k] += c * value
    return g


def fit(sets, names):
    """Weights of the choice; every set counts the same."""
    w = {k: float(PRIOR.get(k, 0.0)) for k in names}
    seen = dict.fromkeys(names, 1e-6)
    for _ in range(ROUNDS):
        for k, x in gradient(sets, w).items():
            seen[k] += x * x
            w[k] += STEP.get(k, 0.5) * x / math.sqrt(seen[k])
    return w


def share(rows, w):
    """Of 100 choices how many are right."""
    hits = 0
    for _, mentions, good in rows:
        scores = [score(w, f) for f in mentions]
        best = scores.index(max(scores))
        hits += good[best] and scores[best] > 0
    return 100 * hits / len(rows)


def main():
    if not EVAL.is_dir():
        sys.exit("../shared/eval is not here; there is nothing to fit on")
    table = ROOT / "geo" / "report" / "site.tsv"
    names = [line.split("\t")[0] for line in table.read_text().splitlines()[1:]]
    sets = {c: choices(sys.argv[1], c) for c in CORPORA}
    w = fit(list(sets.values()), names)
    halves = fit([[r for r in rows if not r[0]] for rows in sets.values()], names)
    for c, rows in sets.items():
        others = fit([s for name, s in sets.items() if name != c], names)
        held = [r for r in rows if r[0]]
        print(f"{c}: {len(rows)} choices; right fitted on the others {share(rows, others):.1f}, held half fitted on the open ones {share(held, halves):.1f}, "
              f"fitted on all {share(rows, w):.1f}", file=sys.stderr)
    print("feature\tweight")
    for name in names:
        print(f"{name}\t{w[name]:.2f}")


if __name__ == "__main__":
    main()
