#!/usr/bin/env python3
"""Memory of reading many reports: readmemory.py DATELINE [REPORTS]

Feeds made reports, no two the same, to one `dateline read --jsonl` and prints
what that has resident every tenth of them. Exits 1 where the second half of the
way takes over 10% and 10 MB more than the first.
"""
import json, random, re, subprocess, sys, threading, time

dateline = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
R = random.Random(42)

towns = ["Baghdad", "Mosul", "Kirkuk", "Basra", "Falluja", "Kabul", "Herat", "Kandahar", "Khartoum", "Omdurman", "Donetsk", "Kharkiv", "Kherson", "Mariupol",
         "Aleppo", "Homs", "Idlib", "Gaza City", "Rafah", "Sanaa", "Aden", "Mogadishu", "Kismayo", "Goma", "Bukavu", "Maiduguri", "Bamako", "Gao"]
whats = ["A roadside bomb exploded near a {spot} in {town} on {day}, killing {n} people and wounding {m}, police said.",
         "Shells hit a {spot} in the suburbs of {town} on {day}; {n} civilians died and {m} were taken to hospital.",
         "An air strike on a {spot} {km} km north of {town} killed at least {n} people late on {day}, a hospital doctor said.",
         "Gunmen opened fire on a {spot} in {town} on {day} and abducted {n} workers, the {name} company said.",
         "Hundreds marched through {town} on {day} after the {spot} of {name} was closed; {m} were arrested.",
         "Floods in {town} destroyed {m} houses and a {spot} on {day}, and left {n} dead, the governor, {name}, said."]
more = ["Nobody has claimed responsibility.", "Residents of {name} said that they had heard {n} blasts.", "The army denied it.",
        "It was the {n}th such attack this year near the village of {name}.", "{name}, a spokesman of the interior ministry, said that {m} families had fled to {town}.",
        "The {spot} had been rebuilt in {year}, when {m} people were killed there.", "\"We have nowhere to go,\" {name}, a shopkeeper, said."]
spots = ["market", "bakery", "school", "checkpoint", "bridge", "clinic", "bus station", "warehouse", "mosque", "hotel"]
days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
syllables = ["ka", "ri", "mo", "sel", "ban", "du", "ti", "or", "lan", "ve", "zha", "qu", "el", "na", "hor", "bi"]

def name():
    word = lambda: "".join(R.choices(syllables, k=R.randint(2, 4))).capitalize()
    return f"{word()} {word()}"

def sentence(form):
    return form.format(spot=R.choice(spots), town=R.choice(towns), day=R.choice(days), n=R.randint(2, 40), m=R.randint(2, 90), km=R.randint(2, 60), name=name(), year=R.randint(1990, 2020))

def report(k):
    sentences = [sentence(R.choice(whats))] + [sentence(R.choice(more + whats)) for _ in range(R.randint(3, 9))]
    return {"doc_id": k, "text": f"{R.choice(towns).upper()} - " + " ".join(sentences), "published": f"20{R.randint(10, 24)}-{R.randint(1, 12):02}-{R.randint(1, 28):02}"}

process = subprocess.Popen([dateline, "read", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

def feed():
    with process.stdin as to:
        for k in range(count):
            to.write(json.dumps(report(k)).encode() + b"\n")

threading.Thread(target=feed, daemon=True).start()
status = lambda what: int(re.search(what + r":\s+(\d+)", open(f"/proc/{process.pid}/status").read())[1]) / 1024
began, incidents, seen = time.time(), 0, []
for n, line in enumerate(process.stdout, 1):
    incidents += len(json.loads(line)["incidents"])
    if n % (count // 10) == 0:
        try:
            seen.append((status("VmRSS"), status("RssAnon")))
        except (OSError, TypeError):  # it has ended
            seen.append(seen[-1])
        print(f"{n:,} reports, {incidents:,} incidents, {n / (time.time() - began):,.0f} a second: resident {seen[-1][0]:.0f} MB, anonymous {seen[-1][1]:.0f} MB", flush=True)
if process.wait() != 0 or n != count:
    sys.exit(f"dateline read ended with {process.returncode} after {n} reports")
first, last = max(s[0] for s in seen[:5]), max(s[0] for s in seen[5:])
sys.exit(f"resident memory grew from {first:.0f} to {last:.0f} MB" if last > 1.1 * first and last > first + 10 else 0)
