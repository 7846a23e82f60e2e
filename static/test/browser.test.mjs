// The page in a real browser against the real server: load, filter, open an
// incident, follow a quote, sign in, add a report, correct a place, publish, and
// see it live in a second window. Nothing may be asked of another host, no
// policy be broken, no error be logged.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { chromium } from "playwright-core"
import { serve } from "./server.mjs"

const binary = process.env.DATELINE_BIN
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

const report = `KISUMU, Kenya – A bus and a lorry collided on the road outside Kisumu on Tuesday, killing four people and injuring eleven, police said.

Two thousand people marched through Nairobi on Wednesday in a protest over the state of the roads. Police fired tear gas and arrested nine of them, the organisers said.`

let server, browser
/** What went wrong on any page. */
const faults = []

before(async () => {
  assert.ok(binary, "DATELINE_BIN is the built program: make browser sets it")
  server = await serve(binary)
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags })
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

/** A page in a window of its own that notes every fault. */
async function open(path = "/", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on("request", (r) => {
    const u = new URL(r.url())
    if (u.origin !== server.url && !["data:", "blob:"].includes(u.protocol)) faults.push(`asked ${r.url()}`)
  })
  page.on("console", (m) => { if (m.type() === "error" && !m.text().includes("status of 401") && !m.text().includes("status of 404")) faults.push(`console: ${m.text()}`) })
  page.on("pageerror", (e) => faults.push(`error: ${e.message}`))
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)))
  await page.goto(path.startsWith("http") ? path : server.url + path)
  return page
}

const count = async (page) => Number(((await page.locator("#part-count").textContent()) ?? "").replace(/\D/g, ""))
const settled = async (page) => { await page.waitForFunction(() => /\d|No /.test(document.querySelector("#part-count")?.textContent ?? "")) }
const list = (page) => page.locator("#list .row")

test("loads: sentence, list, marks, timeline and basemap", async () => {
  const page = await open()
  await settled(page)
  assert.ok((await count(page)) >= 8, "the samples are published")
  await list(page).first().waitFor()
  await page.locator(".mark, .badge").first().waitFor()
  await page.locator("#timeline .bar").first().waitFor()
  await page.locator(".basemap canvas").first().waitFor()
  const drawn = await page.locator(".basemap canvas").evaluateAll((all) => all.some((c) => {
    const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height)
    const colors = new Set()
    for (let k = 0; k < data.length; k += 4 * 97) colors.add(data[k] << 16 | data[k + 1] << 8 | data[k + 2])
    return colors.size > 1
  }))
  assert.ok(drawn, "land and sea are drawn")
  await page.locator(".label").first().waitFor({ state: "attached" })
  await page.context().close()
})

test("filters by the legend, by days and by words, all in the address; back goes back", async () => {
  const page = await open()
  await settled(page)
  const all = await count(page)
  await page.locator("#legend button").first().click()
  await page.waitForURL(/[?&]group=/)
  await page.waitForFunction((n) => Number((document.querySelector("#part-count")?.textContent ?? "").replace(/\D/g, "")) < n, all)
  await page.goBack()
  await page.waitForFunction((n) => Number((document.querySelector("#part-count")?.textContent ?? "").replace(/\D/g, "")) === n, all)
  await page.locator("#thumb-0").focus()
  await page.keyboard.press("ArrowRight")
  await page.waitForURL(/datetime=/)
  await page.locator("#part-days").click()
  await page.getByRole("dialog").getByRole("button", { name: "any day" }).click()
  await page.waitForURL((u) => !u.search.includes("datetime"))
  await page.locator("#search").fill("zzzznothing")
  await page.keyboard.press("Enter")
  await page.waitForURL(/q=zzzznothing/)
  await page.getByText("No incident meets this").waitFor()
  await page.reload()
  await page.getByText("No incident meets this").waitFor()
  await page.context().close()
})

test("opens an incident by keyboard, follows a quote, closes with Esc", async () => {
  const page = await open()
  await list(page).first().waitFor()
  await list(page).first().focus()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/incidents\/[a-z0-9]+/)
  const panel = page.locator("#panel")
  await panel.locator("h1").waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1", "focus is on the heading")
  await panel.locator(".report-text mark.quote").first().waitFor()
  const link = panel.locator(".quote-link").first()
  const words = ((await link.getAttribute("aria-label")) ?? "").replace(/^[^:]*: /, "")
  await link.click()
  const now = panel.locator("mark.now")
  await now.first().waitFor()
  const marked = (await now.allTextContents()).join("")
  assert.ok(marked.includes(words.slice(0, 12)) || words.includes(marked), `the mark “${marked}” is the quote “${words}”`)
  const box = await now.first().boundingBox()
  assert.ok(box && box.y >= 0 && box.y < 900, "the mark was scrolled into sight")
  await page.keyboard.press("Escape")
  await panel.waitFor({ state: "hidden" })
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("row")), "focus is back in the list")
  await page.context().close()
})

