// Correcting an incident: only the fields that changed are sent, with a reason
// and the revision that the change starts from.
import { get, Problem, sayError, write } from "./api.ts"
import { app } from "./app.ts"
import { announce, h, uid } from "./dom.ts"
import { ActorRows, TollRows } from "./editrows.ts"
import { know, load, unknow } from "./data.ts"
import { field } from "./filters.ts"
import { mayLeave, release, watch } from "./leave.ts"
import { t, word } from "./messages.ts"
import type { Picked } from "./pick.ts"
import { Picker } from "./pick.ts"
import { PlaceField } from "./placefield.ts"
import { opener } from "./popover.ts"
import { drawSketch } from "./sketch.ts"
import type { Feature, Incident, Revision, Site } from "./types.ts"

const address = (id: string): string => `/incidents/${encodeURIComponent(id)}`

/** Sends a change and loads what the map shows again. A conflict says what to do. */
export async function change(i: Incident, why: string, set: Record<string, unknown>): Promise<Incident> {
  try {
    const answer = await write<Feature>("PATCH", address(i.id), { base: i.revision, why, set })
    await changed(answer.properties)
    return answer.properties
  } catch (error) {
    if (error instanceof Problem && error.status === 409) throw new Error(t("error.conflict"))
    throw error
  }
}

/** Takes over what this page has changed, its place on the map too. */
export async function changed(now: Incident): Promise<void> {
  app.own.set(now.id, now.revision)
  app.known.set(now.id, now)
  unknow(now.id)
  await load()
  if (now.status !== "retracted") void know(now.id)
}

/** What publishing sets: a person's word lifts a weak draft over the reader's bar. */
export const published = (i: Incident): Record<string, unknown> => (i.weak ? { status: "published", weak: false } : { status: "published" })

/** The buttons of who is signed in: correct, publish, retract. */
export function editBar(i: Incident): HTMLElement | "" {
  if (!app.session.may_write) return ""
  const open = h("button", { type: "button", id: "edit-open", onclick: () => app.go({ view: { pane: "edit" } }) }, t("edit.open"))
  const buttons: HTMLElement[] = [open]
  if (i.status !== "published") buttons.unshift(asking(i, "publish", t(i.status === "retracted" ? "edit.restore" : "edit.publish"), published(i), "primary"))
  if (i.status !== "retracted") buttons.push(asking(i, "retract", t("edit.retract"), { status: "retracted" }))
  return h("div", { class: "edit-bar" }, ...buttons)
}

/** A button that asks for a reason first. */
function asking(i: Incident, name: "publish" | "retract", label: string, set: Record<string, unknown>, cls = ""): HTMLElement {
  return opener(`edit-${name}`, label, label, () => {
    const why = h("input", { type: "text", required: true, value: name === "publish" ? t("edit.defaultWhy") : "" })
    const error = h("p", { class: "error", role: "alert" })
    const form = h("form", { class: "picker form" }, h("p", {}, t(name === "publish" ? "edit.publishAsk" : "edit.retractAsk")), field(t("edit.why"), why), error, h("button", { type: "submit", class: "primary" }, label))
    form.addEventListener("submit", (e) => {
      e.preventDefault()
      change(i, why.value.trim(), set).then(() => {
        announce(t(name === "publish" ? "edit.published" : "edit.retracted"))
        document.querySelector<HTMLElement>(".popover .close")?.click()
        app.tell("session")
      }, (problem) => { error.textContent = sayError(problem) })
    })
    return form
  }, { class: cls })
}

/** The incident whole: pages leave out the coordinates of wide places, its last revision has them. */
async function whole(i: Incident): Promise<Incident> {
  const all = await get<Revision[]>(`${address(i.id)}/revisions`)
  const last = all.map((r) => r.incident).find((r) => r.revision === i.revision)
  return last ? { ...i, ...last } : i
}

const options = (all: string[], now: string | undefined, label: (code: string) => string): HTMLElement[] =>
  all.map((code) => h("option", { value: code, selected: code === now }, label(code)))

/** Checkboxes for what puts the reports behind a click; the other tags stay. */
function veils(i: Incident): { node: HTMLElement; value(): string[] } {
  const all = app.vocabulary.veiled_tags ?? []
  const boxes = all.map((tag) => h("input", { type: "checkbox", checked: i.tags?.includes(tag), name: tag }))
  const node = h("fieldset", {}, h("legend", {}, t("edit.veil")), ...boxes.map((box) => h("label", { class: "check" }, box, word("veiled", box.name))))
  return { node, value: () => [...(i.tags ?? []).filter((x) => !all.includes(x)), ...boxes.filter((b) => b.checked).map((b) => b.name)] }
}

