import { Button } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { Suspense, lazy } from 'react'
import type { ViewPage } from '../api/types'

// Its menu is a tenth of the first page's code.
const ViewMenu = lazy(() => import('./ViewMenu'))

export interface ViewPickerProps {
  page: ViewPage
  /** Keys of the address that the built-in view leaves as they are, as which runs are compared. */
  kept?: readonly string[]
}

/** Which saved view the page began with, and all that can be done with views. */
export function ViewPicker(props: ViewPickerProps) {
  return (
    <Suspense
      fallback={
        <Button appearance="subtle" icon={<ChevronDownRegular />} iconPosition="after" disabled>
          View
        </Button>
      }
    >
      <ViewMenu {...props} />
    </Suspense>
  )
}
