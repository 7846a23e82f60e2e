// Lighthouse's desktop preset on the page with the sample reports: the median of
// five runs of each score. `make lighthouse` runs it; it fails below the marks.
import { launch } from "chrome-launcher"
import lighthouse, { desktopConfig } from "lighthouse"
import { flags } from "../test/page.mjs"
import { serve } from "../test/server.mjs"

const runs = Number(process.env.RUNS ?? 5)
const least = { performance: 90, accessibility: 95, "best-practices": 95 }
const middle = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]

const server = await serve(process.env.DATELINE_BIN)
const browser = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: ["--headless=new", ...flags], logLevel: "error" })
const results = []
try {
  for (let k = 0; k < runs; k++) {
    const { lhr } = await lighthouse(server.url + "/", { port: browser.port, logLevel: "error", onlyCategories: Object.keys(least) }, desktopConfig)
    results.push(lhr)
  }
} finally {
  await browser.kill()
  await server.stop()
}

for (const [name, mark] of Object.entries(least)) {
  const scores = results.map((r) => Math.round(r.categories[name].score * 100))
  console.log(`${name}: ${middle(scores)} (${scores.join(", ")}; at least ${mark})`)
  if (middle(scores) < mark) process.exitCode = 1
}
for (const id of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"]) console.log(`${id}: ${Number(middle(results.map((r) => r.audits[id].numericValue)).toFixed(3))}`)
const last = results.at(-1)
for (const { auditRefs } of Object.values(last.categories)) {
  for (const { id, weight } of auditRefs) {
    const a = last.audits[id]
    if (weight > 0 && a.score !== null && a.score < 0.9) console.log(`  ${id}: ${a.score} ${a.title} ${(a.details?.items ?? []).slice(0, 4).map((i) => i.node?.selector ?? i.url ?? i.description ?? "").join(" | ")}`)
  }
}
