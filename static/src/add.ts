// Adding a report: paste, preview, keep, then publish, correct or drop each draft.
import { Problem, sayError, write } from "./api.ts"
import { app } from "./app.ts"
import { load } from "./data.ts"
import { announce, el, fill, h } from "./dom.ts"
import { change, published } from "./edit.ts"
import { field } from "./filters.ts"
import { groupOf, swatch } from "./icons.ts"
import { show, showAll } from "./map.ts"
import { t } from "./messages.ts"
import { ReportText } from "./quotes.ts"
import type { Incident, ReportAnswer } from "./types.ts"
import { howNear, sites, title, tolls, whenShort, whereShort } from "./words.ts"

type Body = Record<"title" | "publisher" | "url" | "published" | "country" | "text", string>
const nothing: Body = { title: "", publisher: "", url: "", published: "", country: "", text: "" }

/** What was typed, kept while the sheet is closed. */
let typed: Body = { ...nothing }
/** The report whose drafts are being judged. */
let kept: ReportAnswer | undefined

/** The sheet; it draws itself anew from step to step. */
export function openAdd(): HTMLElement {
  const body = h("div", { class: "panel-body form" })
  if (kept) judging(body, kept)
  else writing(body)
  return body
}

function writing(body: HTMLElement): void {
  clearPreview()
  kept = undefined
  app.judged = []
  const text = h("textarea", { rows: 12, required: true, dir: "auto", id: "add-text" }, typed.text)
  const heading = h("input", { type: "text", value: typed.title, dir: "auto" })
  const publisher = h("input", { type: "text", value: typed.publisher, autocomplete: "organization" })
  const url = h("input", { type: "url", value: typed.url, placeholder: "https://" })
  const published = h("input", { type: "date", value: typed.published, id: "add-published" })
  const countries = Object.entries(app.vocabulary.countries).sort(([, a], [, b]) => a.localeCompare(b))
  const country = h("select", {}, h("option", { value: "" }, t("add.any")), ...countries.map(([code, name]) => h("option", { value: code, selected: code === typed.country }, name)))
  const error = h("p", { class: "error", role: "alert" })
  const submit = h("button", { type: "submit", class: "primary", disabled: !app.session.may_preview }, t("add.preview"))
  const form = h("form", { novalidate: true }, field(t("add.text"), text, t("add.textHint")), field(t("add.headline"), heading),
    h("div", { class: "pair" }, field(t("add.publisher"), publisher), field(t("add.published"), published)),
    h("p", { class: "hint" }, t("add.publishedHint")), field(t("add.url"), url), field(t("add.country"), country, t("add.countryHint")),
    error, h("div", { class: "buttons" }, submit))
  if (!app.session.may_preview) error.textContent = t("add.signInPreview")
  const read = (): void => {
    typed = { text: text.value, title: heading.value.trim(), publisher: publisher.value.trim(), url: url.value.trim(), published: published.value, country: country.value }
  }
  form.addEventListener("input", read)
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    read()
    if (!typed.text.trim()) {
      error.textContent = t("add.empty")
      return text.focus()
    }
    submit.disabled = true
    submit.textContent = t("add.reading")
    write<ReportAnswer>("POST", "/reports?preview", typed).then((answer) => previewing(body, answer), (problem) => {
      submit.disabled = false
      submit.textContent = t("add.preview")
      error.textContent = explain(problem)
    })
  })
  fill(body, h("p", { class: "hint" }, t("add.intro")), form)
}

function explain(problem: unknown): string {
  if (problem instanceof Problem && problem.fields.length) return problem.fields.map((f) => `${f.field}: ${f.reason}`).join("; ")
  return sayError(problem)
}

function clearPreview(): void {
  if (!app.preview.length) return
  app.preview = []
  app.tell("data")
}

function previewing(body: HTMLElement, answer: ReportAnswer): void {
  const drafts = answer.incidents ?? []
  const strong = drafts.filter((i) => !i.weak)
  app.preview = strong
  app.tell("data")
  showAll(strong)
  const said = strong.length ? t("add.found", { n: strong.length }) : t("add.foundNone")
  announce(said)
  const text = markedText(answer)
  const error = h("p", { class: "error", role: "alert" })
  const save = h("button", { type: "button", class: "primary", id: "add-save", disabled: !app.session.may_write }, t("add.save"))
  const back = h("button", { type: "button" }, t("add.change"))
  back.addEventListener("click", () => writing(body))
  save.addEventListener("click", () => {
    save.disabled = true
    write<ReportAnswer>("POST", "/reports", typed).then(async (answer) => {
      app.preview = []
      await load()
      typed = { ...nothing }
      judging(body, answer)
    }, (problem) => {
      save.disabled = false
      error.textContent = explain(problem)
    })
  })
  if (!app.session.may_write) error.textContent = t("add.signInFirst")
  el("panel").scrollTop = 0
  fill(body, h("p", { role: "status" }, said), ...notes(answer),
    ...byStrength(drafts, (i) => h("li", {}, draftRow(i, text))),
    error, h("div", { class: "buttons" }, save, back), h("h3", {}, t("add.marked")), text.node)
}

