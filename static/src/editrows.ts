// The parts of the form that repeat: tolls by measure, and actors.
import { app } from "./app.ts"
import { h } from "./dom.ts"
import { field } from "./filters.ts"
import { t, word } from "./messages.ts"
import type { Target } from "./pick.ts"
import type { Actor, Incident, Quote } from "./types.ts"

const bounds = ["low", "best", "high"] as const

/** Low, best and high of each measure; empty is not stated. */
export class TollRows {
  readonly node: HTMLElement
  private inputs = new Map<string, HTMLInputElement>()

  constructor(i: Incident) {
    const rows = app.vocabulary.measures.map((m) => {
      const cells = bounds.map((b) => {
        const name = `${m}_${b}` as const
        const input = h("input", { type: "number", min: 0, step: 1, inputmode: "numeric", value: i[name] ?? "", "aria-label": `${word("measure", m)}, ${t(`edit.${b}`)}` })
        this.inputs.set(name, input)
        return h("td", {}, input)
      })
      return h("tr", {}, h("th", { scope: "row" }, word("measure", m)), ...cells)
    })
    const head = h("tr", {}, h("td", {}), ...bounds.map((b) => h("th", { scope: "col" }, t(`edit.${b}`))))
    this.node = h("fieldset", {}, h("legend", {}, t("edit.tolls")), h("p", { class: "hint" }, t("edit.tollHint")), h("table", { class: "toll-table" }, h("thead", {}, head), h("tbody", {}, ...rows)))
  }

  /** Each measure as what words are picked for. */
  targets(): Target[] {
    return app.vocabulary.measures.map((m) => ({
      field: `/${m}`, label: word("measure", m), inputs: (["best", "low", "high"] as const).flatMap((b) => this.inputs.get(`${m}_${b}`) ?? []),
      take: ({ number }) => {
        if (!number) return t("pick.noNumber")
        for (const b of bounds) {
          const input = this.inputs.get(`${m}_${b}`)
          if (input) input.value = String(number[b] ?? "")
        }
        return ""
      },
    }))
  }

  /** Every bound by its name; null is not stated. */
  value(): Record<string, number | null> {
    return Object.fromEntries([...this.inputs].map(([name, input]) => [name, input.value === "" ? null : Math.round(Number(input.value))]))
  }
}

/** The actors, each with a part and on whose word. */
export class ActorRows {
  readonly node: HTMLElement
  private list = h("div", {})
  private rows: { id: number; node: HTMLElement; name: HTMLInputElement; by: HTMLInputElement; read(): Actor }[] = []
  private made = 0

  constructor(i: Incident) {
    const add = h("button", { type: "button", onclick: () => this.add({ name: "", role: "perpetrator" }).querySelector("input")?.focus() }, t("edit.addActor"))
    this.node = h("fieldset", {}, h("legend", {}, t("edit.actors")), this.list, add)
    for (const a of i.actors ?? []) this.add(a)
  }

  private add(a: Actor): HTMLElement {
    const v = app.vocabulary
    const name = h("input", { type: "text", value: a.name })
    const roles = v.actor_roles ?? ["perpetrator", "target", "victim", "claimant"]
    const role = h("select", {}, ...roles.map((r) => h("option", { value: r, selected: r === a.role }, t(`role.${r}`))))
    const how = h("select", {}, h("option", { value: "" }, t("notStated")), ...v.attributions.filter((x) => x !== "unknown").map((x) => h("option", { value: x, selected: x === a.attribution }, word("attributionName", x))))
    const by = h("input", { type: "text", value: a.by ?? "" })
    const remove = h("button", { type: "button", class: "quiet" }, t("action.remove"))
    const node = h("div", { class: "actor-row" }, field(t("edit.actorName"), name),
      h("div", { class: "pair" }, field(t("edit.actorRole"), role), field(t("edit.actorAttribution"), how)), field(t("edit.actorBy"), by), remove)
    const read = (): Actor => {
      const out: Actor = { ...a, name: name.value.trim(), role: role.value }
      delete out.attribution
      delete out.by
      if (how.value) out.attribution = how.value
      if (by.value.trim()) out.by = by.value.trim()
      return out
    }
    const row = { id: this.made++, node, name, by, read }
    remove.addEventListener("click", () => {
      node.remove()
      this.rows = this.rows.filter((r) => r !== row)
    })
    this.rows.push(row)
    this.list.append(node)
    return node
  }

  /** Each actor, and who says so, as what words are picked for. */
  targets(): Target[] {
    const into = (field: string, label: string, input: HTMLInputElement): Target => ({ field, label, inputs: [input], take: ({ text }) => { input.value = text; return "" } })
    return this.rows.flatMap(({ id, name, by }, k) => {
      const who = `${t("edit.actors")} ${k + 1}`
      return [into(`/actors/${id}`, `${who}: ${t("edit.actorName")}`, name), into(`/actors/${id}/by`, `${who}: ${t("edit.actorBy")}`, by)]
    })
  }

  /** Quotes with the numbers that the actors have now; those of actors that were taken away are left out. */
  quotes(all: Quote[]): Quote[] {
    const kept = this.rows.filter((r) => r.read().name).map((r) => r.id)
    return all.flatMap((q) => {
      const [, id, rest] = /^\/actors\/(\d+)(.*)$/.exec(q.field) ?? []
      if (id === undefined) return [q]
      const k = kept.indexOf(Number(id))
      return k < 0 ? [] : [{ ...q, field: `/actors/${k}${rest}` }]
    })
  }

  value(): Actor[] {
    return this.rows.map((r) => r.read()).filter((a) => a.name)
  }
}
