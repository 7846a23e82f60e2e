// The history of an incident: who changed what, when and why.
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { fill, h } from "./dom.ts"
import { locale, t } from "./messages.ts"
import type { Claim, Incident, Revision } from "./types.ts"
import { claimWords, fieldName } from "./words.ts"

/** What changes by itself, or is told by another field. */
const quiet = new Set(["revision", "updated", "created", "edited", "quotes", "confidence", "group", "place", "place_id", "geonameid", "locative", "lat", "lon", "radius_m", "precision", "admin1", "country", "status"])

/** A value of the flat incident in few words. */
function words(value: unknown): string {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length)) return t("notStated")
  if (Array.isArray(value)) return value.map(words).join("; ")
  if (typeof value !== "object") return String(value)
  const o = value as Record<string, unknown>
  if ("measure" in o) return claimWords(o as unknown as Claim)
  return [o["place"] ?? o["name"] ?? o["publisher"] ?? o["id"], o["role"] && o["role"] !== "site" ? o["role"] : "", o["by"]].filter(Boolean).join(", ")
}

/** What a revision changed: field, before, after. */
export function changes(before: Incident | undefined, after: Incident): [string, string, string][] {
  if (!before) return []
  const a = before as unknown as Record<string, unknown>, b = after as unknown as Record<string, unknown>
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((k) => !quiet.has(k) && JSON.stringify(a[k]) !== JSON.stringify(b[k])).map((k) => [k, words(a[k]), words(b[k])])
}

/** The history, read when it is opened; only for who is signed in. */
export function history(i: Incident): HTMLElement | "" {
  if (!app.session.may_write) return ""
  const list = h("ol", { class: "revisions plain", reversed: true })
  const box = h("details", { id: "history" }, h("summary", {}, t("history.title", { n: i.revision ?? 1 })), list)
  const at = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" })
  const row = (r: Revision, before: Incident | undefined): HTMLElement => h("li", {},
    h("div", { class: "revision-head" }, h("span", {}, t("edit.revision", { n: String(r.incident.revision ?? ""), who: r.by, at: at.format(new Date(r.at)), why: r.why })),
      h("span", { class: `tag ${r.incident.status}` }, t(`status.${r.incident.status}`))),
    h("ul", { class: "changes" }, ...changes(before, r.incident).map(([field, from, to]) => h("li", { dir: "auto" }, t("history.change", { field: fieldName(field), from, to })))))
  box.addEventListener("toggle", () => {
    if (!box.open || list.children.length) return
    get<Revision[]>(`/incidents/${encodeURIComponent(i.id)}/revisions`).then((all) => fill(list, ...all.map((r, k) => row(r, all[k - 1]?.incident)).reverse()),
      (error: unknown) => fill(list, h("li", { class: "error" }, sayError(error))))
  })
  return box
}
