import { useLayoutEffect, useRef } from 'react'
import { useBoard } from './BoardContext'
import { plotTable, valueText } from './plotTable'
import type { PlotSpec } from './spec'

export interface TipPlace {
  run: string | null
  /** Said of what is no run, a line each. */
  text: string
  x: number
  y: number
}

const AWAY = 14

/** Beside the pointer: a run's name and its values in the plot. */
export function PlotTip({ spec, place, spoken }: { spec: PlotSpec; place: TipPlace; spoken: boolean }) {
  const { table, colors } = useBoard()
  const tip = useRef<HTMLDivElement>(null)
  const row = table.runs.findIndex(({ run_id: id }) => id === place.run)
  const run = table.runs[row]
  const values = run === undefined ? [] : plotTable(spec, table, [row]).columns.map((column) => ({ column, value: column.values[row] ?? null }))
  useLayoutEffect(() => {
    const { current } = tip
    const stage = current?.parentElement
    if (current === null || stage == null) return
    const beyond = place.x + AWAY + current.offsetWidth > stage.clientWidth
    const x = beyond ? Math.max(0, place.x - AWAY - current.offsetWidth) : place.x + AWAY
    const y = Math.max(0, Math.min(place.y + AWAY, stage.clientHeight - current.offsetHeight))
    current.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
  })
  return (
    <div ref={tip} className="plot-tip" role={spoken ? 'status' : undefined}>
      {run === undefined ? (
        <span className="plot-tip-text">{place.text}</span>
      ) : (
        <>
          <div className="plot-tip-name">
            <span className="swatch" style={{ background: colors.get(run.run_id) }} aria-hidden />
            <span className="ellipsis">{run.name}</span>
          </div>
          <dl>
            {values.map(({ column, value }) => (
              <div key={column.key}>
                <dt className="muted ellipsis">{column.label}</dt>
                <dd className="ellipsis">{valueText(column, value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  )
}
