// A small sheet that opens beside a button. Esc or a press elsewhere closes it;
// focus goes back to the button.
import { h, narrow } from "./dom.ts"
import { t } from "./messages.ts"

/** A button that opens a popover. */
export function opener(id: string, text: string, title: string, content: (button: HTMLElement) => Node, more: { class?: string; title?: string; wide?: boolean } = {}): HTMLButtonElement {
  const button = h("button", { type: "button", id, class: more.class, title: more.title, "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => popover(button, title, content(button), more.wide) }, text)
  return button
}

let open: { close(back: boolean): void } | undefined

/** Closes the open popover; tells whether there was one. */
export function closePopover(back = true): boolean {
  if (!open) return false
  open.close(back)
  return true
}

/** Opens a popover beside a button; a second call with the same button closes it. */
export function popover(button: HTMLElement, label: string, content: Node, wide = false): void {
  const again = button.getAttribute("aria-expanded") === "true"
  closePopover(again)
  if (again) return
  const close = h("button", { type: "button", class: "quiet close", "aria-label": t("action.close"), onclick: () => closePopover() }, "✕")
  const sheet = h("div", { class: wide ? "popover wide" : "popover", role: "dialog", "aria-label": label }, h("div", { class: "popover-head" }, h("h2", {}, label), close), content)
  document.body.append(sheet)
  button.setAttribute("aria-expanded", "true")
  const place = (): void => position(sheet, button)
  const outside = (e: Event): void => {
    if (e.target instanceof Node && e.target.isConnected && !sheet.contains(e.target) && !button.contains(e.target)) closePopover(false)
  }
  const keys = (e: KeyboardEvent): void => {
    if (e.key === "Escape") {
      e.stopPropagation()
      closePopover()
    } else if (e.key === "Tab") keepInside(e, sheet)
  }
  document.addEventListener("pointerdown", outside, true)
  sheet.addEventListener("keydown", keys)
  window.addEventListener("resize", place)
  open = {
    close: (back) => {
      open = undefined
      document.removeEventListener("pointerdown", outside, true)
      window.removeEventListener("resize", place)
      sheet.remove()
      button.setAttribute("aria-expanded", "false")
      if (back) (button.isConnected ? button : document.getElementById(button.id))?.focus()
    },
  }
  place()
  const first = sheet.querySelector<HTMLElement>("input, select, textarea, .popover-head ~ * button, .popover-head ~ * a")
  ;(first ?? close).focus({ preventScroll: true })
}

function position(sheet: HTMLElement, button: HTMLElement): void {
  if (narrow() || !button.isConnected) return
  const b = button.getBoundingClientRect()
  const left = Math.max(8, Math.min(b.left, window.innerWidth - sheet.offsetWidth - 8))
  const below = window.innerHeight - b.bottom - 16
  sheet.style.left = `${left}px`
  sheet.style.top = `${b.bottom + 6}px`
  sheet.style.maxHeight = `${Math.max(240, below)}px`
}

/** Tab goes round within the sheet. */
function keepInside(e: KeyboardEvent, sheet: HTMLElement): void {
  const all = [...sheet.querySelectorAll<HTMLElement>("button, input, select, textarea, a[href]")].filter((x) => x.offsetParent !== null && !x.hasAttribute("disabled"))
  const first = all[0], last = all.at(-1)
  const [edge, other] = e.shiftKey ? [first, last] : [last, first]
  if (document.activeElement !== edge) return
  e.preventDefault()
  other?.focus()
}
