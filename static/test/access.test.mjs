// WCAG 2.2 AA on every view, as axe-core sees it: the page in light, dark and on
// a phone, in English and Arabic, with everything that opens; and what is read
// without a script.
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { list, open, phone, server, serving, settled, shot } from "./page.mjs"

serving()

const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8")
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** Every violation on a page: its rule and where. */
async function violations(page) {
  await page.evaluate(axe)
  return page.evaluate(async (tags) => {
    const found = await axe.run(document, { runOnly: { type: "tag", values: tags } })
    // where a mark stands on the map is the matter itself: WCAG 2.5.8 excepts that from the size of targets
    const excepted = (v, n) => v.id === "target-size" && n.target.every((t) => /^\.(mark|badge)/.test(t))
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
  for (const id of ["open-export", "open-session", "open-add"]) {
    await page.locator(`#${id}`).click()
    await page.locator(".popover, #panel:not([hidden])").first().waitFor()
    await sound(page, id)
    await page.keyboard.press("Escape")
  }
})

test("what is read without a script", async () => {
  const page = await open("/collections/incidents/items?f=html")
  const id = (await (await page.request.get(server.url + "/collections/incidents/items?limit=1&f=json")).json()).features[0].id
  for (const path of ["/collections", "/collections/incidents/items?f=html", `/collections/incidents/items/${id}?f=html`, "/collections/incidents/queryables?f=html", `/incidents/${id}?f=html`, `/incidents/${id}?f=html&lang=ar`, "/methodology", "/api?f=html"]) {
    await page.goto(server.url + path)
    await sound(page, path.replaceAll(/\W+/g, "-"))
  }
})
