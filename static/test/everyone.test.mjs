// What makes the page everyone's: the key and the tour, a lost connection, paper,
// high contrast, large targets, and no motion for those who ask for none.
import assert from "node:assert/strict"
import { mkdir, writeFile } from "node:fs/promises"
import { test } from "node:test"
import { list, open, phone, serving, settled, shot } from "./page.mjs"

serving()

async function ready(path, options) {
  const page = await open(path, options)
  await settled(page)
  await list(page).first().waitFor()
  return page
}

for (const [name, path, options] of [["desktop", "/", {}], ["phone in arabic", "/?lang=ar", phone], ["dark", "/", { colorScheme: "dark" }]]) {
  test(`the key says what marks and words mean, the tour has five steps by keyboard: ${name}`, async () => {
    const page = await ready(path, options)
    await page.locator("#open-guide").focus()
    await page.keyboard.press("Enter")
    assert.equal(await page.locator(".keys li").count(), 7)
    assert.equal(await page.locator(".guide dt").count(), 6)
    assert.match(await page.locator('.guide a').getAttribute("href"), /^\/methodology\?lang=/)
    await shot(page, `key-${name}`)
    await page.locator("#start-tour").focus()
    await page.keyboard.press("Enter")
    const told = []
    for (let k = 0; k < 5; k++) {
      await page.waitForFunction((k) => document.activeElement?.classList.contains("tour") && document.querySelector(".tour .hint")?.textContent.match(/[1-5١-٥]/) && document.querySelectorAll(".tour").length === 1 && k >= 0, k)
      told.push(await page.locator(".tour p").nth(1).textContent())
      await shot(page, `tour-${name}-${k + 1}`)
      const box = await page.locator(".tour").boundingBox()
      assert.ok(box.x >= 0 && box.x + box.width <= page.viewportSize().width && box.y >= 0 && box.y + box.height <= page.viewportSize().height, "the step is in sight")
      await page.keyboard.press("Tab")
      await page.keyboard.press("Enter")
    }
    assert.equal(new Set(told).size, 5)
    assert.equal(await page.locator(".tour, .toured").count(), 0)
    assert.equal(await page.evaluate(() => document.activeElement?.id), "open-guide", "focus is back where it began")
    await page.context().close()
  })
}

test("a lost connection is said, and recovers", async () => {
  const page = await open("/healthz")
  await page.route("**/live", (route) => route.fulfill({ status: 502, body: "" }))
  await page.goto(new URL("/", page.url()).href)
  const lost = page.locator("#lost")
  await lost.filter({ hasText: "connection was lost" }).waitFor()
  await shot(page, "lost")
  await list(page).first().click()
  await page.locator("#panel h1").waitFor()
  await page.unroute("**/live")
  await lost.waitFor({ state: "hidden" })
  await page.locator("#announce").filter({ hasText: "Connected again" }).waitFor({ state: "attached" })
  await page.context().close()
})

test("without a network the page says so and keeps what it has, and goes on when it is back, also where no events come through", async () => {
  const page = await open("/healthz")
  await page.route("**/live", (route) => route.abort())
  await page.goto(new URL("/?list=all", page.url()).href)
  await list(page).first().waitFor()
  await page.locator(".mark, .badge").first().waitFor()
  await page.waitForLoadState("networkidle")
  const rows = await list(page).count(), marks = await page.locator(".mark, .badge").count()
  await page.context().setOffline(true)
  await page.locator("#search").fill("earthquake")
  await page.locator("#note", { hasText: "cannot be reached" }).waitFor()
  assert.equal(await list(page).count(), rows)
  assert.ok((await page.locator(".mark, .badge").count()) >= marks - 1)
  await list(page).first().click()
  await page.locator("#panel .error", { hasText: "cannot be reached" }).waitFor()
  await shot(page, "offline")
  await page.locator("#panel .close").click()
  await page.context().setOffline(false)
  await page.locator("#note").waitFor({ state: "hidden" })
  await page.waitForFunction((n) => document.querySelectorAll("#list .row").length < n, rows)
  await list(page).first().click()
  await page.locator("#panel h1").waitFor()
  await page.context().close()
})

