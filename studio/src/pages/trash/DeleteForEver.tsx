import { Button } from '@fluentui/react-components'
import { lazy, Suspense, useState } from 'react'
import type { TrashChoice } from '../../api/types'

// Loaded when it is opened first.
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
  const close = () => setOpen(false)
  return (
    <>
      <Button size={small ? 'small' : 'medium'} onClick={() => setOpen(true)}>
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