function notes(answer: ReportAnswer): HTMLElement[] {
  return answer.notes?.length ? [h("ul", { class: "notes" }, ...answer.notes.map((n) => h("li", {}, n)))] : []
}

/** The text with what was read from it: quotes of drafts, and place names. */
function markedText(answer: ReportAnswer): ReportText {
  const text = new ReportText()
  const quotes = (answer.incidents ?? []).flatMap((i) => (i.quotes ?? []).map((q) => ({ start: q.start, end: q.end, key: `${i.id}` })))
  const names = (answer.mentions ?? []).map((m) => ({ start: m.start, end: m.end, key: "mention" }))
  text.show(answer.report.text, [...quotes, ...names])
  return text
}

/** The drafts; those of which the reader is not sure stand folded below. */
function byStrength(drafts: Incident[], row: (i: Incident) => HTMLElement): HTMLElement[] {
  const list = (some: Incident[]): HTMLElement => h("ul", { class: "plain drafts" }, ...some.map(row))
  const weak = drafts.filter((i) => i.weak)
  const out = [list(drafts.filter((i) => !i.weak))]
  if (weak.length) out.push(h("details", {}, h("summary", {}, t("add.weak", { n: weak.length })), list(weak)))
  return out
}

function draftRow(i: Incident, text: ReportText): HTMLElement {
  const site = sites(i)[0]
  const sub = [whenShort(i), whereShort(i)].join(" · ")
  const row = h("button", { type: "button", class: "row" }, swatch(groupOf(i)), h("span", { class: "row-text" },
    h("span", { class: "row-title" }, title(i, app.vocabulary)), h("span", { class: "row-sub" }, sub),
    site && h("span", { class: "row-sub" }, howNear(site)), h("span", { class: "row-sub toll" }, tolls(i, app.vocabulary))))
  row.addEventListener("click", () => { show(i); text.point(i.id, true) })
  for (const event of ["mouseenter", "focus"]) row.addEventListener(event, () => { text.point(i.id, false); app.point(i.id) })
  row.addEventListener("mouseleave", () => { text.point("", false); app.point("") })
  return row
}

/** The drafts that were kept, each to be published, corrected or dropped. */
function judging(body: HTMLElement, answer: ReportAnswer): void {
  kept = answer
  const text = markedText(answer)
  const drafts = (answer.incidents ?? []).map((i) => app.incident(i.id) ?? i)
  app.judged = drafts.map((i) => i.id)
  const said = answer.existing ? t("add.existing") : t("add.kept", { n: drafts.length })
  announce(said)
  const why = h("input", { type: "text", value: t("edit.defaultWhy"), id: "judge-why" })
  const again = h("button", { type: "button" }, t("add.another"))
  again.addEventListener("click", () => writing(body))
  const done = h("button", { type: "button" }, t("add.done"))
  done.addEventListener("click", () => {
    kept = undefined
    app.judged = []
    app.go({ view: { pane: "" }, incident: "", report: answer.report.id })
  })
  el("panel").scrollTop = 0
  fill(body, h("p", { role: "status" }, said), ...notes(answer), field(t("edit.why"), why, t("edit.whyHint")),
    ...byStrength(drafts, (i) => judge(i, text, why)),
    h("div", { class: "buttons" }, again, done), h("h3", {}, t("add.marked")), text.node)
  document.querySelector<HTMLElement>("#panel h2")?.focus({ preventScroll: true })
}

function judge(first: Incident, text: ReportText, why: HTMLInputElement): HTMLElement {
  let i = first
  const item = h("li", { class: "judged", "data-draft": i.id })
  const draw = (error = ""): void => {
    const act = (label: string, status: string, cls: string): HTMLElement => {
      const button = h("button", { type: "button", class: cls }, label)
      button.addEventListener("click", () => {
        button.disabled = true
        change(i, why.value.trim() || t("edit.defaultWhy"), status === "published" ? published(i) : { status }).then((saved) => {
          i = { ...i, ...saved }
          announce(t(status === "published" ? "edit.published" : "edit.retracted"))
          draw()
        }, (problem) => draw(sayError(problem)))
      })
      return button
    }
    const correct = h("button", { type: "button" }, t("edit.open"))
    correct.addEventListener("click", () => app.go({ incident: i.id, report: "", view: { pane: "edit" } }))
    const open = i.status !== "published" && i.status !== "retracted"
    fill(item, draftRow(i, text), h("span", { class: `tag ${i.status}` }, t(`status.${i.status}`)),
      h("div", { class: "buttons" }, open && act(t("edit.publish"), "published", "primary"), i.status !== "retracted" && correct,
        i.status !== "retracted" && act(t("edit.drop"), "retracted", "")),
      error && h("p", { class: "error", role: "alert" }, error))
  }
  draw()
  return item
}
