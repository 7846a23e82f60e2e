import assert from "node:assert/strict"
import { readFile, readdir } from "node:fs/promises"
import { test } from "node:test"
import { load } from "./load.mjs"
import { cutRing, clipRing, encode, inRing, runs } from "../build/geometry.mjs"

const { parseCoordinates, written, cluster, arcs, pieces, toUnits, bins, floor, next, unitFor } = await load("clusters", "offsets", "bins", "coordinates")

test("offsets in code points become UTF-16 units", () => {
  const text = "a😀b‘c’" // the face is one code point and two units
  const unit = toUnits(text)
  assert.equal(text.slice(unit(2), unit(3)), "b")
  assert.equal(unit(99), text.length)
  assert.equal(unit(-1), 0)
})

test("a text is cut at the ends of spans that overlap", () => {
  const got = pieces("one two three", [{ start: 0, end: 7, k: "a" }, { start: 4, end: 13, k: "b" }])
  assert.deepEqual(got.map((p) => [p.text, p.spans.map((s) => s.k).join("")]), [["one ", "a"], ["two", "ab"], [" three", "b"]])
  assert.equal(pieces("كتب 😀 نص", [{ start: 4, end: 5 }]).map((p) => p.text).join("|"), "كتب |😀| نص")
  assert.deepEqual(pieces("x", [{ start: 1, end: 1 }]), [{ text: "x", spans: [] }])
})

const baghdad = { lat: 33.3128, lon: 44.3615 }
for (const [text, lat, lon, near = 0.0002] of [
  ["33.3128, 44.3615", 33.3128, 44.3615], ["33.3128 44.3615", 33.3128, 44.3615], ["33,3128; 44,3615", 33.3128, 44.3615], ["33,3128, 44,3615", 33.3128, 44.3615],
  ["N33.3128 E44.3615", 33.3128, 44.3615], ["44.3615E 33.3128N", 33.3128, 44.3615], ["-33.5/-70.25", -33.5, -70.25], ["33.5S, 70.25W", -33.5, -70.25],
  ["33°18'46\"N 44°21'41\"E", 33.3128, 44.3614], ["33° 18′ 46″ N, 44° 21′ 41″ E", 33.3128, 44.3614], ["33°18.77'N 44°21.69'E", 33.3128, 44.3615],
  ["38S 440565 3686275", 33.3128, 44.3615, 0.01], ["38S MB 40 86", 33.315, 44.361, 0.01], ["38SMB4056586275", 33.3128, 44.3615, 0.01],
  ["56H LH 34873 52266", -33.8568, 151.2153, 0.0005], ["31U DQ 48249 11957", 48.8584, 2.2945, 0.0005],
]) {
  test(`coordinates: ${text}`, () => {
    const got = parseCoordinates(text)
    assert.ok(got && Math.abs(got.lat - lat) <= near && Math.abs(got.lon - lon) <= near, JSON.stringify(got))
  })
}

test("coordinates: what is none is none, and they are written in two ways", () => {
  for (const text of ["", "Baghdad", "12", "91, 0", "0, 181", "38S", "10 km north of Mosul", "99Z 1 2"]) assert.equal(parseCoordinates(text), undefined, text)
  assert.deepEqual(written(baghdad), { decimal: "33.3128, 44.3615", sexagesimal: "33°18′46″N 44°21′41″E" })
  assert.equal(written({ lat: -33.5, lon: -70.25 }).sexagesimal, "33°30′00″S 70°15′00″W")
})

test("clusters: the same dots in any order, every dot once", () => {
  const dots = Array.from({ length: 300 }, (_, k) => ({ id: `d${k}`, x: (k * 97) % 500, y: (k * 53) % 300, weight: k % 7 }))
  const got = cluster(dots, 30)
  assert.deepEqual(got, cluster([...dots].reverse(), 30))
  assert.equal(got.flatMap((c) => c.members).length, dots.length)
  assert.equal(new Set(got.flatMap((c) => c.members.map((m) => m.id))).size, dots.length)
})

test("arcs go once around", () => {
  assert.deepEqual(arcs([["a", 1], ["b", 0], ["c", 3]]), [{ key: "a", from: 0, to: 0.25 }, { key: "c", from: 0.25, to: 1 }])
  assert.deepEqual(arcs([]), [])
})

test("bins hold every day once, in the finest unit that fits", () => {
  assert.equal(unitFor(30, 100), "day")
  assert.equal(unitFor(365, 100), "week")
  assert.equal(unitFor(365 * 20, 300), "month")
  assert.equal(floor("2024-01-07", "week"), "2024-01-01")
  assert.equal(next("2024-12-01", "month"), "2025-01-01")
  const byDay = { "2023-12-31": 1, "2024-02-29": 2, "2024-03-01": 4 }
  for (const most of [400, 20, 3, 2]) {
    const got = bins(byDay, most).bins
    assert.equal(got.reduce((n, b) => n + b.n, 0), 7)
    got.slice(1).forEach((b, k) => assert.ok(b.from > got[k].to))
  }
  assert.deepEqual(bins({}, 10).bins, [])
})

test("basemap: a ring across the antimeridian is cut, one around the pole is closed along it", () => {
  const across = [[170, -10], [-170, -10], [-170, 10], [170, 10], [170, -10]]
  const parts = cutRing(across)
  assert.equal(parts.length, 2)
  for (const p of [[175, 0], [-175, 0]]) assert.ok(parts.some((r) => inRing(p, r)))
  assert.ok(!parts.some((r) => inRing([0, 0], r)))
  const pole = [[-180, -70], [-90, -70], [0, -70], [90, -70], [180, -70], [-180, -70]]
  assert.ok(cutRing(pole).some((r) => inRing([45, -80], r)))
})

test("basemap: clipping, encoding and runs", () => {
  assert.deepEqual(clipRing([[20, 20], [30, 20], [30, 30], [20, 20]], [0, 0, 10, 10]), [])
  assert.deepEqual(encode([[1, 1], [1.001, 1], [2, 3]], 10), [10, 10, 10, 20])
  assert.deepEqual(runs([[0, 0], [1, 0], [2, 0], [3, 0]], ([x]) => x < 1 || x > 2), [[[0, 0], [1, 0]], [[2, 0], [3, 0]]])
})

test("every message that the source asks for is there", async () => {
  const folder = new URL("../src/", import.meta.url)
  const messages = JSON.parse(await readFile(new URL("../messages/en.json", import.meta.url), "utf8"))
  const missing = []
  for (const name of (await readdir(folder)).filter((n) => n.endsWith(".ts"))) {
    const text = await readFile(new URL(name, folder), "utf8")
    assert.ok(text.split("\n").length <= 300, `${name} is over 300 lines`)
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML/, `${name} writes markup`)
    for (const [, key] of text.matchAll(/\bt\("([a-zA-Z.]+)"/g)) {
      if (!(key in messages) && !(`${key}.other` in messages)) missing.push(`${name}: ${key}`)
    }
  }
  assert.deepEqual(missing, [])
})
