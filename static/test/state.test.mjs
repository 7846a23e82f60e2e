import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { readState, writeState, query, values, withValues, days, withDays } = await load("state")
const at = (path) => new URL(path, "http://example.test")

const addresses = [
  ["nothing", "/"],
  ["an incident", "/incidents/abc"],
  ["a report", "/reports/xyz"],
  ["a filter", "/?country=IQ,LB&datetime=2024-01-01/2024-01-31&type=air-strike,drone-strike"],
  ["a view", "/?map=5.5/31.4/34.3&list=unlocated"],
  ["everything", "/incidents/abc?killed_best=5..&q=two+words&map=3/-10/180&pane=edit&embed"],
]
for (const [name, address] of addresses) {
  test(`an address comes back as it was: ${name}`, () => assert.equal(writeState(readState(at(address))), address))
}

test("a map that is none is passed over", () => {
  for (const bad of ["x", "1/2", "1/2/x", ""]) assert.equal(readState(at(`/?map=${bad}`)).view.map, null)
  assert.deepEqual(readState(at("/?map=99/99/10")).view.map, { zoom: 19, lat: 85, lon: 10 })
})

test("the server's own parameters are no filter", () => {
  assert.deepEqual(readState(at("/?f=html&once=x&limit=5&type=flood&q=")).filter, { type: "flood" })
})

test("a query holds the filter in one order, whatever the order it was set in", () => {
  assert.equal(query({ type: "flood", country: "KE" }), query({ country: "KE", type: "flood" }))
  assert.equal(query({ q: "a b&c" }, { limit: 10 }), "?limit=10&q=a+b%26c")
  assert.equal(query({}), "")
})

test("commas within a value are kept", () => {
  const f = withValues({}, "publisher", ["Times, The", "AP"])
  assert.equal(f.publisher, "Times\\, The,AP")
  assert.deepEqual(values(f, "publisher"), ["Times, The", "AP"])
  assert.deepEqual(withValues(f, "publisher", []), {})
})

for (const [name, text, from, to] of [
  ["a span", "2024-01-01/2024-01-31", "2024-01-01", "2024-01-31"],
  ["a day", "2024-01-04", "2024-01-04", "2024-01-04"],
  ["since", "2024-01-04/..", "2024-01-04", ""],
  ["until", "../2024-01-04", "", "2024-01-04"],
]) {
  test(`days: ${name}`, () => {
    assert.deepEqual(days({ datetime: text }), { from, to })
    assert.equal(withDays({}, from, to).datetime, text)
  })
}
