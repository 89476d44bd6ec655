// What the page on screen can do, for the palette: pages say it while they are shown.
import { useEffect, useRef } from 'react'

export interface Command {
  id: string
  label: string
  run: () => void
}

const registered = new Set<{ current: readonly Command[] }>()

/** Offer these in the palette as long as the component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    registered.add(latest)
    return () => void registered.delete(latest)
  }, [])
}

/** What can be done now. */
export function presentCommands(): Command[] {
  return [...registered].flatMap(({ current }) => current)
}

export type PaletteKind = 'commands' | 'help'

const OPEN = 'runyard:palette'

export function openPalette(kind: PaletteKind): void {
  dispatchEvent(new CustomEvent<PaletteKind>(OPEN, { detail: kind }))
}

export function onOpenPalette(listener: (kind: PaletteKind) => void): () => void {
  const told = (event: Event) => listener((event as CustomEvent<PaletteKind>).detail)
  addEventListener(OPEN, told)
  return () => removeEventListener(OPEN, told)
}
