import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useState } from 'react'
import { MetricDialog } from './MetricDialog'
import { withAdded } from './addedCharts'
import type { ChangeView } from './useMetricsView'

/** Puts several metrics on one chart. */
export function AddChart({ metrics, change }: { metrics: readonly string[]; change: ChangeView }) {
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      <Button appearance="subtle" icon={<AddRegular />} title="A chart of several metrics" onClick={() => setChoosing(true)}>
        <span className="wide-label">Chart</span>
      </Button>
      {choosing && (
        <MetricDialog
          title="A chart of several metrics" metrics={metrics} picked={[]} onClose={() => setChoosing(false)}
          onSave={(picked) => change((view) => withAdded(view, picked))}
        />
      )}
    </>
  )
}
