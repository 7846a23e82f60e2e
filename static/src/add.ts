// Adding reports: paste one or drop files, see what is read, keep what was seen,
// then review the drafts.
import { sayError, write } from "./api.ts"
import { app } from "./app.ts"
import { load } from "./data.ts"
import { announce, el, fill, h } from "./dom.ts"
import { field } from "./filters.ts"
import { dropZone, readFile } from "./files.ts"
import { groupOf, swatch } from "./icons.ts"
import { keyed } from "./keys.ts"
import { watch } from "./leave.ts"
import { show, showAll } from "./map.ts"
import { number, t } from "./messages.ts"
import { ReportText } from "./quotes.ts"
import { review } from "./review.ts"
import type { Body, Incident, ReportAnswer } from "./types.ts"
import { fullDay, howNear, sites, title, tolls, whenShort, whereShort } from "./words.ts"

const nothing: Body = { title: "", author: "", publisher: "", url: "", published: "", country: "", text: "" }

/** What was typed, kept while the sheet is closed. */
let typed: Body = { ...nothing }
/** Files that wait to be seen, the one that is seen first; and how many there were. */
let waiting: File[] = []
let many = 0
/** Drafts that were kept of them, to be reviewed. */
let kept: Incident[] = []

watch("add", () => Boolean(typed.text.trim()) || waiting.length > 0, true)

/** The sheet; it draws itself anew from step to step. */
export function openAdd(): HTMLElement {
  const body = h("div", { class: "panel-body form" })
  ;(waiting.length ? nextFile : writing)(body)
  return body
}

function writing(body: HTMLElement, said = ""): void {
  preview([])
  const text = h("textarea", { rows: 12, required: true, dir: "auto", id: "add-text" }, typed.text)
  const heading = h("input", { type: "text", value: typed.title, dir: "auto" })
  const publisher = h("input", { type: "text", value: typed.publisher, autocomplete: "organization" })
  const url = h("input", { type: "url", value: typed.url, placeholder: "https://" })
  const published = h("input", { type: "date", value: typed.published, id: "add-published" })
  const countries = Object.entries(app.vocabulary.countries).sort(([, a], [, b]) => a.localeCompare(b))
  const country = h("select", {}, h("option", { value: "" }, t("add.any")), ...countries.map(([code, name]) => h("option", { value: code, selected: code === typed.country }, name)))
  const error = h("p", { class: "error", role: "alert" }, said)
  const submit = h("button", { type: "submit", class: "primary", disabled: !app.session.may_preview }, t("add.preview"))
  const read = (): void => {
    typed = { ...typed, text: text.value, title: heading.value.trim(), publisher: publisher.value.trim(), url: url.value.trim(), published: published.value, country: country.value }
  }
  const files = dropZone(body, (all) => {
    read()
    waiting = all
    many = all.length
    kept = []
    nextFile(body)
  })
  const form = h("form", { novalidate: true }, field(t("add.text"), text, t("add.textHint")), many > 1 && waiting.length ? "" : files, field(t("add.headline"), heading),
    h("div", { class: "pair" }, field(t("add.publisher"), publisher), field(t("add.published"), published)),
    h("p", { class: "hint" }, t("add.publishedHint")), field(t("add.url"), url), field(t("add.country"), country, t("add.countryHint")),
    error, h("div", { class: "buttons" }, submit))
  if (!app.session.may_preview) error.textContent = t("add.signInPreview")
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
      error.textContent = sayError(problem)
    })
  })
  fill(body, h("p", { class: "hint" }, t("add.intro")), form)
}

/** Reads the file that waits first and shows it; what can't be read says why and is passed over by the person. */
function nextFile(body: HTMLElement): void {
  const now = waiting[0]
  if (!now) return finish(body)
  fill(body, progress(), h("p", { role: "status" }, t("add.reading")))
  readFile(now, typed).then((answer) => {
    const r = answer.report
    typed = { ...nothing, text: r.text, title: r.title ?? "", author: r.author ?? "", publisher: r.publisher ?? "", url: r.url ?? "", published: r.published ?? "", country: r.country ?? "" }
    previewing(body, answer)
  }, (problem) => fill(body, progress(), h("p", { class: "error", role: "alert" }, sayError(problem)), h("div", { class: "buttons" }, passOver(body))))
}

