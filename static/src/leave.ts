// Work that is not saved yet: leaving it asks first.
import { t } from "./messages.ts"

const work = new Map<string, { unsaved: () => boolean; stays: boolean }>()

/** Watches over some work until its name is released. What stays is kept while the page is open, so that only leaving the page asks. */
export const watch = (name: string, unsaved: () => boolean, stays = false): void => void work.set(name, { unsaved, stays })
export const release = (name: string): void => void work.delete(name)

/** Whether what is open may be left: asks where it would be lost. */
export function mayLeave(): boolean {
  const lost = [...work].filter(([, w]) => !w.stays && w.unsaved()).map(([name]) => name)
  if (lost.length && !window.confirm(t("leave.ask"))) return false
  lost.forEach(release)
  return true
}

if (typeof window !== "undefined") window.addEventListener("beforeunload", (e) => { if ([...work.values()].some((w) => w.unsaved())) e.preventDefault() })
