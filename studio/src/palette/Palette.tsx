import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { ComponentType } from 'react'
import { keyMeaning } from '../lib/shortcuts'
import { onOpenPalette } from '../state/commands'
import type { PaletteKind } from '../state/commands'
import { navigate } from '../state/location'

const loadPalette = () => import('./PaletteDialog')
const PaletteDialog = lazy(loadPalette)
/** Once it is there it is drawn with the key itself: a lazy one would come a third of a second later. */
let loaded: typeof PaletteDialog | ComponentType<{ onClose: () => void }> = PaletteDialog
const HelpDialog = lazy(() => import('./HelpDialog'))

/** Within so many milliseconds of `g` comes the page's key. */
const SEQUENCE = 1500
/** The page itself comes first. */
const LOADED_AFTER = 2000

/** Listens to the studio's keys; what they open is loaded then. */
export function Palette() {
  const [open, setOpen] = useState<PaletteKind | null>(null)
  const begun = useRef(0)
  useEffect(() => onOpenPalette(setOpen), [])
  useEffect(() => {
    // What is typed before it is there would be lost.
    const timer = setTimeout(() => void loadPalette().then((found) => (loaded = found.default), () => undefined), LOADED_AFTER)
    return () => clearTimeout(timer)
  }, [])
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
  // The same as long as it is open.
  const Commands = useMemo(() => (open === 'commands' ? loaded : null), [open])
  return (
    <Suspense>
      {Commands !== null && <Commands onClose={close} />}
      {open === 'help' && <HelpDialog onClose={close} />}
    </Suspense>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select') || target.isContentEditable)
}
