// Who is signed in, and the buttons of the bar: add a report, export, sign in.
import { get, sayError, write } from "./api.ts"
import { app } from "./app.ts"
import { load } from "./data.ts"
import { announce, debounce, el, fill, h } from "./dom.ts"
import { field } from "./filters.ts"
import { language, languages, remember, t } from "./messages.ts"
import { exportSheet, shareSheet } from "./views.ts"
import { closePopover, opener } from "./popover.ts"
import { reviewButton } from "./review.ts"
import type { Session } from "./types.ts"

export async function loadSession(): Promise<void> {
  app.session = await get<Session>("/session")
}

export function startBar(): void {
  app.on("session", draw)
  app.on("data", debounce(400, () => { if (app.session.may_write) void reviewButton(el("to-review")) }))
  draw()
}

function draw(): void {
  const focused = document.activeElement?.id
  const add = h("button", { type: "button", id: "open-add", class: "primary", onclick: () => app.go({ incident: "", report: "", view: { pane: app.state.view.pane === "add" ? "" : "add" } }) }, t("action.add"))
  const out = opener("open-export", t("action.export"), t("export.title"), exportSheet, { wide: true })
  const share = opener("open-share", t("action.share"), t("send.title"), shareSheet, { wide: true })
  const { signed_in, name } = app.session
  const who = opener("open-session", signed_in ? (name ?? "") : t("action.signIn"), t("session.title"), signed_in ? signedIn : signIn, signed_in ? { title: t("session.as", { name: name ?? "" }) } : {})
  const tongue = h("select", { id: "language", "aria-label": t("language.label") }, ...languages.map((l) => h("option", { value: l.code, selected: l.code === language.code, lang: l.code }, l.name)))
  tongue.addEventListener("change", () => {
    remember(tongue.value)
    const there = new URL(location.href)
    there.searchParams.set("lang", tongue.value)
    location.assign(there)
  })
  fill(el("tongue"), share, tongue)
  const queue = h("span", { id: "to-review" })
  void reviewButton(queue)
  fill(el("actions"), (app.session.may_preview || signed_in) && add, queue, out, who)
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
}

async function changed(session: Session): Promise<void> {
  closePopover()
  app.session = session
  app.tell("session")
  await load()
}

function signIn(): Node {
  const token = h("input", { type: "password", autocomplete: "current-password", required: true, id: "token" })
  const error = h("p", { class: "error", role: "alert" })
  const form = h("form", { class: "picker form" }, field(t("session.token"), token, t("session.hint")), error, h("button", { type: "submit", class: "primary" }, t("action.signIn")))
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    write<Session>("POST", "/session", { token: token.value.trim() }).then((session) => {
      announce(t("session.as", { name: session.name ?? "" }))
      return changed(session)
    }, (problem) => { error.textContent = sayError(problem) })
  })
  return form
}

function signedIn(): Node {
  const error = h("p", { class: "error", role: "alert" })
  const out = h("button", { type: "button" }, t("action.signOut"))
  out.addEventListener("click", () => {
    write("DELETE", "/session").then(loadSession).then(() => changed(app.session)).catch((problem) => { error.textContent = sayError(problem) })
  })
  const queue = h("div", {})
  void reviewButton(queue)
  queue.addEventListener("click", () => closePopover())
  return h("div", { class: "picker form" }, h("p", {}, t("session.as", { name: app.session.name ?? "" })), queue, error, out)
}
