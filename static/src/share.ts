// An incident to take along: as a citation, as GeoJSON, as a link.
import { get, sayError } from "./api.ts"
import { announce, h } from "./dom.ts"
import { app } from "./app.ts"
import { t } from "./messages.ts"
import { addressOf } from "./reportpart.ts"
import type { Incident } from "./types.ts"
import { fullDay, title, when, whereShort } from "./words.ts"

const link = (i: Incident): string => `${location.origin}/incidents/${encodeURIComponent(i.id)}`

/** What, when and where, who published it, which revision, where to find it and the day it was looked up. */
export function citation(i: Incident, today: string): string {
  const sources = (i.reports ?? []).map((r) => [r.publisher || t("panel.unknownPublisher"), r.published && fullDay(r.published)].filter(Boolean).join(", "))
  const what = [title(i, app.vocabulary), when(i), whereShort(i)].join(", ")
  return [what, sources.join("; "), t("share.cited", { app: t("app.name"), n: String(i.revision ?? 1), day: fullDay(today) }), link(i)].filter(Boolean).map((x) => x.replace(/\.$/, "")).join(". ")
}

/** The buttons that copy an incident. */
export function shareLine(i: Incident): HTMLElement {
  const button = (name: string, make: () => Promise<string> | string): HTMLElement => {
    const b = h("button", { type: "button", class: "link", "data-copy": name }, t(`share.${name}`))
    b.addEventListener("click", () => void Promise.resolve(make()).then((text) => navigator.clipboard.writeText(text)).then(
      () => { announce(t("panel.copied")); b.textContent = t("panel.copied"); window.setTimeout(() => { b.textContent = t(`share.${name}`) }, 2000) },
      (error: unknown) => { b.textContent = sayError(error) || t("share.failed") }))
    return b
  }
  const feature = async (): Promise<string> => JSON.stringify(await get(addressOf("incidents", i.id, false)), null, 2)
  return h("p", { class: "share" }, t("share.copy"), " ", button("citation", () => citation(i, new Date().toISOString().slice(0, 10))), " ",
    button("geojson", feature), " ", button("link", () => link(i)))
}