/** The form that corrects an incident, below the words of its reports. */
export async function openEdit(shown: Incident): Promise<HTMLElement> {
  const i = await whole(shown)
  const v = app.vocabulary
  const heading = h("input", { type: "text", value: i.title ?? "" })
  const type = h("select", {}, ...v.groups.map((g) => h("optgroup", { label: g.label }, ...options(v.types.filter((x) => x.group === g.code).map((x) => x.code), i.type, (c) => v.types.find((x) => x.code === c)?.label ?? c))))
  const start = h("input", { type: "date", value: i.start ?? "" })
  const end = h("input", { type: "date", value: i.end ?? "" })
  const precision = h("select", {}, ...options(v.date_precisions, i.date_precision ?? "unknown", (c) => word("datePrecision", c)))
  const site = (i.places ?? []).findIndex((p) => p.role === "site")
  const empty: Site = { role: "site", place: "" }
  const place = new PlaceField(i.places?.[site] ?? empty)
  const tolls = new TollRows(i)
  const actors = new ActorRows(i)
  const veil = veils(i)
  const day = ({ when }: Picked): string => {
    if (!when) return t("pick.noDay")
    start.value = when.start ?? ""
    end.value = when.end ?? when.start ?? ""
    precision.value = when.date_precision ?? "day"
    return ""
  }
  const picker = new Picker(i, () => [
    { field: "/title", label: t("edit.fieldTitle"), inputs: [heading], take: ({ text }) => { heading.value = text; return "" } },
    { field: "/type", label: t("edit.type"), inputs: [type], take: () => "" },
    { field: "/start", label: t("panel.when"), inputs: [start, end, precision], take: day },
    { field: `/places/${site < 0 ? (i.places ?? []).length : site}/place`, label: t("edit.place"), inputs: place.inputs, take: ({ text }) => { place.suggest(text); return "" } },
    ...tolls.targets(), ...actors.targets()])
  const form = h("form", { class: "form", novalidate: true },
    field(t("edit.fieldTitle"), heading), field(t("edit.type"), type),
    h("div", { class: "pair" }, field(t("edit.start"), start), field(t("edit.end"), end)), field(t("edit.datePrecision"), precision),
    place.node, tolls.node, actors.node, veil.node)
  form.addEventListener("focusin", (e) => picker.follow(e.target))
  picker.follow(null)
  saving(form, i, () => ({
    title: heading.value.trim() || null, type: type.value, start: start.value || null, end: end.value || null,
    date_precision: precision.value === "unknown" && !i.date_precision ? null : precision.value,
    places: placed(i, site, place.value()), actors: actors.value(), ...tolls.value(), tags: veil.value(), quotes: actors.quotes(picker.quotes),
  }))
  return h("div", { class: "panel-body editing" }, picker.node, form)
}

/** Sends what changed in a form, with a reason; leaving it with changes asks. */
function saving(form: HTMLFormElement, i: Incident, values: () => Record<string, unknown>): void {
  const why = h("input", { type: "text", required: true })
  const error = h("p", { class: "error", role: "alert", id: uid("error") })
  const save = h("button", { type: "submit", class: "primary", id: "edit-save" }, t("action.save"))
  const before = values()
  const changed = (): Record<string, unknown> => Object.fromEntries(Object.entries(values()).filter(([k, x]) => JSON.stringify(x) !== JSON.stringify(before[k])))
  watch("edit", () => form.isConnected && Object.keys(changed()).length > 0)
  const leave = (): void => { drawSketch(); app.go({ view: { pane: app.reviewing(i.id) ? "review" : "" } }) }
  const cancel = h("button", { type: "button", onclick: () => { if (mayLeave()) leave() } }, t("action.cancel"))
  form.append(h("div", { class: "save-bar" }, field(t("edit.why"), why, t("edit.whyHint")), error, h("div", { class: "buttons" }, save, cancel)))
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    const set = changed()
    error.textContent = !Object.keys(set).length ? t("edit.nothing") : !why.value.trim() ? t("edit.whyNeeded") : ""
    if (!Object.keys(set).length) return
    if (!why.value.trim()) return why.focus()
    save.disabled = true
    change(i, why.value.trim(), set).then(() => { announce(t("edit.saved")); release("edit"); leave() }, (problem) => {
      save.disabled = false
      error.textContent = sayError(problem)
    })
  })
}

/** The incident's places with the one of index k replaced, or added where there was none. */
function placed(i: Incident, k: number, site: Site): Site[] {
  const all = [...(i.places ?? [])]
  if (k >= 0) all[k] = site
  else if (site.place) all.push(site)
  return all
}