test("an incident's address opens it; an unknown one says so", async () => {
  const page = await open()
  await list(page).first().click()
  await page.locator("#panel h1").waitFor()
  const title = await page.locator("#panel h1").textContent()
  const again = await open(new URL(page.url()).pathname)
  await again.locator("#panel h1").waitFor()
  assert.equal(await again.locator("#panel h1").textContent(), title)
  const none = await open("/incidents/nosuchincident")
  await none.getByText("There is no such incident").waitFor()
  for (const p of [page, again, none]) await p.context().close()
})

test("a phone's width: sheet with three stops, an incident in full", async () => {
  const page = await open("/", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await list(page).first().waitFor()
  const stop = () => page.evaluate(() => document.body.dataset.sheet)
  assert.equal(await stop(), "half")
  await page.locator("#grip").tap()
  assert.equal(await stop(), "full")
  await page.locator("#grip").tap()
  assert.equal(await stop(), "peek")
  await page.locator("#grip").tap()
  await list(page).first().tap()
  await page.locator("#panel h1").waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `nothing runs out of the side: ${wide}`)
  const small = await page.locator("#panel button, #bar button").evaluateAll((all) => all.filter((b) => b.offsetParent && !b.classList.contains("link") && b.getBoundingClientRect().height < 43).map((b) => b.textContent))
  assert.deepEqual(small, [], "targets are 44 px high")
  await page.context().close()
})

test("sign in, add a report, correct a place, publish; a second window sees it live", async () => {
  const page = await open(server.once)
  await page.locator("#open-session", { hasText: "local" }).waitFor()
  const watcher = await open()
  await settled(watcher)
  const published = await count(watcher)

  await signInByToken(page)
  await page.locator("#open-add").click()
  await page.locator("#add-text").fill(report)
  await page.locator("#add-published").fill("2024-03-07")
  await page.getByRole("button", { name: "Preview" }).click()
  await page.locator("#panel").getByText("Nothing is kept yet").waitFor()
  assert.ok((await page.locator(".drafts .row").count()) >= 1, "the report tells something")
  await page.locator(".report-text mark").first().waitFor()
  await page.locator("#add-save").click()
  const draft = page.locator(".judged").first()
  await draft.waitFor()
  assert.equal(await count(watcher), published, "drafts are not open to everyone")

  await draft.getByRole("button", { name: "Correct" }).click()
  await correctPlace(page)
  await page.locator(".judged").first().getByRole("button", { name: "Publish" }).click()
  await page.locator(".judged .tag.published").first().waitFor()

  await watcher.waitForFunction((n) => Number((document.querySelector("#part-count")?.textContent ?? "").replace(/\D/g, "")) === n + 1, published)
  await watcher.locator("#search").fill("Mombasa")
  await watcher.keyboard.press("Enter")
  await list(watcher).filter({ hasText: "Mombasa" }).first().click()
  await watcher.locator("#panel .value-main", { hasText: "Mombasa" }).first().waitFor()
  for (const p of [page, watcher]) await p.context().close()
})

async function signInByToken(page) {
  await page.locator("#open-session").click()
  await page.getByRole("button", { name: "Sign out" }).click()
  await page.locator("#open-session", { hasText: "Sign in" }).click()
  await page.locator("#token").fill("wrong")
  await page.keyboard.press("Enter")
  await page.getByText("no such token").waitFor()
  await page.locator("#token").fill(await server.token("editor"))
  await page.keyboard.press("Enter")
  await page.locator("#open-session", { hasText: "editor" }).waitFor()
}

/** Sets the place to Mombasa by the gazetteer, with a reason. */
async function correctPlace(page) {
  const search = page.getByRole("combobox", { name: "Search a place" })
  await search.fill("Mombasa")
  await page.locator(".options [role=option]").first().waitFor()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.locator("#panel").getByText("Chosen: Mombasa").waitFor()
  await page.locator("#edit-save").click()
  await page.locator("#panel").getByText("Say why;").waitFor()
  await page.getByRole("textbox", { name: "Reason" }).fill("it was in Mombasa")
  await page.locator("#edit-save").click()
  await page.locator(".judged").first().waitFor()
}

test("nothing was asked of another host, no policy broken, no error logged", () => {
  assert.deepEqual(faults, [])
})
