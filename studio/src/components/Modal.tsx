import { useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { focusable } from '../lib/focus'
import { useReturnFocus } from '../state/keyboard'
import './modal.css'

interface ModalProps {
  label: string
  className: string
  onClose: () => void
  children: ReactNode
}

/**
 * Lies over the page and has the keyboard until it is closed; then what had the focus before has it again. It is the
 * browser's own dialog: nothing is loaded for it.
 */
export function Modal({ label, className, onClose, children }: ModalProps) {
  useReturnFocus()
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed while it is still in the page: the focus would be lost with it.
  useLayoutEffect(() => {
    const { current } = dialog
    const before = document.activeElement
    current?.showModal()
    // The browser begins with a text that could be scrolled, where there is one.
    if (current !== null && document.activeElement?.matches('input, textarea, select, button') !== true) {
      focusable(current).find((each) => each.matches('input, textarea, select, button'))?.focus()
    }
    return () => {
      current?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      onKeyDown={stayInside}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // A browser may close it without asking, as on a second Escape.
      onClose={() => {
        if (dialog.current?.open === false) onClose()
      }}
      // Only what lies around the content is the dialog itself; text that is selected may end there.
      onMouseDown={(event) => {
        if (event.target !== dialog.current) return
        // The page below would take the focus.
        event.preventDefault()
        onClose()
      }}
    >
      <div className="modal-content">{children}</div>
    </dialog>
  )
}

/** From the last to the first and back: the browser's own way leads out of the page. */
function stayInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return
  const all = focusable(event.currentTarget)
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]]
  if (document.activeElement !== from || to === undefined) return
  event.preventDefault()
  to.focus()
}
