// Export and sharing of what is shown: its link, a frame for another page, a code to point a
// phone at, feed and data of the view; and views that are kept in this browser.
import { app } from "./app.ts"
import { announce, fill, h } from "./dom.ts"
import { field } from "./filters.ts"
import { t } from "./messages.ts"
import { closePopover } from "./popover.ts"
import { query, readState, writeState } from "./state.ts"

const here = (): string => location.origin + writeState({ ...app.state, view: { ...app.state.view, pane: "" } })

/** A text to copy, with its button. */
function copied(label: string, id: string, read: () => string, tall = false): HTMLElement & { update(): void } {
  const input = tall ? h("textarea", { id, readonly: true, rows: 4 }) : h("input", { id, type: "text", readonly: true })
  const button = h("button", { type: "button" }, t("export.copy"))
  button.addEventListener("click", () => {
    input.select()
    void navigator.clipboard?.writeText(input.value).then(() => { button.textContent = t("panel.copied"); announce(t("panel.copied")) })
  })
  const box = h("div", { class: "copy" }, field(label, input), button)
  const update = (): void => { input.value = read() }
  update()
  return Object.assign(box, { update })
}

/** Controls that a frame may have; the first part of each is its name in the address. */
const controls = ["sentence", "search", "legend", "timeline", "list"]

export function shareSheet(): Node {
  const chosen = new Set(["legend"])
  const source = (): string => location.origin + writeState({ ...app.state, incident: "", report: "", view: { ...app.state.view, pane: "", table: "", embed: [...chosen].join(",") } })
  const frame = copied(t("send.embed"), "share-embed", () => `<iframe src="${source().replaceAll("&", "&amp;")}" width="100%" height="520" style="border:0" loading="lazy" title="${document.title.replaceAll('"', "&quot;")}"></iframe>`, true)
  const boxes = controls.map((name) => {
    const input = h("input", { type: "checkbox", checked: chosen.has(name), value: name, onchange: () => { input.checked ? chosen.add(name) : chosen.delete(name); frame.update() } })
    return h("label", { class: "check" }, input, h("span", {}, t(`send.${name}`)))
  })
  const code = h("img", { class: "qr", alt: t("send.code"), width: 160, height: 160 })
  void import("uqr").then(({ renderSVG }) => { code.src = `data:image/svg+xml,${encodeURIComponent(renderSVG(here(), { border: 2 }))}` }, () => code.remove()) // only who shares needs it
  const data = (f: string, key: string): HTMLElement => h("a", { href: `/collections/incidents/items${query(app.state.filter, { f, limit: 100 })}` }, t(key))
  return h("div", { class: "picker form" }, copied(t("send.link"), "share-link", here),
    frame, h("fieldset", { class: "choice" }, h("legend", {}, t("send.controls")), ...boxes),
    h("div", { class: "buttons" }, data("georss", "send.feed"), data("json", "send.api"), h("a", { href: `/collections/incidents/tiles/WebMercatorQuad${query(app.state.filter, { f: "tilejson" })}` }, t("send.tiles"))), code)
}

/** Incidents in one file at most: the server's limit of a page. */
const cap = 10_000

/** Every format of the server's table, with the filter of the sentence. */
export function exportSheet(): Node {
  const filter = app.state.filter
  const { total } = app.data.counts
  const links = (collection: "incidents" | "areas"): HTMLElement => h("div", { class: "section" }, h("h3", {}, t(`export.${collection}`)),
    h("ul", { class: "plain formats" }, ...app.vocabulary.formats.map((f) => h("li", {}, h("a", {
      href: `/collections/${collection}/items${query(filter, { f: f.name, limit: cap })}`, download: `dateline-${collection}.${f.extension}`,
    }, f.label)))))
  return h("div", { class: "picker form" }, h("p", { class: "hint" }, t("export.hint", { n: total })), total > cap && h("p", { class: "hint" }, t("export.cap", { cap })),
    links("incidents"), links("areas"), copied(t("export.layer"), "export-layer", () => `${location.origin}/collections/incidents/items${query(filter, { limit: cap })}`))
}

const key = "dateline.views"
type View = { name: string; address: string }
function read(): View[] {
  try { return JSON.parse(localStorage.getItem(key) ?? "[]") as View[] } catch { return [] }
}
function write(all: View[]): void {
  try { localStorage.setItem(key, JSON.stringify(all)) } catch { /* a browser that keeps nothing */ }
}

/** Views that were kept, and a field to keep this one. */
export function viewsSheet(): Node {
  const list = h("ul", { class: "plain" })
  const draw = (): void => fill(list, ...read().map((v) => h("li", { class: "kept" },
    h("button", { type: "button", class: "quiet wide-button", onclick: () => { closePopover(); app.go(readState(new URL(v.address, location.href))) } }, v.name),
    h("button", { type: "button", class: "quiet small", "aria-label": t("views.drop", { name: v.name }), onclick: () => { write(read().filter((o) => o.name !== v.name)); draw() } }, t("action.remove")))))
  const name = h("input", { type: "text", required: true, maxlength: 80, id: "view-name" })
  const form = h("form", { class: "copy" }, field(t("views.name"), name, t("views.hint")), h("button", { type: "submit" }, t("action.save")))
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    write([...read().filter((v) => v.name !== name.value.trim()), { name: name.value.trim(), address: writeState(app.state) }])
    name.value = ""
    draw()
  })
  draw()
  return h("div", { class: "picker form" }, list, form)
}
