// Export: every format of the server's table, with the filter of the sentence.
import { app } from "./app.ts"
import { announce, h } from "./dom.ts"
import { field } from "./filters.ts"
import { t } from "./messages.ts"
import { query } from "./state.ts"

/** Incidents in one file at most: the server's limit of a page. */
const cap = 10_000

export function exportSheet(): Node {
  const filter = app.state.filter
  const { total } = app.data.counts
  const links = (collection: "incidents" | "areas"): HTMLElement => h("div", { class: "section" }, h("h3", {}, t(`export.${collection}`)),
    h("ul", { class: "plain formats" }, ...app.vocabulary.formats.map((f) => h("li", {}, h("a", {
      href: `/collections/${collection}/items${query(filter, { f: f.name, limit: cap })}`, download: `dateline-${collection}.${f.extension}`,
    }, f.label)))))
  const layer = h("input", { type: "text", readonly: true, value: `${location.origin}/collections/incidents/items${query(filter, { limit: cap })}` })
  const copy = h("button", { type: "button" }, t("export.copy"))
  copy.addEventListener("click", () => {
    layer.select()
    void navigator.clipboard?.writeText(layer.value).then(() => { copy.textContent = t("panel.copied"); announce(t("panel.copied")) })
  })
  return h("div", { class: "picker form" }, h("p", { class: "hint" }, t("export.hint", { n: total })),
    total > cap && h("p", { class: "hint" }, t("export.cap", { cap })), links("incidents"), links("areas"),
    h("div", { class: "copy" }, field(t("export.layer"), layer), copy))
}
