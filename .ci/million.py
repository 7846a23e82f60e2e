#!/usr/bin/env python3
"""Measures Dateline with a million made incidents: million.py DATELINE BENCH GENERATOR WORKDIR [N]

Makes the incidents (gen_incidents.py, seed 42), loads them, starts the server
and puts requests to it with wrk: random ones of each kind, 8 at a time, and
tiles also one at a time. Beside it net/http serves the same bytes from memory.
Prints the tables of BENCHMARKS.md. What is in WORKDIR already is used again.
"""
import csv, http.client, math, os, random, re, subprocess, sys, time, urllib.parse

dateline, bench, generator, work = [os.path.abspath(p) for p in sys.argv[1:5]]
count = int(sys.argv[5]) if len(sys.argv) > 5 else 1_000_000
seconds = int(os.environ.get("SECONDS_EACH", "5"))
addr, plain = "127.0.0.1:8097", "127.0.0.1:8098"
os.makedirs(work, exist_ok=True)
os.chdir(work)
csv_file, db = f"{count}.csv", f"{count}.db"

def timed(*command):
    began = time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.time() - began

def get(path, host=addr):
    c = http.client.HTTPConnection(host, timeout=120)
    c.request("GET", path)
    r = c.getresponse()
    body = r.read()
    return r.status, dict((k.lower(), v) for k, v in r.getheaders()), body

def wait(path, host=addr, until=lambda status: status == 200):
    began = time.time()
    while time.time() - began < 600:
        try:
            if until(get(path, host)[0]):
                return time.time() - began
        except OSError:
            pass
        time.sleep(0.005)
    sys.exit(f"no answer of {host}{path}")

