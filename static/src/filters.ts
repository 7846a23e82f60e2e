// The small sheets behind the parts of the sentence. What can be asked comes
// from the server's table of fields.
import { app } from "./app.ts"
import { fill, h, uid } from "./dom.ts"
import { swatch } from "./icons.ts"
import { language, number, t } from "./messages.ts"
import { viewBox } from "./map.ts"
import { closePopover } from "./popover.ts"
import type { Filter } from "./state.ts"
import { days, values, withDays, withValues, without } from "./state.ts"
import type { Field } from "./types.ts"
import { capital, fieldName, valueName } from "./words.ts"

const set = (filter: Filter): void => app.go({ filter, view: { list: "view" } })

function check(label: Node | string, checked: boolean, count: number | undefined, change: (on: boolean) => void): HTMLLabelElement {
  const box = h("input", { type: "checkbox", checked, onchange: () => change(box.checked) })
  return h("label", { class: "check" }, box, h("span", { class: "check-label" }, label), count !== undefined && h("span", { class: "n" }, number(count)))
}

/** Types by group; a group's box stands for all of its types. */
export function typePicker(): Node {
  const box = h("div", { class: "picker" })
  const draw = (): void => {
    const f = app.state.filter
    const groups = values(f, "group"), types = values(f, "type")
    const by = app.data.anyType.by_type ?? {}
    const sections = app.vocabulary.groups.map((g) => {
      const own = app.vocabulary.types.filter((x) => x.group === g.code)
      const sum = own.reduce((n, x) => n + (by[x.code] ?? 0), 0)
      const whole = groups.includes(g.code) || (types.length > 0 && own.every((x) => types.includes(x.code)))
      const head = check(h("span", { class: "with-swatch" }, swatch(g), g.label), whole, sum, () => {
        toggleGroup(g.code)
        draw()
      })
      head.classList.add("head")
      const rows = own.filter((x) => by[x.code] || types.includes(x.code)).map((x) =>
        check(x.label, groups.includes(g.code) || types.includes(x.code), by[x.code] ?? 0, (on) => {
          set(oneType(f, x.code, own.map((o) => o.code), g.code, on))
          draw()
        }))
      return h("div", { class: "section" }, head, ...rows)
    })
    fill(box, clear(t("sentence.allTypes"), () => set(without(f, "type", "group"))), ...sections)
  }
  draw()
  return box
}

/** The filter with one type on or off. Type and group narrow each other on the server, so a group among them is spelled out. */
function oneType(f: Filter, code: string, own: string[], group: string, on: boolean): Filter {
  const groups = values(f, "group")
  const spelled = groups.flatMap((g) => app.vocabulary.types.filter((x) => x.group === g).map((x) => x.code))
  const base = groups.includes(group) && !on ? own : []
  return withValues(without(f, "group"), "type", toggle([...new Set([...values(f, "type"), ...spelled, ...base])], code, on))
}

const toggle = (all: string[], one: string, on: boolean): string[] => (on ? [...new Set([...all, one])] : all.filter((x) => x !== one))

/** Turns a group on or off. Where single types are chosen, all of its types. */
export function toggleGroup(code: string): void {
  const f = app.state.filter
  const own = app.vocabulary.types.filter((x) => x.group === code).map((x) => x.code)
  const types = values(f, "type")
  const groups = values(f, "group")
  if (types.length) {
    const on = own.every((c) => types.includes(c))
    set(withValues(without(f, "group"), "type", on ? types.filter((c) => !own.includes(c)) : [...new Set([...types, ...own])]))
  } else set(withValues(f, "group", toggle(groups, code, !groups.includes(code))))
}

const clear = (text: string, run: () => void): HTMLElement => h("button", { type: "button", class: "quiet wide-button", onclick: () => { closePopover(); run() } }, text)

/** Countries that have incidents, most first, and the part of the map that is shown. */
export function countryPicker(): Node {
  const box = h("div", { class: "picker" })
  const rows = h("div", {})
  const search = h("input", { type: "search", placeholder: t("filter.findCountry"), "aria-label": t("filter.findCountry") })
  const draw = (): void => {
    const f = app.state.filter
    const chosen = values(f, "country")
    const by = app.data.counts.by_country ?? {}
    const wanted = search.value.trim().toLocaleLowerCase()
    const all = Object.entries(app.vocabulary.countries)
      .filter(([code, name]) => (wanted ? name.toLocaleLowerCase().includes(wanted) : by[code] || chosen.includes(code)))
      .sort(([a, x], [b, y]) => (by[b] ?? 0) - (by[a] ?? 0) || x.localeCompare(y)).slice(0, 60)
    fill(rows, ...all.map(([code, name]) => check(name, chosen.includes(code), by[code], (on) => {
      set(withValues(app.state.filter, "country", toggle(values(app.state.filter, "country"), code, on)))
      draw()
    })))
  }
  search.addEventListener("input", draw)
  const boxed = app.state.filter["bbox"]
  const area = h("button", { type: "button", class: "quiet wide-button" }, boxed ? t("filter.dropMap") : t("filter.useMap"))
  area.addEventListener("click", () => {
    closePopover()
    const around = viewBox()
    set(boxed || !around ? without(app.state.filter, "bbox") : { ...app.state.filter, bbox: around })
  })
  fill(box, clear(t("filter.anywhere"), () => set(without(app.state.filter, "country", "bbox", "within"))), area, search, rows)
  draw()
  return box
}

