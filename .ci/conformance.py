"""The abstract tests of OGC API: Features, parts 1 to 4, and of CQL2 as we read
them, against a running server. Each check is named by what the standard calls
it. Usage: conformance.py URL"""

import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

URL = sys.argv[1].rstrip("/")
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
failed = total = 0


def check(what, ok, detail=""):
    global failed, total
    total += 1
    if not ok:
        failed += 1
        print("FAILED", what, str(detail)[:300])


def get(path, accept="application/json", **params):
    address = path if path.startswith("http") else URL + path
    if params:
        names = {k.replace("_", "-"): v for k, v in params.items()}
        address += ("&" if "?" in address else "?") + urllib.parse.urlencode(names)
    request = urllib.request.Request(address, headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body, headers, status = answer.read(), answer.headers, answer.status
    except urllib.error.HTTPError as e:
        body, headers, status = e.read(), e.headers, e.code
    try:
        document = json.loads(body)
    except ValueError:
        document = None
    return status, headers, document, body.decode("utf-8", "replace")


def links(document, rel):
    return [l for l in document.get("links", []) if l["rel"] == rel]


# Part 1: core, landing page, API definition, conformance declaration
_, headers, landing, _ = get("/")
for rels in (("service-desc", "service-doc"), ("conformance",), ("data",), ("self",), ("alternate",)):
    check(f"core/root-success: link {rels}", any(links(landing, r) for r in rels))
for rel in ("service-desc", "service-doc", "conformance", "data"):
    for l in links(landing, rel):
        status, headers, _, _ = get(l["href"], accept=l["type"])
        check(f"core/root-success: {rel} leads to {l['type']}", status == 200 and headers["Content-Type"].startswith(l["type"].split(";")[0]), (l, headers["Content-Type"]))
desc = links(landing, "service-desc")[0]
status, headers, api, _ = get(desc["href"], accept=desc["type"])
check("core/api-definition-success", status == 200 and "openapi+json" in headers["Content-Type"] and api["openapi"].startswith("3.0"))
_, _, declared, _ = get("/conformance")
classes = declared["conformsTo"]
for c in ("features-1/1.0/conf/core", "features-1/1.0/conf/geojson", "features-1/1.0/conf/html", "features-1/1.0/conf/oas30", "features-2/1.0/conf/crs",
          "features-3/1.0/conf/filter", "features-3/1.0/conf/features-filter", "features-3/1.0/conf/queryables"):
    check(f"core/conformance-success: {c}", f"http://www.opengis.net/spec/ogcapi-{c}" in classes)
for c in ("cql2-text", "cql2-json", "basic-cql2", "basic-spatial-functions"):
    check(f"cql2: {c}", f"http://www.opengis.net/spec/cql2/1.0/conf/{c}" in classes)


def resolve(schema):
    while "$ref" in schema:
        at = api
        for part in schema["$ref"].lstrip("#/").split("/"):
            at = at[part]
        schema = at
    return schema


operation = api["paths"]["/collections/{collection}/items"]["get"]
parameters = {p["name"]: p for p in map(resolve, operation["parameters"])}
for name, kind in (("limit", "integer"), ("bbox", "array"), ("datetime", "string")):
    p = parameters.get(name, {})
    check(f"core/fc-{name}-definition", p.get("in") == "query" and not p.get("required") and p.get("style", "form") == "form" and p.get("explode") is False
          and p.get("schema", {}).get("type") == kind, p)
bbox = parameters["bbox"]["schema"]
check("core/fc-bbox-definition: 4 to 6 numbers", (bbox["minItems"], bbox["maxItems"], bbox["items"]["type"]) == (4, 6, "number"))
limit = parameters["limit"]["schema"]
check("core/fc-limit-definition: bounds", limit["minimum"] >= 1 and limit["default"] <= limit["maximum"])

# collections
_, _, listing, _ = get("/collections")
check("core/fc-md-links", links(listing, "self") and links(listing, "alternate"))
for c in listing["collections"]:
    name = c["id"]
    check(f"core/fc-md-items: {name}", re.fullmatch(r"\w+", name) and all(l.get("rel") and l.get("type") for l in c["links"]) and links(c, "items"))
    status, _, one, _ = get(f"/collections/{name}")
    check(f"core/sfc-md-success: {name}", status == 200 and one["id"] == name and one["extent"] == c["extent"] and one["title"] == c["title"])
    check(f"crs/fc-md-crs-list: {name}", CRS84 in one["crs"] and EPSG + "4326" in one["crs"] and one["storageCrs"] in one["crs"])
    items = f"/collections/{name}/items"

    began = time.time()
    status, headers, page, _ = get(items, limit=10)
    check(f"core/fc-response: {name}", status == 200 and headers["Content-Type"].startswith("application/geo+json") and page["type"] == "FeatureCollection")
    check(f"core/fc-links: {name}", links(page, "self") and links(page, "alternate") and all(l.get("type") for l in page["links"]))
    check(f"core/fc-numberReturned: {name}", page["numberReturned"] == len(page["features"]) <= 10)
    check(f"core/fc-timeStamp: {name}", "timeStamp" not in page or page["timeStamp"] >= time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(began)))
    check(f"crs/ogc-crs-header: {name}", headers["Content-Crs"] == f"<{CRS84}>")
    for n, want in ((1, 1), (10000, 10000), (10001, 10000)):
        status, _, p, _ = get(items, limit=n, bbox="0,30,20,50")
        check(f"core/fc-limit-response: {name} {n}", status == 200 and len(p["features"]) <= want, status)
    seen, address, pages = set(), f"{items}?limit=7&bbox=0,40,12,46", 0
    while address and pages < 40:
        _, _, p, _ = get(address)
        repeated = seen & {f["id"] for f in p["features"]}
        check(f"core/fc-links: {name}: no feature on two pages", not repeated, repeated)
        seen |= {f["id"] for f in p["features"]}
        following = links(p, "next")
        address, pages = (following[0]["href"] if following else None), pages + 1
    check(f"core/fc-links: {name}: pages make the whole", pages == 40 or len(seen) == p["numberMatched"], (pages, len(seen), p.get("numberMatched")))

    for bad in ("bbox=1,2,3", "bbox=a,b,c,d", "limit=x", "limit=0", "unknown=1", "crs=x", "bbox=1,2,3,4&bbox-crs=x"):
        status, _, _, _ = get(f"{items}?{bad}")
        check(f"core/query-param-invalid: {name} {bad}", status == 400, status)
    if name != "places":
        status, _, _, _ = get(f"{items}?datetime=x")
        check(f"core/query-param-invalid: {name} datetime", status == 400, status)
    for when in ("2024-01-04", "2024-01-04T00:00:00Z", "../2024-01-04", "2024-01-04/..", "/2024-01-04", "2024-01-04/", "2023-01-01T00:00:00Z/2024-01-04T00:00:00Z"):
        status, _, _, _ = get(items, datetime=when, limit=1)
        check(f"core/fc-time-response: {name} {when}", status == 200, status)

    def inside(box, features):
        west, south, east, north = box

        def positions(c):
            if isinstance(c[0], (int, float)):
                yield c
            else:
                for part in c:
                    yield from positions(part)

        for f in features:
            if not f["geometry"]:
                return False
            p = list(positions(f["geometry"]["coordinates"]))
            lons, lats = [q[0] for q in p], [q[1] for q in p]
            meets_lon = any(w <= max(lons) and e >= min(lons) for w, e in (((west, east),) if west <= east else ((west, 180), (-180, east))))
            if not (meets_lon and south <= max(lats) and north >= min(lats)):
                return False
        return True

    for box in ((0, 40, 12, 46), (-180, -90, 180, 90), (170, -50, -170, 0)):
        status, _, p, _ = get(items, bbox=",".join(map(str, box)), limit=500)
        # an incident with several sites is shown at its first
        check(f"core/fc-bbox-response: {name} {box}", status == 200 and (name != "places" or inside(box, p["features"])), status)
    ids = {}
    for system, numbers in ((CRS84, "0,40,12,46"), (EPSG + "4326", "40,0,46,12"), (EPSG + "3857", "0,4865942.2794,1335833.8896,5780349.2203")):
        status, _, p, _ = get(items, bbox=numbers, bbox_crs=system, limit=10000)
        ids[system] = sorted(f["id"] for f in p["features"])
    check(f"crs/bbox-crs-action: {name}", ids[CRS84] and ids[CRS84] == ids[EPSG + "4326"] == ids[EPSG + "3857"], {k: len(v) for k, v in ids.items()})

    _, _, plain, _ = get(items, limit=5, bbox="0,40,12,46")
    for system in one["crs"][:4] + one["crs"][-1:] + [EPSG + "32632"]:
        status, headers, p, _ = get(items, limit=5, bbox="0,40,12,46", crs=system)
        check(f"crs/crs-action: {name} {system}", status == 200 and headers["Content-Crs"] == f"<{system}>" and [f["id"] for f in p["features"]] == [f["id"] for f in plain["features"]])
        if system == EPSG + "4326":
            for a, b in zip(plain["features"], p["features"]):
                if a["geometry"] and a["geometry"]["type"] == "Point":
                    check("crs/crs-action: axes", a["geometry"]["coordinates"] == b["geometry"]["coordinates"][::-1])

    f = plain["features"][0]
    status, headers, feature, _ = get(f"{items}/{urllib.parse.quote(str(f['id']), safe='')}")
    check(f"core/f-success: {name}", status == 200 and headers["Content-Type"].startswith("application/geo+json") and feature["id"] == f["id"] and feature["type"] == "Feature")
    check(f"core/f-links: {name}", links(feature, "self") and links(feature, "alternate") and links(feature, "collection"))
    check(f"crs/ogc-crs-header: {name}: one", headers["Content-Crs"] == f"<{CRS84}>")
    status, _, _, _ = get(f"{items}/nothing-of-this-name")
    check(f"core/f-op: {name}: 404", status == 404)

    for path in ("/collections", f"/collections/{name}", items + "?limit=3", f"{items}/{urllib.parse.quote(str(f['id']), safe='')}"):
        status, headers, _, text = get(path, accept="text/html")
        check(f"html/content: {path}", status == 200 and headers["Content-Type"].startswith("text/html") and "<title>" in text)

    if name == "places":
        continue
    # Part 3 and CQL2
    q = links(one, "http://www.opengis.net/def/rel/ogc/1.0/queryables")
    check(f"queryables/get-queryables: link of {name}", len(q) == 1)
    status, headers, schema, _ = get(q[0]["href"], accept="application/schema+json")
    check(f"queryables/get-queryables: {name}", status == 200 and headers["Content-Type"].startswith("application/schema+json") and schema["type"] == "object"
          and schema["$id"].endswith(f"/{name}/queryables") and schema["$schema"].startswith("https://json-schema.org/draft/20"))
    everything = {x["id"] for x in get(items, limit=10000)[2]["features"]}

    def found(text, lang="cql2-text"):
        status, _, p, body = get(items, filter=text, filter_lang=lang, limit=10000)
        check(f"filter: {name} {text}", status == 200, body)
        return {x["id"] for x in p["features"]} if status == 200 else None

    for prop, value in (("type", "'earthquake'"), ("killed_best", "5"), ("start", "DATE('2023-01-01')"), ("country", "'IQ'")):
        null = found(f"{prop} IS NULL")
        check(f"basic-cql2: {prop} IS NULL", null | found(f"{prop} IS NOT NULL") == everything and not null & found(f"NOT ({prop} IS NULL)"))
        stated = everything - null
        check(f"basic-cql2: {prop} = and <>", found(f"{prop} = {value}") | found(f"{prop} <> {value}") == stated)
        check(f"basic-cql2: {prop} < and >=", found(f"{prop} < {value}") | found(f"{prop} >= {value}") == stated)
        check(f"basic-cql2: {prop} > and <=", found(f"{prop} > {value}") | found(f"{prop} <= {value}") == stated)
        check(f"basic-cql2: {prop} OR", found(f"{prop} < {value} OR {prop} >= {value}") == stated)
        check(f"basic-cql2: {prop} AND", prop == "country" or found(f"{prop} < {value} AND {prop} >= {value}") == set())
    check("advanced: IN", found("type IN ('earthquake','flood')") == found("type = 'earthquake' OR type = 'flood'"))
    check("advanced: BETWEEN", found("killed_best BETWEEN 5 AND 50") == found("killed_best >= 5 AND killed_best <= 50"))
    check("advanced: LIKE", found("type LIKE 'earth%'") == found("type = 'earthquake'"))
    check("casei", found("CASEI(type) = CASEI('EarthQuake')") == found("type = 'earthquake'"))
    check("arithmetic", found("killed_best + 1 > 6") == found("killed_best > 5"))
    check("property-property", found("start = end") | found("start <> end") == found("start IS NOT NULL AND end IS NOT NULL"))
    here = "BBOX(0,40,12,46)"
    check("spatial: S_INTERSECTS, S_DISJOINT", found(f"S_INTERSECTS(geometry,{here})") | found(f"S_DISJOINT(geometry,{here})") == found("geometry IS NOT NULL"))
    check("spatial: S_INTERSECTS is bbox", name == "areas" or found(f"S_INTERSECTS(geometry,{here})") == set(ids[CRS84]))
    check("temporal: T_INTERSECTS is datetime", found("T_INTERSECTS(datetime,INTERVAL('2023-01-01','..'))") == {x["id"] for x in get(items, datetime="2023-01-01/..", limit=10000)[2]["features"]})
    check("cql2-json", found('{"op":"=","args":[{"property":"type"},"earthquake"]}', "cql2-json") == found("type = 'earthquake'"))
    for bad in ("type =", "unknown = 1", "type > 5", "S_INTERSECTS(geometry,POINT(1))"):
        status, _, _, _ = get(items, filter=bad)
        check(f"filter/filter-param: {bad} is refused", status == 400, status)

print(f"{'FAILED' if failed else 'ok'}: {total - failed} of {total} checks of the abstract tests hold")
sys.exit(1 if failed else 0)
