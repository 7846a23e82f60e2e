#!/usr/bin/env python3
"""Measures what goes in and out beside GDAL: exports.py DATELINE CSV DB WORKDIR

dateline import of a CSV of gen_incidents.py against ogr2ogr from it into a
GeoPackage; dateline export of a database to each format against ogr2ogr from
the GeoPackage that is exported first, which has the same columns; GeoParquet
against DuckDB where Python has it (pip install duckdb). Seconds, the most
anonymous memory and the sizes of the files, as a table of BENCHMARKS.md.
"""
import os, re, subprocess, sys, threading, time

dateline, table, db, work = [os.path.abspath(p) for p in sys.argv[1:5]]
os.makedirs(work, exist_ok=True)
os.chdir(work)

# What is exported, and GDAL's driver for it with what makes it do the same.
FORMATS = [
    ("GeoPackage", "e.gpkg", "GPKG"), ("FlatGeobuf", "e.fgb", "FlatGeobuf"), ("GeoJSON", "e.geojson", "GeoJSON"),
    ("CSV", "e.csv", "CSV", "-lco", "GEOMETRY=AS_WKT"), ("GeoParquet", "e.parquet", None), ("Shapefile (ZIP)", "e.zip", "ESRI Shapefile"),
    ("KML", "e.kml", "KML"), ("KMZ", "e.kmz", None), ("GeoJSON text sequence", "e.geojsons", "GeoJSONSeq"), ("GPX", "e.gpx", None),
    ("GeoRSS", "e.atom", None), ("HXL", "e.hxl.csv", None),
]


def remove(name):
    for tail in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(name + tail):
            os.remove(name + tail)


def watched(*command):
    """Seconds that a command takes, and the most anonymous memory in MB."""
    began, most = time.time(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = []
    drain = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    drain.start()
    while process.poll() is None:
        try:
            found = re.search(r"RssAnon:\s+(\d+)", open(f"/proc/{process.pid}/status").read())
        except OSError:
            break
        most = max(most, int(found[1]) / 1024 if found else 0)
        time.sleep(0.02)
    process.wait()
    took = time.time() - began
    drain.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {errors[0].decode()[-500:]}")
    return took, most


def gdal(driver, name, source, *options):
    remove(name)
    return watched("ogr2ogr", "-f", driver, name, source, *options)


def duckdb():
    """GeoParquet by DuckDB from the exported CSV; None where it is not there."""
    code = "import duckdb; duckdb.sql(\"COPY (SELECT * FROM read_csv('e.csv', types={'origin_id': 'VARCHAR'})) TO 'peer.parquet' (FORMAT parquet, COMPRESSION zstd)\")"
    if subprocess.run([sys.executable, "-c", "import duckdb"], capture_output=True).returncode:
        print("note: DuckDB is not there (pip install duckdb)", file=sys.stderr)
        return None
    return watched(sys.executable, "-c", code)


def row(name, ours, theirs, size):
    peer = f"{theirs[0]:.1f} | {ours[0] / theirs[0]:.2f}" if theirs else " | "
    print(f"| {name} | {ours[0]:.1f} | {peer} | {ours[1]:.0f} | {size / 1e6:.0f} |", flush=True)


print("| what | s | the peer's s | times it | anonymous memory at most, MB | MB |\n|---|---|---|---|---|---|")
remove("import.db")
took = watched(dateline, "import", "--db", "import.db", "--status", "published", table)
peer = gdal("GPKG", "peer.gpkg", table, "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "AUTODETECT_TYPE=YES")
row("import of the CSV; ogr2ogr into a GeoPackage", took, peer, os.path.getsize("import.db"))
again = watched(dateline, "import", "--db", "import.db", "--status", "published", table)
row("the same file again, which changes nothing", again, None, os.path.getsize("import.db"))
remove("import.db")
for name, file, driver, *options in FORMATS:
    remove(file)
    ours = watched(dateline, "export", "--drafts", "--db", db, file)
    theirs = None
    if driver:
        peer = "peer." + ("shp.zip" if file == "e.zip" else file.split(".", 1)[1])
        theirs = gdal(driver, peer, "e.gpkg", *options)
        remove(peer)
    elif file == "e.parquet":
        theirs = duckdb()
    row("export to " + name, ours, theirs, os.path.getsize(file))
    if file not in ("e.gpkg", "e.csv"):
        remove(file)
