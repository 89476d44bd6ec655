import { Button } from '@fluentui/react-components'
import type { ReactNode, SyntheticEvent } from 'react'
import { Modal } from './Modal'

interface ConfirmDialogProps {
  title: string
  /** What will happen, by name. */
  children: ReactNode
  /** What is done, as "Delete version 2". */
  action: string
  /** What leaves everything as it is. */
  dismiss?: string
  /** Whether it can't be undone. */
  danger?: boolean
  ready?: boolean
  pending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is done that others will notice; Enter in a field confirms, Escape leaves everything as it was. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, dismiss = 'Cancel', danger = false, ready = true, pending, error, onConfirm, onClose } = props
  const confirm = (event: SyntheticEvent) => {
    event.preventDefault()
    if (ready && !pending) onConfirm()
  }
  return (
    <Modal label={title} className="confirm" onClose={onClose}>
      <form onSubmit={confirm}>
        <h2>{title}</h2>
        <div className="confirm-text">{children}</div>
        {error !== null && (
          <p role="alert" className="edit-error">
            {error.message}
          </p>
        )}
        <div className="confirm-actions">
          <Button onClick={onClose}>{dismiss}</Button>
          <Button type="submit" appearance="primary" className={danger ? 'danger' : undefined} disabledFocusable={!ready || pending}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
