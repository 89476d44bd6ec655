import { Button } from '@fluentui/react-components'
import { lazy, Suspense, useRef, useState } from 'react'
import type { TrashChoice } from '../../api/types'

// Dialogs are loaded when the first one is opened.
const PurgeDialog = lazy(() => import('./PurgeDialog'))

interface DeleteForEverProps {
  choice: TrashChoice
  label: string
  small?: boolean
  /** After it was confirmed and began. */
  onStarted?: () => void
}

/** Asks before it deletes for ever what is chosen. */
export function DeleteForEver({ choice, label, small = false, onStarted }: DeleteForEverProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    // Once the dialog is gone, which keeps the focus within until then.
    setTimeout(() => button.current?.focus())
  }
  return (
    <>
      <Button ref={button} size={small ? 'small' : 'medium'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <PurgeDialog
            choice={choice}
            close={close}
            onStarted={() => {
              close()
              onStarted?.()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
