import { Suspense, lazy, useCallback, useMemo, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { Splitter } from '../../../components/Splitter'
import { LEAST_SPLIT, MOST_SPLIT } from '../../../lib/jobsState'
import type { JobsView } from '../../../lib/jobsState'
import type { RunTree } from '../useRunTree'
import { CurveMarksContext } from './curveMarks'
import type { CurveMarks } from './curveMarks'
import { useDrawnRuns } from './useDrawnRuns'
import './charts.css'

const JobsCharts = lazy(() => import('./JobsCharts'))

interface BesideChartsProps {
  view: JobsView
  change: (part: Partial<JobsView>) => void
  tree: RunTree
  checked: ReadonlySet<string>
  children: ReactNode
}

/** The list, and at its right the charts of its runs. */
export function BesideCharts({ view, change, tree, checked, children }: BesideChartsProps) {
  const drawn = useDrawnRuns(view, tree, checked)
  const [dragged, setDragged] = useState<number | null>(null)
  const { marks, group } = drawn
  const { hidden } = view
  const toggle = useCallback(
    (key: string) => change({ hidden: hidden.includes(key) ? hidden.filter((each) => each !== key) : [...hidden, key] }),
    [change, hidden],
  )
  const toggleAll = useCallback(() => {
    const all = [...marks.values()].every((mark) => mark.hidden)
    change({ hidden: all ? [] : [...marks.keys()] })
  }, [change, marks])
  const context = useMemo<CurveMarks>(() => ({ marks, editable: group === null, toggle, toggleAll }), [marks, group, toggle, toggleAll])
  return (
    <CurveMarksContext.Provider value={context}>
      <div className="beside" style={{ '--split': `${(dragged ?? view.split) * 100}%` } as CSSProperties}>
        <div className="beside-list">{children}</div>
        <Splitter
          label="Width of the list" value={view.split} least={LEAST_SPLIT} most={MOST_SPLIT}
          onChange={(split, done) => {
            setDragged(done ? null : split)
            if (done) change({ split })
          }}
        />
        <Suspense fallback={<div aria-busy />}>
          <JobsCharts drawn={drawn} close={() => change({ charts: null })} />
        </Suspense>
      </div>
    </CurveMarksContext.Provider>
  )
}
