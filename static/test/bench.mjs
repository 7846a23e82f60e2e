// How the page behaves with what a running server holds: node test/bench.mjs URL
// [words]. Prints one figure a line. A trace of Chromium gives the longest task
// while the map is dragged and zoomed; frames are set against those of an empty
// Leaflet map in the same run.
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { chromium } from "playwright-core"
import { flags } from "./page.mjs"

const require = createRequire(import.meta.url)
const [, , base, ...words] = process.argv
const viewport = { width: 1440, height: 900 }
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const say = (name, value, unit) => console.log(`${name.padEnd(44)} ${String(value).padStart(8)} ${unit}`)

/** Drags the map about and zooms in and out by the wheel, as a hand does. */
async function drive(page) {
  const [x, y] = [900, 400]
  for (const [dx, dy] of [[-360, 40], [300, -120], [-200, 160], [260, -80]]) {
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let k = 1; k <= 40; k++) {
      await page.mouse.move(x + (dx * k) / 40, y + (dy * k) / 40)
      await wait(12)
    }
    await page.mouse.up()
    await wait(250)
  }
  for (const step of [-240, -240, -240, 240, 240, 240]) {
    await page.mouse.wheel(0, step)
    await wait(500)
  }
}

/** Frames a second while a page is driven. */
async function frames(page) {
  await page.evaluate(() => {
    if (window.frames_) return
    window.frames_ = 1
    const tick = () => { window.frames_++; requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
  })
  const from = await page.evaluate(() => [performance.now(), window.frames_])
  await drive(page)
  const to = await page.evaluate(() => [performance.now(), window.frames_])
  return ((to[1] - from[1]) * 1000) / (to[0] - from[0])
}

/** A map of Leaflet with nothing on it. */
async function empty(context) {
  const page = await context.newPage()
  const at = require.resolve("leaflet/dist/leaflet.js")
  await page.setContent(`<style>${await readFile(at.replace(/js$/, "css"), "utf8")} html,body,#map{height:100%;margin:0} #map{margin-left:376px}</style><div id="map"></div>`)
  await page.addScriptTag({ path: at })
  await page.evaluate(() => void window.L.map("map", { zoomSnap: 0.5 }).setView([33, 40], 4))
  return page
}

/** The longest task of a page's main thread in a trace, in milliseconds. */
function longest(trace) {
  const { traceEvents } = JSON.parse(trace)
  const mains = new Set(traceEvents.filter((e) => e.name === "thread_name" && e.args?.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`))
  const tasks = traceEvents.filter((e) => (e.name === "RunTask" || e.name === "ThreadControllerImpl::RunTask") && e.ph === "X" && mains.has(`${e.pid} ${e.tid}`))
  if (!tasks.length) throw new Error("the trace has no tasks")
  return tasks.map((e) => e.dur / 1000).sort((a, b) => b - a)
}

/** Milliseconds from navigation until marks, rows and bars are there and no long task goes on. */
async function interactive(context) {
  const page = await context.newPage()
  await page.addInitScript(() => {
    window.busy = 0
    new PerformanceObserver((all) => { for (const e of all.getEntries()) window.busy = Math.max(window.busy, e.startTime + e.duration) }).observe({ type: "longtask", buffered: true })
    const watch = () => {
      if (!window.there && ["#list .row", ".mark, .badge", "#timeline .bar"].every((s) => document.querySelector(s))) window.there = performance.now()
      if (!window.there) requestAnimationFrame(watch)
    }
    watch()
  })
  await page.goto(base)
  await page.waitForFunction(() => window.there)
  const there = await page.evaluate(() => window.there)
  await wait(400)
  const busy = await page.evaluate((there) => (window.busy < there + 100 ? window.busy : there), there)
  await page.close()
  return Math.max(there, busy)
}

/** Milliseconds from a key in the search field until list, bars and marks have changed for the last time. */
async function typing(page, text) {
  return page.evaluate(async (text) => {
    const field = document.querySelector("#search")
    let last = 0
    const seen = new Set()
    const watch = new MutationObserver((all) => {
      last = performance.now()
      for (const m of all) seen.add(m.target.closest?.("#list, #timeline, .leaflet-marker-pane")?.id || "marks")
    })
    for (const s of ["#list", "#timeline", ".leaflet-marker-pane"]) watch.observe(document.querySelector(s), { childList: true, subtree: true })
    const from = performance.now()
    field.value = text
    field.dispatchEvent(new Event("input", { bubbles: true }))
    await new Promise((done) => setTimeout(done, 900))
    watch.disconnect()
    return { ms: last - from, seen: [...seen].sort().join(" ") }
  }, text)
}

async function main() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags })
  const context = await browser.newContext({ viewport })
  const starts = []
  for (let k = 0; k < 5; k++) starts.push(await interactive(context))
  say("time to interactive, median of 5", Math.round(median(starts)), "ms")
  const page = await context.newPage()
  await page.goto(`${base}?map=4/33/40`)
  await page.locator(".mark").first().waitFor()
  await wait(500)
  const bare = await empty(context)
  const ratios = [], fps = []
  for (let k = 0; k < 3; k++) {
    await bare.bringToFront()
    const without = await frames(bare)
    await page.bringToFront()
    const with_ = await frames(page)
    ratios.push(with_ / without)
    fps.push(with_)
  }
  say("frames while dragging and zooming, median of 3", Math.round(median(fps)), "a second")
  say("… of those of an empty Leaflet map", Math.round(100 * median(ratios)), "%")
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "toplevel", "__metadata"] })
  await drive(page)
  const tasks = longest((await browser.stopTracing()).toString())
  say("longest task while dragging and zooming", Math.round(tasks[0]), "ms")
  say("tasks over 50 ms", tasks.filter((t) => t > 50).length, "")
  const typed = []
  for (const text of words.length ? words : ["she", "shell", "prot", "attack", "rural", "air", ""]) typed.push(await typing(page, text))
  say("typing until map, list and histogram, median", Math.round(median(typed.map((t) => t.ms))), "ms")
  say("… at most", Math.round(Math.max(...typed.map((t) => t.ms))), "ms")
  for (const t of typed) if (t.seen !== "list marks timeline") console.log(`not all of the page changed: ${t.seen}`)
  await browser.close()
}

if (base) await main()
