import { Button } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { Suspense } from 'react'
import type { ExperimentRow, ViewPage } from '../api/types'
import { lazyLater } from '../components/lazyLater'
import type { Scope } from '../lib/savedViews'

// Its menu is a tenth of the first page's code.
const ViewMenu = lazyLater(() => import('./ViewMenu'))

export interface ViewPickerProps {
  page: ViewPage
  /** Keys of the address that the built-in view leaves as they are, as which runs are compared. */
  kept?: Scope
  /** Of these, those that views leave as they are where they are set, as which experiments are listed. */
  scope?: Scope
  /** The only experiment that is listed: it may open with a view. */
  experiment?: ExperimentRow | undefined
}

/** Which saved view the page began with, and all that can be done with views. */
export function ViewPicker(props: ViewPickerProps) {
  return (
    <Suspense
      fallback={
        <Button appearance="subtle" icon={<ChevronDownRegular />} iconPosition="after" aria-disabled>
          View: Default
        </Button>
      }
    >
      <ViewMenu {...props} />
    </Suspense>
  )
}
