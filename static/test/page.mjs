// What the browser tests share: the built program, a real Chromium, and pages
// that note every fault. Nothing may be asked of another host, no policy be
// broken, no error be logged: call faultless() last in each file.
import assert from "node:assert/strict"
import { mkdir } from "node:fs/promises"
import { after, before, test } from "node:test"
import { chromium } from "playwright-core"
import { serve } from "./server.mjs"

const binary = process.env.DATELINE_BIN
export const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

/** A phone's width, its touch and its browser. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** The running server, from before the first test on. */
export let server
let browser
/** What went wrong on any page. */
const faults = []

/** Starts the server, with the sample reports or made features, and the browser; call it once, first in a file. */
export function serving(with_ = {}) {
  before(async () => {
    assert.ok(binary, "DATELINE_BIN is the built program: make browser sets it")
    server = await serve(binary, with_)
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags })
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })
}

/** A page in a window of its own that notes every fault. */
export async function open(path = "/", options = {}) {
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

let editors = 0
/** A page that is signed in, of which page.request writes too. */
export async function signedIn(path = "/", options = {}) {
  const page = await open("/healthz", options)
  editors += 1
  const answer = await page.request.post(`${server.url}/session`, { data: { token: await server.token(`editor-${editors}`) } })
  assert.ok(answer.ok(), `signing in: ${answer.status()}`)
  await page.goto(server.url + path)
  return page
}

/** Adds a report and gives what it tells; with a status its first incident gets that, and more where set says so. */
export async function added(page, report, status = "draft", set = {}) {
  const answer = await (await page.request.post(`${server.url}/reports`, { data: report })).json()
  const first = answer.incidents[0]
  if (status !== "draft" || Object.keys(set).length) {
    const saved = await page.request.patch(`${server.url}/incidents/${first.id}`, { data: { base: 1, why: "test", set: { ...set, status } } })
    assert.ok(saved.ok(), await saved.text())
  }
  return answer
}

/** The sizes at which a person works. */
export const sizes = Object.entries({ desktop: {}, phone })

/** The last test of a file: no page had a fault. */
export function faultless() {
  test("nothing was asked of another host, no policy broken, no error logged", () => assert.deepEqual(faults, []))
}

/** Keeps a picture of a page where SHOTS names a folder, to be looked at. */
export async function shot(page, name) {
  const folder = process.env.SHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

/** How many incidents the sentence says. */
export const count = async (page) => Number(((await page.locator("#part-count").textContent()) ?? "").replace(/\D/g, ""))
/** Waits until the sentence says how many. */
export const settled = async (page) => { await page.waitForFunction(() => /\d|No /.test(document.querySelector("#part-count")?.textContent ?? "")) }
/** Waits until the sentence says this many, or a number that the comparison holds for. */
export const counts = (page, n, how = "=") =>
  page.waitForFunction(([n, how]) => {
    const now = Number((document.querySelector("#part-count")?.textContent ?? "").replace(/\D/g, ""))
    return how === "=" ? now === n : how === "<" ? now < n : now > n
  }, [n, how])
/** The rows of the list. */
export const list = (page) => page.locator("#list .row")
