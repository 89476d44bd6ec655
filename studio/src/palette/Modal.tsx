import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import './palette.css'

interface ModalProps {
  label: string
  className: string
  onClose: () => void
  children: ReactNode
}

/** Lies over the page and has the keyboard until it is closed; then what had the focus before has it again. */
export function Modal({ label, className, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
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
      // Only what lies around the content is the dialog itself.
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="modal-content">{children}</div>
    </dialog>
  )
}
