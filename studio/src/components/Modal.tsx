import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
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
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed while it is still in the page: the focus would be lost with it.
  useLayoutEffect(() => {
    const { current } = dialog
    const before = document.activeElement
    current?.showModal()
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