def anonymous(pid):
    return int(re.search(r"RssAnon:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) / 1024

def wrk(paths, connections=8, host=addr, threads=2):
    """Requests a second, median and 99th percentile in ms, MB a second."""
    with open("paths.lua", "w") as f:
        f.write("paths = {\n" + "".join(f"{p!r},\n" for p in paths) + "}\n")
        f.write("local k = 0\nfunction setup(t) t:set('id', k); k = k + 1 end\n")
        f.write("function init() math.randomseed(7 + id) end\n")
        f.write("function request() return wrk.format('GET', paths[math.random(#paths)]) end\n")
    out = subprocess.run(["wrk", f"-t{min(threads, connections)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency", "-s", "paths.lua",
                          f"http://{host}"], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or not re.search(r"(?m)^ +99% +[\d.]", out):
        sys.exit(f"{host}: {out}")
    ms = lambda text: float(re.match(r"[\d.]+", text)[0]) * {"us": 0.001, "ms": 1, "s": 1000}[re.search(r"[a-z]+", text)[0]]
    size = re.search(r"Transfer/sec:\s+([\d.]+)([KMG]?)B", out)
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), ms(re.search(r"(?m)^ +50% +(\S+) *$", out)[1]), ms(re.search(r"(?m)^ +99% +(\S+) *$", out)[1]),
            float(size[1]) * {"": 1e-6, "K": 1e-3, "M": 1, "G": 1e3}[size[2]])

if not os.path.exists(csv_file):
    print(f"made in {timed(sys.executable, generator, str(count), csv_file, os.devnull, '42'):.0f} s", flush=True)
if not os.path.exists(db):
    print(f"loaded in {timed(bench, 'load', csv_file, db):.1f} s, {os.path.getsize(db) / 1e6:.0f} MB", flush=True)

R = random.Random(7)
with open(csv_file) as f:
    spots = [(float(r["lon"]), float(r["lat"])) for k, r in enumerate(csv.DictReader(f)) if k < 20000]
towns = [(34.4667, 31.5017), (36.2304, 49.9935), (37.8028, 48.0159), (37.1343, 36.2021), (44.3661, 33.3152), (32.5599, 15.5007)]

def tile(lon, lat, z):
    n = 1 << z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return f"/collections/incidents/tiles/WebMercatorQuad/{z}/{int(y * n)}/{int((lon + 180) / 360 * n)}"

def box(lon, lat, width):
    return f"{lon - width / 2:.4f},{lat - width / 2:.4f},{lon + width / 2:.4f},{lat + width / 2:.4f}"

items = "/collections/incidents/items"
near = lambda town: (town[0] + R.uniform(-.2, .2), town[1] + R.uniform(-.2, .2))
types = ["shelling", "air-strike", "armed-clash", "explosive-device", "attack"]
months = [f"{y}-{m:02}-01/{y}-{m:02}-28" for y in range(2016, 2026) for m in range(1, 13)]
requests = [
    ("one feature by id", [f"{items}/made{R.randint(1, count)}" for _ in range(5000)]),
    ("type and month, first 100", [f"{items}?type={t}&datetime={m}&limit=100" for t in types for m in months]),
    ("box 2° wide, 100 features", [f"{items}?bbox={box(*near(t), 2)}&limit=100" for t in towns for _ in range(50)]),
    ("box 2° wide, 1,000 features", [f"{items}?bbox={box(*near(t), 2)}&limit=1000" for t in towns for _ in range(50)]),
    ("box 2° wide, 10,000 features", [f"{items}?bbox={box(*near(t), 2)}&limit=10000" for t in towns for _ in range(50)]),
    ("small boxes, all features", [f"{items}?bbox={box(lon + R.uniform(-.3, .3), lat + R.uniform(-.3, .3), .112)}&limit=1000" for t in towns for lon, lat in [t] for _ in range(200)]),
]
filters = "type=shelling&datetime=2018-01-01/2023-12-31&q=near"

def serve():
    began = time.time()
    process = subprocess.Popen([dateline, "serve", "--db", db, "--addr", addr], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait(tile(0, 0, 0) + "?limit=1")
    return process, time.time() - began

if not os.path.exists(db + ".index"):
    server, took = serve()
    print(f"index made in {took:.0f} s, {os.path.getsize(db + '.index') / 1e6:.0f} MB", flush=True)
    server.terminate()
    server.wait()
server, took = serve()
pages = subprocess.Popen(["true"])
try:
    print(f"\nready {took * 1000:.0f} ms after start; RssAnon {anonymous(server.pid):.0f} MB\n")
    print("| request | a second | median ms | p99 ms | bytes | net/http, same bytes | share |\n|---|---|---|---|---|---|---|")
    for name, paths in requests:
        sizes = []
        for k, p in enumerate(R.sample(paths, 20)):  # what net/http shall serve
            status, _, body = get(p)
            sizes.append(len(body))
            open(f"page{k}", "wb").write(body)
        rate, mid, worst, _ = wrk(paths)
        pages = subprocess.Popen([bench, "bytes", plain] + [f"page{k}" for k in range(20)])
        wait("/0", plain)
        most, _, _, _ = wrk([f"/{k}" for k in range(20)], host=plain)
        pages.kill()
        pages.wait()
        print(f"| {name} | {rate:,.0f} | {mid:.2f} | {worst:.2f} | {sum(sizes) // len(sizes):,} | {most:,.0f} | {100 * rate / most:.0f}% |", flush=True)
    print(f"\nRssAnon after it {anonymous(server.pid):.0f} MB\n")
    print("| tiles | a second, 8 at a time | median / p99 ms, one at a time | under the filter | kB |\n|---|---|---|---|---|")
    for low, high in [(0, 2), (3, 8), (9, 14)]:
        paths = [tile(*R.choice(spots), z) for z in range(low, high + 1) for _ in range(150)]
        kb = sum(len(get(p)[2]) for p in paths[::10]) / len(paths[::10]) / 1000
        rate, _, _, _ = wrk(paths)
        _, mid, worst, _ = wrk(paths, 1)
        _, fmid, fworst, _ = wrk([f"{p}?{filters}" for p in paths], 1)
        print(f"| zooms {low}–{high} | {rate:,.0f} | {mid:.2f} / {worst:.2f} | {fmid:.2f} / {fworst:.2f} | {kb:.0f} |", flush=True)
    worst = max(range(15), key=lambda z: len(get(tile(*towns[0], z))[2]))
    print(f"\nlargest tile of Gaza City, zooms 0–14: {len(get(tile(*towns[0], worst))[2]) / 1000:.0f} kB at zoom {worst}\n")
    print("| counts | median / p99 ms, one at a time |\n|---|---|")
    for name, p in [("unfiltered", "/counts"), ("type", "/counts?type=shelling"), ("type, days, words", f"/counts?{filters}"), ("box", f"/counts?bbox={box(*towns[0], 2)}")]:
        _, mid, high, _ = wrk([p], 1)
        print(f"| {name} | {mid:.2f} / {high:.2f} |", flush=True)
    path = tile(0.5, 0.5, 14)
    matched = lambda: int(re.search(r"matched=(\d+)", get(path)[1]["dateline-tile"])[1])
    seen = []
    for k in range(5):
        before = matched()
        subprocess.run([bench, "add", db, f"added{time.time_ns()}"], check=True)
        began = time.time()
        while matched() == before and time.time() - began < 5:
            time.sleep(0.002)
        seen.append((time.time() - began) * 1000)
    print(f"\nan incident added by another process is in its tile {max(seen):.0f} ms later (worst of 5)")
    print(f"RssAnon at the end {anonymous(server.pid):.0f} MB")
finally:
    pages.kill()
    server.terminate()
    server.wait()
