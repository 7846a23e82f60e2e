// What the first load costs on the wire, and that a slow network still shows the
// map: measured in Chromium, without what it kept from earlier.
import assert from "node:assert/strict"
import { test } from "node:test"
import { faultless, list, open, serving } from "./page.mjs"

serving()

/** An empty page with its network watched: kB by address, as they come. */
async function watched() {
  const page = await open("/healthz")
  const cdp = await page.context().newCDPSession(page)
  await cdp.send("Network.enable")
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true })
  const addresses = new Map(), sizes = new Map()
  cdp.on("Network.requestWillBeSent", (e) => addresses.set(e.requestId, new URL(e.request.url).pathname))
  cdp.on("Network.loadingFinished", (e) => {
    const path = addresses.get(e.requestId)
    if (path !== undefined) sizes.set(path, (sizes.get(path) ?? 0) + e.encodedDataLength / 1000) // what began before the watching is not of the page
  })
  return { page, cdp, sizes }
}

for (const [lang, name] of [["en", "English"], ["ar", "Arabic"]]) {
  test(`the first load in ${name} is at most 350 kB without the basemap and 700 kB with it`, async (t) => {
    const { page, sizes } = await watched()
    await page.goto(new URL(`/?lang=${lang}`, page.url()).href)
    await list(page).first().waitFor()
    await page.waitForLoadState("networkidle")
    const sum = (of) => [...sizes].filter(([path]) => of(path)).reduce((n, [, kB]) => n + kB, 0)
    const map = (path) => path.startsWith("/assets/map-")
    const [base, rest] = [sum(map), sum((p) => !map(p))]
    t.diagnostic(`first load: ${rest.toFixed(0)} kB and ${base.toFixed(0)} kB of basemap`)
    t.diagnostic([...sizes].map(([path, kB]) => `${path} ${kB.toFixed(1)}`).join(", "))
    assert.ok(base > 0 && rest > 50, "both were measured")
    assert.ok(rest <= 350, `${rest.toFixed(0)} kB without the basemap`)
    assert.ok(rest + base <= 700, `${(rest + base).toFixed(0)} kB with it`)
    await page.context().close()
  })
}

test("over 3G the map with its marks is there within 5 s", async (t) => {
  const { page, cdp } = await watched()
  // DevTools' "Fast 3G": 1.6 Mbit/s less a tenth, 562 ms there and back
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 562, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9 })
  const from = Date.now()
  await page.goto(new URL("/", page.url()).href, { waitUntil: "commit" })
  await page.locator("#map .leaflet-marker-icon").first().waitFor()
  const marks = Date.now() - from
  t.diagnostic(`marks after ${marks} ms over 3G`)
  assert.ok(marks <= 5000, `marks after ${marks} ms`)
  await page.context().close()
})

faultless()
