// Elements without markup: whatever a report or a person wrote reaches the page
// as text.

type Child = Node | string | null | undefined | false
type Props = Record<string, unknown>

function apply(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2), value as EventListener)
    else if (name === "class") element.setAttribute("class", String(value))
    else if (value === true) element.setAttribute(name, "")
    else element.setAttribute(name, String(value))
  }
}

/** An HTML element. Props that begin with "on" are listeners, the others attributes. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  apply(element, props)
  append(element, children)
  return element
}

/** An SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  apply(element, props)
  append(element, children)
  return element
}

function append(element: Element, children: Child[]): void {
  for (const child of children) if (child || child === "") element.append(child)
}

/** Puts other children into an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren()
  append(element, children)
}

/** The element with an id, which index.html has. */
export function el<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no element #${id}`)
  return found as T
}

let last = 0
/** A new id for labels and descriptions. */
export function uid(prefix: string): string {
  last += 1
  return `${prefix}-${last}`
}

/** Says a sentence to screen readers. */
export function announce(text: string): void {
  el("announce").textContent = text
}

/** Runs a function once calls have paused for some milliseconds. */
export function debounce<A extends unknown[]>(ms: number, run: (...args: A) => void): (...args: A) => void {
  let timer = 0
  return (...args) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => run(...args), ms)
  }
}

/** Arrow keys, Home and End go through rows of which one is in the order of Tab. */
export function rove(e: KeyboardEvent, rows: HTMLElement[]): void {
  const at = rows.indexOf(e.target as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[e.key]
  if (at < 0 || to === undefined) return
  e.preventDefault()
  const next = rows[Math.max(0, Math.min(rows.length - 1, to))]
  for (const r of rows) r.tabIndex = r === next ? 0 : -1
  next?.focus()
}

/** Runs steps in order, each in a task of its own so that the page can answer between them; called again, it begins anew. */
export function apart(...all: (() => void)[]): () => void {
  let timer = 0
  const from = (k: number): void => void (timer = window.setTimeout(() => {
    if (k + 1 < all.length) from(k + 1)
    all[k]?.()
  }))
  return () => { window.clearTimeout(timer); from(0) }
}

export const reducedMotion = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches
export const narrow = (): boolean => window.matchMedia("(max-width: 760px)").matches
