import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { when, range, howNear, saidBy, claimWords, attribution, distance, tolls, whereShort } = await load("words")

for (const [want, incident] of [
  ["Day not stated", {}],
  ["On or before 4 January 2024", { end: "2024-01-04" }],
  ["4 January 2024", { start: "2024-01-04", end: "2024-01-04", date_precision: "day" }],
  ["1–31 January 2024", { start: "2024-01-01", end: "2024-01-31", date_precision: "day" }],
  ["30 January – 2 February 2024", { start: "2024-01-30", end: "2024-02-02" }],
  ["7 October 2023 – 4 January 2024", { start: "2023-10-07", end: "2024-01-04" }],
  ["January 2024", { start: "2024-01-01", end: "2024-01-31", date_precision: "month" }],
  ["2024", { start: "2024-01-01", end: "2024-12-31", date_precision: "year" }],
]) {
  test(`when: ${want}`, () => assert.equal(when(incident), want))
}

for (const [want, r] of [
  ["", {}], ["0", { best: 0 }], ["2", { low: 2, best: 2, high: 2 }], ["20 to 30", { low: 20, best: 25, high: 30 }],
  ["at least 100", { low: 100 }], ["up to 30", { high: 30 }], ["2 to 5", { best: 2, high: 5 }], ["5", { low: 3, best: 5 }],
]) {
  test(`range: ${want || "not stated"}`, () => assert.equal(range(r), want))
}

test("a toll that no one states is not zero", () => {
  const v = { measures: ["killed", "injured"] }
  assert.equal(tolls({}, v), "")
  assert.equal(tolls({ killed_best: 0, injured_low: 3 }, v), "0 killed, at least 3 injured")
})

test("where says how far a place can be trusted", () => {
  assert.equal(howNear({ precision: "area", radius_m: 6000 }), "Near or part of a town, within about 6 km")
  assert.equal(howNear({ precision: "street", radius_m: 2500, approximate: true }), "A street or square, within about 2.5 km; approximate")
  assert.equal(howNear({ precision: "region", radius_m: 25000 }), "A region: somewhere within about 25 km")
  assert.equal(howNear({}), "Not on the map: the gazetteer does not know it")
  assert.equal(whereShort({}), "Place not stated")
})

test("distances have no false precision", () => {
  assert.deepEqual([40, 420, 2000, 2600, 14400, 523000].map(distance), ["50 m", "400 m", "2 km", "2.5 km", "14 km", "520 km"])
})

test("who says so is part of the toll and of the actor", () => {
  const claims = [{ measure: "killed", best: 2, by: "two militia officials" }, { measure: "killed", best: 2, by: "two militia officials" }, { measure: "killed", best: 3, by: "the ministry" }]
  assert.equal(saidBy(claims), "according to two militia officials and the ministry")
  assert.equal(claimWords({ measure: "injured", low: 5, group: "children" }), "at least 5 injured (children)")
  assert.equal(attribution({ name: "x", role: "perpetrator", attribution: "accused", by: "y" }), "accused by y")
  assert.equal(attribution({ name: "x", role: "perpetrator", attribution: "suspected" }), "suspected, in the report’s words")
  assert.equal(attribution({ name: "x", role: "target" }), "")
})