function progress(): HTMLElement | "" {
  if (!waiting.length) return ""
  const at = many - waiting.length + 1
  return h("div", { class: "progress" }, h("p", {}, t("files.at", { at: number(at), of: number(many), name: waiting[0]?.name ?? "" })),
    h("progress", { max: many, value: at - 1, "aria-label": t("files.label") }))
}

/** Goes on to the next file, or ends. */
function advance(body: HTMLElement, drafts: Incident[]): void {
  kept = [...kept, ...drafts]
  const { publisher, published, country } = typed
  typed = { ...nothing, ...(waiting.length > 1 ? { publisher, published, country } : {}) }
  waiting = waiting.slice(1)
  nextFile(body)
}

const passOver = (body: HTMLElement): HTMLElement => keyed(h("button", { type: "button", id: "add-skip", onclick: () => advance(body, []) }, t("files.skip")), "X")

/** All files were seen: the drafts that were kept are reviewed. */
function finish(body: HTMLElement): void {
  preview([])
  typed = { ...nothing }
  const strong = kept.filter((i) => !i.weak)
  kept = []
  if (strong.length) return void review(strong)
  writing(body, t("add.keptNone"))
}

/** Draws drafts that are not kept, in place of those before. */
function preview(drafts: Incident[]): void {
  if (!app.preview.length && !drafts.length) return
  app.preview = drafts
  app.tell("drawn")
}

function previewing(body: HTMLElement, answer: ReportAnswer): void {
  const drafts = answer.incidents ?? []
  const strong = drafts.filter((i) => !i.weak)
  preview(strong)
  showAll(strong)
  const said = strong.length ? t("add.found", { n: strong.length }) : t("add.foundNone")
  announce(said)
  const text = markedText(answer)
  const error = h("p", { class: "error", role: "alert" })
  const save = keyed(h("button", { type: "button", class: "primary", id: "add-save", disabled: !app.session.may_write }, t("add.save")), "A")
  const back = keyed(h("button", { type: "button" }, t("add.change")), "E")
  back.addEventListener("click", () => writing(body))
  save.addEventListener("click", () => {
    save.disabled = true
    write<ReportAnswer>("POST", "/reports", typed).then(async (answer) => {
      preview([])
      await load()
      announce(answer.existing ? t("add.existing") : t("add.kept", { n: answer.incidents?.length ?? 0 }))
      advance(body, answer.incidents ?? [])
    }, (problem) => {
      save.disabled = false
      error.textContent = sayError(problem)
    })
  })
  if (!app.session.may_write) error.textContent = t("add.signInFirst")
  el("panel").scrollTop = 0
  const { report: r, notes = [] } = answer // a day that is missing is seen before it is kept
  fill(body, progress(), h("p", { role: "status" }, said), answer.existing && h("p", { class: "hint" }, t("add.existing")),
    h("p", { class: "source" }, [r.title, r.author, r.publisher || t("panel.unknownPublisher"), r.published ? fullDay(r.published) : t("add.noDay")].filter(Boolean).join(" · ")),
    notes.length > 0 && h("ul", { class: "notes" }, ...notes.map((n) => h("li", {}, n))),
    ...byStrength(drafts, (i) => h("li", {}, draftRow(i, text))), h("h3", {}, t("add.marked")), text.node,
    h("div", { class: "save-bar" }, error, h("div", { class: "buttons" }, save, waiting.length > 0 && passOver(body), back)))
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
  if (weak.length) out.push(h("details", { open: true }, h("summary", {}, t("add.weak", { n: weak.length })), list(weak)))
  return out
}

function draftRow(i: Incident, text: ReportText): HTMLElement {
  const site = sites(i)[0]
  const row = h("button", { type: "button", class: "row" }, swatch(groupOf(i)), h("span", { class: "row-text" },
    h("span", { class: "row-title" }, title(i, app.vocabulary)), h("span", { class: "row-sub" }, [whenShort(i), whereShort(i)].join(" · ")),
    site && h("span", { class: "row-sub" }, howNear(site)), h("span", { class: "row-sub toll" }, tolls(i, app.vocabulary))))
  row.addEventListener("click", () => { show(i); text.point(i.id, true) })
  for (const event of ["mouseenter", "focus"]) row.addEventListener(event, () => { text.point(i.id, false); app.point(i.id) })
  row.addEventListener("mouseleave", () => { text.point("", false); app.point("") })
  return row
}
