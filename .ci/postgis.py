#!/usr/bin/env python3
"""PostgreSQL with PostGIS at the same requests as million.py: postgis.py FILE.csv

Loads the made incidents into a database of its own in a temporary cluster (the
server's programs come with Debian's postgresql and postgresql-15-postgis-3) and
lets pgbench ask for pages of features as one JSON text, 8 clients at a time.
"""
import glob, os, re, shutil, subprocess, sys, tempfile

csv = os.path.abspath(sys.argv[1])
seconds = os.environ.get("SECONDS_EACH", "5")
binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
home = tempfile.mkdtemp(prefix="postgis")
shutil.chown(home, "postgres")

def run(command, **rest):
    return subprocess.run(["su", "postgres", "-c", command], check=True, capture_output=True, text=True, cwd="/", **rest).stdout

def sql(text):
    return run(f"psql -qAt -v ON_ERROR_STOP=1 -h {home} -p 5499 -d postgres", input=text)

run(f"{binaries}/initdb -D {home}/data -E UTF8")
with open(f"{home}/data/postgresql.auto.conf", "a") as f:
    f.write(f"shared_buffers=4GB\nwork_mem=64MB\nmax_wal_size=8GB\nlisten_addresses=''\nunix_socket_directories='{home}'\nport=5499\nmax_parallel_workers_per_gather=0\n")
run(f"{binaries}/pg_ctl -D {home}/data -w -l {home}/log start")
try:
    sql("""CREATE EXTENSION postgis;
        CREATE TABLE incident (id int PRIMARY KEY, title text, type text, date date, fatalities int, injured int, actor1 text, actor2 text,
            place text, precision text, uncertainty_m int, source_url text, lon float8, lat float8);""")
    with open(csv) as f:
        subprocess.run(["su", "postgres", "-c", f"psql -q -h {home} -p 5499 -d postgres -c 'COPY incident FROM STDIN CSV HEADER'"], check=True, stdin=f, cwd="/")
    sql("""ALTER TABLE incident ADD geom geometry(Point, 4326);
        UPDATE incident SET geom = ST_SetSRID(ST_MakePoint(lon, lat), 4326);
        CREATE INDEX ON incident USING gist (geom); CREATE INDEX ON incident (type, date DESC, id); CREATE INDEX ON incident (date DESC, id);
        """)
    sql("VACUUM FULL ANALYZE incident;")
    count = int(sql("SELECT count(*) FROM incident"))
    feature = "SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(ST_AsGeoJSON(t.*, maxdecimaldigits => 7)::json)) FROM (SELECT geom, id, title, type, date, fatalities, injured, actor1, actor2, place, precision, uncertainty_m, source_url FROM incident WHERE {} ORDER BY date DESC, id LIMIT {}) t;"
    towns = "CASE (:town)::int " + " ".join(f"WHEN {k} THEN {{}}" for k in range(6)) + " END"
    spots = [(34.4667, 31.5017), (36.2304, 49.9935), (37.8028, 48.0159), (37.1343, 36.2021), (44.3661, 33.3152), (32.5599, 15.5007)]
    lon, lat = [towns.format(*[s[k] for s in spots]) for k in (0, 1)]
    def box(width, off):
        half = width / 2
        return (f"\\set town random(0, 5)\n\\set dx random(-{int(off * 1e4)}, {int(off * 1e4)}) / 10000.0\n\\set dy random(-{int(off * 1e4)}, {int(off * 1e4)}) / 10000.0\n",
            f"geom && ST_MakeEnvelope({lon} + (:dx)::float8 - {half}, {lat} + (:dy)::float8 - {half}, {lon} + (:dx)::float8 + {half}, {lat} + (:dy)::float8 + {half}, 4326)")
    day = "\\set year random(2016, 2025)\n\\set month random(1, 12)\n\\set kind random(0, 4)\n"
    kinds = "CASE (:kind)::int WHEN 0 THEN 'Shelling/artillery' WHEN 1 THEN 'Air/drone strike' WHEN 2 THEN 'Armed clash' WHEN 3 THEN 'Remote explosive/IED' ELSE 'Attack on civilians' END"
    scripts = [("one feature by id", f"\\set id random(1, {count})\n", "id = :id", 1),
               ("type and month, first 100", day, f"type = {kinds} AND date BETWEEN make_date((:year)::int, (:month)::int, 1) AND make_date((:year)::int, (:month)::int, 28)", 100)]
    for name, width, off, limit in [("box 2° wide, 100 features", 2, .2, 100), ("box 2° wide, 1,000 features", 2, .2, 1000),
                                    ("box 2° wide, 10,000 features", 2, .2, 10000), ("small boxes, all features", .112, .3, 1000)]:
        head, where = box(width, off)
        scripts.append((name, head, where, limit))
    print("| request | PostgreSQL a second |\n|---|---|")
    for name, head, where, limit in scripts:
        with open(f"{home}/script.sql", "w") as f:
            f.write(head + feature.format(where, limit) + "\n")
        os.chmod(f"{home}/script.sql", 0o644)
        out = run(f"pgbench -n -M prepared -h {home} -p 5499 -c 8 -j 1 -T {seconds} -f {home}/script.sql postgres")
        print(f"| {name} | {float(re.search(r'tps = ([0-9.]+)', out)[1]):,.1f} |", flush=True)
finally:
    subprocess.run(["su", "postgres", "-c", f"{binaries}/pg_ctl -D {home}/data -m immediate stop"], capture_output=True, cwd="/")
    shutil.rmtree(home)