export function dayPicker(): Node {
  const { from, to } = days(app.state.filter)
  const first = h("input", { type: "date", value: from, id: uid("from") })
  const last = h("input", { type: "date", value: to, id: uid("to") })
  const form = h("form", { class: "picker form" },
    clear(t("sentence.anyDay"), () => set(without(app.state.filter, "datetime"))),
    h("div", { class: "pair" }, field(t("filter.from"), first), field(t("filter.to"), last)),
    h("button", { type: "submit", class: "primary" }, t("action.apply")))
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    const [a, b] = first.value && last.value && first.value > last.value ? [last.value, first.value] : [first.value, last.value]
    closePopover()
    set(withDays(app.state.filter, a, b))
  })
  return form
}

/** A label over an input. */
export function field(label: string, input: HTMLElement, hint = ""): HTMLElement {
  input.id ||= uid("field")
  const note = hint && h("span", { class: "hint", id: uid("hint") }, hint)
  if (note) input.setAttribute("aria-describedby", note.id)
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input, note)
}

/** Fields that the sheet "more conditions" offers: those that the rest of the sentence does not. */
function offered(): Field[] {
  const elsewhere = new Set(["type", "group", "country", "id"])
  return app.vocabulary.fields.filter((f) => f.filterable && !elsewhere.has(f.name))
}

export function conditionPicker(): Node {
  const inputs = h("div", {})
  const select = h("select", {}, h("option", { value: "" }, t("filter.chooseField")), ...offered().map((f) => h("option", { value: f.name }, fieldName(f.name))))
  const form = h("form", { class: "picker form" }, field(t("filter.field"), select), inputs, h("button", { type: "submit", class: "primary" }, t("action.apply")))
  let read = (): string => ""
  select.addEventListener("change", () => {
    const f = offered().find((x) => x.name === select.value)
    inputs.replaceChildren()
    if (f) read = valueInputs(f, inputs)
  })
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    const value = read()
    if (!select.value || !value) return
    closePopover()
    set({ ...app.state.filter, [select.value]: value })
  })
  return form
}

/** Puts the inputs of a field's kind into a box; the function given back reads them in the server's grammar. */
function valueInputs(f: Field, box: HTMLElement): () => string {
  if (language.code === "en") box.append(h("p", { class: "hint" }, capital(f.doc))) // the server says it in English alone
  if (f.kind === "enum" && f.enum) {
    const chosen = new Set(values(app.state.filter, f.name))
    box.append(...f.enum.map((v) => check(capital(valueName(f.name, v)), chosen.has(v), undefined, (on) => void (on ? chosen.add(v) : chosen.delete(v)))))
    return () => [...chosen].join(",")
  }
  if (f.kind === "int" || f.kind === "number") {
    const low = h("input", { type: "number", step: f.kind === "int" ? 1 : "any" }), high = h("input", { type: "number", step: f.kind === "int" ? 1 : "any" })
    box.append(h("div", { class: "pair" }, field(t("filter.atLeast"), low), field(t("filter.atMost"), high)))
    return () => (low.value || high.value ? `${low.value}..${high.value}` : "")
  }
  if (f.kind === "bool") {
    const select = h("select", {}, h("option", { value: "true" }, t("filter.yes")), h("option", { value: "false" }, t("filter.no")))
    box.append(field(t("filter.value"), select))
    return () => select.value
  }
  const input = h("input", { type: "text" })
  box.append(field(t("filter.value"), input))
  return () => withValues({}, f.name, [input.value.trim()].filter(Boolean))[f.name] ?? ""
}

/** Conditions that are set, in words. */
export function conditions(filter: Filter): { name: string; text: string }[] {
  return Object.entries(filter).map(([name, value]) => {
    const f = app.vocabulary.fields.find((x) => x.name === name)
    const of = fieldName(name)
    if ((f?.kind === "int" || f?.kind === "number") && value.includes("..")) {
      const [low = "", high = ""] = value.split("..")
      const key = low && high ? "between" : low ? "from" : "to"
      return { name, text: t(`filter.name.${key}`, { field: of, low, high }) }
    }
    const said = f?.kind === "bool" ? t(value === "true" ? "filter.yes" : "filter.no").toLocaleLowerCase() : values(filter, name).map((v) => valueName(name, v)).join(", ")
    return { name, text: t("filter.name.is", { field: of, value: said }) }
  })
}
