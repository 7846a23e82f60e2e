// The corners of the map in the page's direction.
import type { ControlPosition } from "leaflet"
import { language } from "./messages.ts"

/** A corner for a language that is read from left to right, mirrored for the others. */
export function corner(position: ControlPosition): ControlPosition {
  if (!language.rtl) return position
  return (position.endsWith("right") ? position.replace("right", "left") : position.replace("left", "right")) as ControlPosition
}
