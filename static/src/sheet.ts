// On a phone the side is a sheet with three stops: the sentence and the
// timeline, half (the list), full. An open incident stands in a sheet over it.
import { el, narrow } from "./dom.ts"
import { t } from "./messages.ts"

const stops = ["peek", "half", "full"] as const
type Stop = (typeof stops)[number]
let stop: Stop = "peek"

export function startSheet(): void {
  const grip = el<HTMLButtonElement>("grip")
  set(window.innerHeight > 640 ? "half" : "peek")
  let from = 0
  let dragged = false
  grip.addEventListener("pointerdown", (e) => {
    from = e.clientY
    dragged = false
    grip.setPointerCapture(e.pointerId)
  })
  grip.addEventListener("pointermove", (e) => { if (grip.hasPointerCapture(e.pointerId) && Math.abs(e.clientY - from) > 12) dragged = true })
  grip.addEventListener("pointerup", (e) => {
    if (!dragged) return
    const by = e.clientY - from
    const jump = Math.abs(by) > window.innerHeight * 0.45 ? 2 : 1
    move(by < 0 ? jump : -jump)
  })
  grip.addEventListener("click", () => {
    if (dragged) return void (dragged = false)
    set(stops[(stops.indexOf(stop) + 1) % stops.length] ?? "peek")
  })
  grip.addEventListener("keydown", (e) => {
    if (e.key === "ArrowUp") move(1)
    else if (e.key === "ArrowDown") move(-1)
    else return
    e.preventDefault()
  })
}

const move = (by: number): void => set(stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(stop) + by))] ?? "peek")

function set(to: Stop): void {
  stop = to
  document.body.dataset["sheet"] = to
  const grip = el("grip")
  grip.setAttribute("aria-expanded", String(to !== "peek"))
  grip.setAttribute("aria-label", t(to === "full" ? "sheet.less" : "sheet.more"))
}

/** Takes the sheet down, so that the map can be seen. */
export const lowerSheet = (): void => { if (narrow()) set("peek") }
