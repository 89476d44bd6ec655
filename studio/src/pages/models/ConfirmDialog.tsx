import { Button } from '@fluentui/react-components'
import { useId, useLayoutEffect, useRef } from 'react'
import type { ReactNode, SyntheticEvent } from 'react'

interface ConfirmDialogProps {
  title: string
  /** What will happen, by name. */
  children: ReactNode
  /** What is done, as "Delete version 2". */
  action: string
  ready?: boolean
  pending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/**
 * Asks before something is done that others will notice; Enter confirms, Escape leaves everything as it was. The
 * browser's own dialog keeps the keyboard inside, and gives the focus back to where it was.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, ready = true, pending, error, onConfirm, onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Closed while it is still in the page: the focus would be lost with it.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  const confirm = (event: SyntheticEvent) => {
    event.preventDefault()
    if (ready && !pending) onConfirm()
  }
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog
      ref={dialog} className="confirm" aria-labelledby={heading} onCancel={cancel}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <form onSubmit={confirm}>
        <h2 id={heading}>{title}</h2>
        {children}
        {error !== null && (
          <p role="alert" className="edit-error">
            {error.message}
          </p>
        )}
        <div className="confirm-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" appearance="primary" disabledFocusable={!ready || pending}>
            {action}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