test("a page that cannot load says what to do, and does it", async () => {
  const page = await open("/healthz")
  await page.route("**/vocabulary", (route) => route.abort())
  await page.goto(new URL("/", page.url()).href)
  const failed = page.locator(".failed")
  await failed.filter({ hasText: "cannot be reached" }).waitFor()
  await shot(page, "failed")
  await page.unroute("**/vocabulary")
  await failed.getByRole("button").click()
  await list(page).first().waitFor()
  await page.context().close()
})

for (const [name, path, options] of [["desktop", "/", {}], ["arabic, dark", "/?lang=ar", { colorScheme: "dark" }], ["phone", "/", phone]]) {
  test(`on paper: the sentence, the map with scale and sources, the legend, the day: ${name}`, async () => {
    const page = await ready(path, options)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    assert.equal((pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length, 1, "one sheet")
    if (process.env.SHOTS) {
      await mkdir(process.env.SHOTS, { recursive: true })
      await writeFile(`${process.env.SHOTS}/paper-${name}.pdf`, pdf)
    }
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")))
    await page.emulateMedia({ media: "print" })
    const box = await page.locator("#map").boundingBox()
    assert.ok(box.width > 400 && box.height > 400, `the map is as large as the sheet has room: ${box.width} × ${box.height}`)
    const bars = await page.locator("#timeline .bars").boundingBox()
    assert.ok(bars.width > 0.8 * box.width && bars.y > box.y + box.height, `the timeline stands under the map: ${JSON.stringify(bars)}`)
    for (const part of ["#sentence", "#map", "#legend", "#timeline .bar", "#timeline .axis", ".leaflet-control-scale", ".credit", "#printed"]) assert.ok(await page.locator(part).first().isVisible(), part)
    for (const part of ["#bar", "#list", ".leaflet-control-zoom", "#open-guide"]) assert.ok(!(await page.locator(part).isVisible()), part)
    assert.match(await page.locator("#printed").textContent(), /20\d\d|٢٠/)
    await page.emulateMedia({ media: "screen" })
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")))
    await page.locator(name.startsWith("phone") ? "#timeline-phone .bar" : "#timeline .bar").first().waitFor()
    await page.context().close()
  })
}

test("forced colours keep marks apart and show what is chosen; no motion where none is wanted", async () => {
  const page = await ready("/", { forcedColors: "active" })
  await shot(page, "forced")
  const color = await page.locator(".legend .swatch circle").evaluateAll((all) => new Set(all.map((c) => c.getAttribute("fill"))).size)
  assert.ok(color > 2, "groups keep their colours")
  await page.waitForFunction(() => getComputedStyle(document.querySelector(".tabs [aria-selected=true]")).outlineStyle === "solid")
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => { const s = getComputedStyle(e); return s.transitionDuration !== "0s" || s.animationDuration !== "0s" && s.animationName !== "none" }).length)
  assert.equal(moving, 0)
  await page.context().close()
})

test("what can be touched on a phone is 44 px high", async () => {
  for (const path of ["/", "/?lang=ar"]) {
    const page = await ready(path, phone)
    const small = await page.locator("button, select, input, summary").evaluateAll((all) => all.filter((b) => b.checkVisibility() && b.id !== "grip" && !b.matches(".link") && b.getBoundingClientRect().height < 43).map((b) => b.outerHTML.slice(0, 90)))
    assert.deepEqual(small, [])
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector("#language").getBoundingClientRect().left >= 0), "nothing is cut off")
    await page.context().close()
  }
})

test("no button is cut in any language", async () => {
  for (const lang of ["en", "ar", "uk", "fr", "es"]) {
    for (const options of [{}, phone]) {
      const page = await ready(`/?lang=${lang}`, options)
      const cut = await page.locator("button").evaluateAll((all) => all.filter((b) => b.checkVisibility() && getComputedStyle(b).overflow !== "visible" && b.scrollWidth > b.clientWidth + 1).map((b) => b.textContent))
      assert.deepEqual(cut, [], lang)
      await page.context().close()
    }
  }
})
