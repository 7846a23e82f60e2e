#!/usr/bin/env python3
"""Find the weights of incidents' confidence (Python 3.11, standard library only).

Usage: .ci/fit_confidence.py BINARY > geo/report/confidence.tsv

Reads the development reports of ../shared/eval with `dateline read --jsonl --weak --why`, asks their scorer which drafts are
right, and fits a logistic regression of that on the features of each draft (Newton's method, a penalty on the squares).
Types that a corpus does not mark (arrests and protests in one of attacks) are left out of it. Prints to stderr the
calibration error on each corpus when it is fitted on the others, and when it is fitted on all.
"""
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"
sys.path.insert(0, str(EVAL))
CORPORA = ["reports.gva.jsonl", "reports.muc.jsonl", "sentences.jsonl"]
PENALTY = 3.0
TYPICAL = 2000  # drafts that each corpus counts for


def drafts(binary, corpus):
    """(features, right) of each asserted draft of a corpus."""
    import score_reports
    gold = score_reports.load(EVAL / "corpora" / corpus)
    marked = {t for g in gold.values() for e in g["events"] for t in e.get("types") or []}
    lines = (json.dumps({k: g[k] for k in ("doc_id", "text", "title", "published", "country") if g.get(k) is not None}) for g in gold.values())
    answer = subprocess.run([binary, "read", "--jsonl", "--weak", "--why"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    rows = []
    for line in answer.stdout.splitlines():
        read = json.loads(line)
        told = [(i, w) for i, w in zip(read["incidents"], read.get("why") or []) if i.get("modality", "asserted") == "asserted"]
        events = gold[str(read["doc_id"])]["events"]
        pairs = score_reports.pair(events, [i for i, _ in told])
        good = {j for k, j in pairs.items() if score_reports.agrees(events[k], told[j][0])}
        rows += [(w, j in good) for j, (i, w) in enumerate(told) if not marked or i["type"] in marked]
    return rows


def solve(a, b):
    """Gaussian elimination with pivots."""
    n = len(b)
    a = [row[:] + [x] for row, x in zip(a, b)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda r: abs(a[r][k]))
        a[k], a[pivot] = a[pivot], a[k]
        for r in range(k + 1, n):
            f = a[r][k] / a[k][k]
            if f:
                a[r] = [x - f * y for x, y in zip(a[r], a[k])]
    x = [0.0] * n
    for k in reversed(range(n)):
        x[k] = (a[k][n] - sum(a[k][j] * x[j] for j in range(k + 1, n))) / a[k][k]
    return x


def fit(sets, names):
    """Weights of a logistic regression; every set counts the same."""
    w = [0.0] * len(names)
    rows = [([(names.index(k), x) for k, x in f.items()], y, TYPICAL / len(s)) for s in sets for f, y in s]
    for _ in range(12):
        g = [-PENALTY * x for x in w]
        h = [[PENALTY if i == j else 0.0 for j in range(len(w))] for i in range(len(w))]
        for f, y, weight in rows:
            p = 1 / (1 + math.exp(-sum(w[k] * x for k, x in f)))
            for k, x in f:
                g[k] += weight * (y - p) * x
                for j, z in f:
                    h[k][j] += weight * p * (1 - p) * x * z
        w = [x + d for x, d in zip(w, solve(h, g))]
    return w


def error(rows, w, names):
    """Expected calibration error over ten bins of equal count."""
    sure = sorted((1 / (1 + math.exp(-sum(w[names.index(k)] * x for k, x in f.items()))), y) for f, y in rows)
    bins = [sure[len(sure) * i // 10:len(sure) * (i + 1) // 10] for i in range(10)]
    return sum(abs(sum(p for p, _ in b) - sum(y for _, y in b)) for b in bins) / len(sure)


def main():
    if not EVAL.is_dir():
        sys.exit("../shared/eval is not here; there is nothing to fit on")
    table = ROOT / "geo" / "report" / "confidence.tsv"
    names = [line.split("\t")[0] for line in table.read_text().splitlines()[1:]]
    sets = {c: drafts(sys.argv[1], c) for c in CORPORA}
    for c, rows in sets.items():
        others = fit([s for name, s in sets.items() if name != c], names)
        print(f"{c}: {len(rows)} drafts, {sum(y for _, y in rows)} right; calibration error fitted on the others {error(rows, others, names):.3f}", file=sys.stderr)
    w = fit(list(sets.values()), names)
    for c, rows in sets.items():
        print(f"{c}: fitted on all {error(rows, w, names):.3f}", file=sys.stderr)
    print("feature\tweight")
    for name, x in zip(names, w):
        print(f"{name}\t{x:.2f}")


if __name__ == "__main__":
    main()
