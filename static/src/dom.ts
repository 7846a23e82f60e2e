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

export const reducedMotion = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches
export const narrow = (): boolean => window.matchMedia("(max-width: 760px)").matches
