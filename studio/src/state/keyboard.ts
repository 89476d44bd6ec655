// What the keyboard does on every page: lists are one stop for Tab, and what had the focus never leaves it nowhere.
import { useEffect, useRef, useState } from 'react'
import { OVER, isFocusLost, presentPlace, returnTo } from '../lib/focus'
import type { Place } from '../lib/focus'
import { enterListAfter, moveInRows, passOverRows, rememberRow } from '../lib/rowFocus'
import { cameBack, usePath } from './location'

/** Whoever pressed no key for so long is not looking where the focus went. */
const WATCHED_FOR = 10_000
/** What opens or closes takes the focus itself first. */
const SETTLED = 60
/** A list that one comes back to is drawn again by then. */
const DRAWN = 200

/** For the whole studio, once. */
export function useKeyboard(): void {
  const [watch] = useState(watchFocus)
  useEffect(() => {
    const captured = (event: KeyboardEvent) => {
      if (event.key === 'Tab') passOverRows()
      watch.pressed()
    }
    addEventListener('keydown', captured, true)
    addEventListener('keydown', moveOnKey)
    const focused = ({ target }: FocusEvent) => rememberRow(target)
    addEventListener('focusin', focused)
    return () => {
      removeEventListener('keydown', captured, true)
      removeEventListener('keydown', moveOnKey)
      removeEventListener('focusin', focused)
      watch.stop()
    }
  }, [watch])
  usePageFocus(watch.leave)
}

function moveOnKey(event: KeyboardEvent): void {
  const { target, key } = event
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return
  const fromField = key === 'ArrowDown' && target.matches('input[type=search], input[role=combobox][aria-expanded=false]')
  if (fromField ? enterListAfter(target) : moveInRows(key, target)) event.preventDefault()
}

/** After a key was pressed: when what has the focus is taken out of the page, the nearest to it gets the focus. */
function watchFocus() {
  let place: Place | null = null
  /** In what lies over the page, which gives the focus back itself when it goes. */
  let over: Place | null = null
  let timer = 0
  let until = 0
  const isOver = () => over?.around.some((each) => each.isConnected && each.matches(OVER)) === true
  const check = () => {
    if (isFocusLost()) returnTo(isOver() ? over : place)
  }
  const observer = new MutationObserver(() => {
    if (Date.now() > until) observer.disconnect()
    else if (isFocusLost()) {
      clearTimeout(timer)
      // What lies over the page would close for want of the focus.
      if (isOver()) check()
      else timer = window.setTimeout(check, SETTLED)
    }
  })
  return {
    pressed: () => {
      const present = presentPlace()
      if (present === null) return
      over = present.element.closest('main') === null ? present : null
      if (over === null) place = present
      until = Date.now() + WATCHED_FOR
      observer.observe(document.body, { childList: true, subtree: true })
    },
    /** Of another page this one's place means nothing. */
    leave: () => {
      const before = place
      place = null
      return before
    },
    stop: () => {
      clearTimeout(timer)
      observer.disconnect()
    },
  }
}

/** Another page begins with its first control; one that the reader comes back to with what led away from it. */
function usePageFocus(leave: () => Place | null): void {
  const path = usePath()
  const shown = useRef(path)
  const left = useRef(new Map<string, Place | null>())
  useEffect(() => {
    if (shown.current === path) return
    left.current.set(shown.current, leave())
    shown.current = path
    const place = cameBack() ? (left.current.get(path) ?? null) : null
    const timer = setTimeout(() => returnTo(place), place === null ? SETTLED : DRAWN)
    return () => clearTimeout(timer)
  }, [path, leave])
}

/** For what opens in place of something or over it: when it goes, the focus goes to where it came from. */
export function useReturnFocus(): void {
  // Read while it is drawn first: what opened it may leave the page with the same change.
  const [place] = useState(presentPlace)
  // After the page was drawn without it, when a button that it stood for is there again.
  useEffect(() => () => returnTo(place), [place])
}
