// WCAG 2.2 AA on every view, as axe-core sees it: the page in light, dark and on
// a phone, in English and Arabic, with everything that opens; and what is read
// without a script.
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { added, list, open, phone, server, serving, settled, shot, signedIn } from "./page.mjs"

serving()

const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8")
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** Every violation on a page: its rule and where. */
async function violations(page) {
  await page.evaluate(axe)
  return page.evaluate(async (tags) => {
    const found = await axe.run(document, { runOnly: { type: "tag", values: tags } })
    // where a mark stands on the map is the matter itself: WCAG 2.5.8 excepts that from the size of targets
    const excepted = (v, n) => v.id === "target-size" && n.target.every((t) => /\.(mark|badge)\b/.test(t))
    return found.violations.flatMap((v) => v.nodes.filter((n) => !excepted(v, n)).map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary ?? ""}`))
  }, tags)
}

const sound = async (page, name) => {
  await shot(page, `access-${name}`)
  assert.deepEqual(await violations(page), [], name)
}

for (const [name, path, options] of [
  ["light", "/", {}],
  ["dark", "/", { colorScheme: "dark" }],
  ["arabic", "/?lang=ar", {}],
  ["more contrast", "/", { contrast: "more" }],
  ["phone", "/", phone],
  ["phone in arabic", "/?lang=ar", phone],
]) {
  test(`the map, ${name}`, async () => {
    const page = await open(path, options)
    await settled(page)
    await list(page).first().waitFor()
    await sound(page, name.replaceAll(" ", "-"))
  })
}

test("what opens: an incident, kinds, conditions, export, sign-in, adding", async () => {
  const page = await open()
  await settled(page)
  await list(page).first().click()
  await page.locator("#panel .claim, #panel h2").first().waitFor()
  await sound(page, "incident")
  await page.keyboard.press("Escape")
  for (const part of await page.locator("#sentence .part[aria-haspopup]").all()) {
    const id = await part.getAttribute("id")
    await part.click()
    await page.locator(".popover").waitFor()
    await sound(page, `sentence-${id}`)
    await page.keyboard.press("Escape")
  }
  for (const id of ["open-guide", "open-export", "open-session", "open-add"]) {
    await page.locator(`#${id}`).click()
    await page.locator(".popover, #panel:not([hidden])").first().waitFor()
    await sound(page, id)
    await page.keyboard.press("Escape")
  }
})

for (const [name, path, options] of [
  ["light", "/", {}],
  ["dark", "/", { colorScheme: "dark" }],
  ["high contrast", "/", { contrast: "more" }],
  ["high contrast, dark", "/", { contrast: "more", colorScheme: "dark" }],
  ["forced colours", "/", { forcedColors: "active" }],
  ["arabic", "/?lang=ar", {}],
  ["arabic, dark", "/?lang=ar", { colorScheme: "dark" }],
  ["tablet", "/", { viewport: { width: 820, height: 1180 } }],
  ["phone", "/", phone],
  ["phone in arabic, dark", "/?lang=ar", { ...phone, colorScheme: "dark" }],
]) {
  test(`what lies beside the map, ${name}: table, columns, share, views, export, map tools, key, every step of the tour`, async () => {
    const page = await open(path, options)
    await settled(page)
    await list(page).first().waitFor()
    const of = (what) => `${what}-${name}`.replaceAll(/\W+/g, "-")
    for (const id of ["open-share", "open-views", "open-export", "part-more", "map-tools", "open-guide"]) {
      await page.locator(`#${id}`).click()
      await page.locator(".popover").waitFor()
      await sound(page, of(id))
      await page.keyboard.press("Escape")
    }
    await page.locator("#open-guide").click()
    await page.locator("#start-tour").click()
    for (let k = 1; k <= 5; k++) {
      await page.waitForFunction(() => document.activeElement?.classList.contains("tour"))
      await sound(page, of(`tour-${k}`))
      await page.locator(".tour .primary").click()
    }
    await page.goto(`${server.url}${path}${path.includes("?") ? "&" : "?"}table=end,type,killed_best,place,status&list=all`)
    await page.locator("#table tbody tr").first().waitFor({ state: "attached" })
    await sound(page, of("table"))
    if (await page.locator("#table-columns").isVisible()) {
      await page.locator("#table-columns").click()
      await page.locator(".popover").waitFor()
      await sound(page, of("columns"))
    }
    await page.context().close()
  })
}

for (const [name, town, options] of [["light", "Kisumu", {}], ["dark", "Eldoret", { colorScheme: "dark" }], ["phone", "Thika", phone]]) {
  test(`an editor's work, ${name}: an incident whole, a graphic one, review, correction, a file`, async () => {
    const page = await signedIn("/", options)
    const report = (n) => ({ publisher: `${town} ${n} Gazette`, published: "2024-03-06", text: `A bus and a lorry collided in ${town} on Tuesday, killing ${n} people and injuring eleven, police said.` })
    const [one] = (await added(page, report("four"), "published")).incidents
    await added(page, { ...report("five"), text: `Five people died in ${town} when a bus and a lorry collided on Tuesday, the county said. Eleven were injured and taken to hospital.` }, "published")
    const [grim] = (await added(page, report("nine"), "published", { tags: ["graphic"] })).incidents
    const [draft] = (await added(page, report("two"))).incidents
    await page.goto(`${server.url}/incidents/${one.id}`)
    await page.locator(".candidate summary").first().click()
    await page.locator("#history summary").click()
    await page.locator("#history li").first().waitFor()
    await sound(page, `incident-whole-${name}`)
    await page.goto(`${server.url}/incidents/${grim.id}`)
    await page.locator("#panel .veiled").waitFor()
    await sound(page, `graphic-${name}`)
    await page.goto(`${server.url}/incidents/${draft.id}?pane=review`)
    await page.locator("#panel mark").first().waitFor()
    await sound(page, `review-${name}`)
    await page.goto(`${server.url}/incidents/${draft.id}?pane=edit`)
    await page.locator(".pick mark").first().waitFor()
    await sound(page, `correct-${name}`)
    await page.goto(`${server.url}/?pane=add`)
    await page.locator("#add-files").setInputFiles([{ name: "flood.txt", mimeType: "text/plain", buffer: Buffer.from("A flood killed six people in Kampala on Monday, officials said.") }])
    await page.locator("#add-save").waitFor()
    await sound(page, `file-${name}`)
    await page.context().close()
  })
}

test("what is read without a script", async () => {
  const page = await open("/collections/incidents/items?f=html")
  const id = (await (await page.request.get(server.url + "/collections/incidents/items?limit=1&f=json")).json()).features[0].id
  for (const path of ["/collections", "/collections/incidents/items?f=html", `/collections/incidents/items/${id}?f=html`, "/collections/incidents/queryables?f=html", `/incidents/${id}?f=html`, `/incidents/${id}?f=html&lang=ar`, "/methodology", "/api?f=html"]) {
    await page.goto(server.url + path)
    await sound(page, path.replaceAll(/\W+/g, "-"))
  }
})
