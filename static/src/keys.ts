// Letters that press a button of the sheet, shown on it. They go by the key's
// place on the keyboard, so that they hold in every script.
import { h } from "./dom.ts"

/** Gives a button its letter. */
export function keyed<B extends HTMLButtonElement>(button: B, letter: string): B {
  button.append(" ", h("kbd", { "aria-hidden": "true" }, letter))
  button.dataset["key"] = `Key${letter}`
  button.setAttribute("aria-keyshortcuts", letter)
  return button
}

/** Listens for the letters, outside of fields. */
export function startKeys(): void {
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.repeat || document.querySelector(".popover")) return
    if (e.target instanceof Element && e.target.closest("input, textarea, select, [contenteditable]")) return
    const button = document.querySelector<HTMLButtonElement>(`#panel [data-key="${e.code}"]:not(:disabled)`)
    if (!button) return
    e.preventDefault()
    button.click()
  })
}
