import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { keyMeaning } from '../lib/shortcuts'
import { onOpenPalette } from '../state/commands'
import type { PaletteKind } from '../state/commands'
import { navigate } from '../state/location'

const PaletteDialog = lazy(() => import('./PaletteDialog'))
const HelpDialog = lazy(() => import('./HelpDialog'))

/** Within so many milliseconds of `g` comes the page's key. */
const SEQUENCE = 1500

/** Listens to the studio's keys; what they open is loaded then. */
export function Palette() {
  const [open, setOpen] = useState<PaletteKind | null>(null)
  const begun = useRef(0)
  useEffect(() => onOpenPalette(setOpen), [])
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const meaning = keyMeaning(event, isTyping(event.target), Date.now() - begun.current < SEQUENCE)
      begun.current = meaning?.kind === 'begin' ? Date.now() : 0
      if (meaning === null || meaning.kind === 'begin') return
      // What lies over the page has the keyboard, but the palette closes by the key that opened it.
      const modal = document.querySelector('dialog[open], [aria-modal="true"]') !== null
      if (modal && meaning.kind !== 'palette') return
      event.preventDefault()
      if (meaning.kind === 'go') navigate(meaning.path)
      else if (meaning.kind === 'help') setOpen('help')
      else setOpen((before) => (before === null && !modal ? 'commands' : before === 'commands' ? null : before))
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  const close = () => setOpen(null)
  return (
    <Suspense>
      {open === 'commands' && <PaletteDialog onClose={close} />}
      {open === 'help' && <HelpDialog onClose={close} />}
    </Suspense>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select') || target.isContentEditable)
}
