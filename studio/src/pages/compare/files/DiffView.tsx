import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { CSSProperties } from 'react'
import { diffRows } from '../../../lib/diffRows'
import type { DiffRow, DiffSide, Stretch } from '../../../lib/diffRows'
import { plural } from '../../../lib/format'
import { colored } from '../../../lib/logText'

const ROW = 20
/** Longer lines are cut: see the file itself. */
const LONGEST = 5_000
/** Columns of a sign, and one that stays free at the end. */
const SIGN = 3
const SIGNS = { same: ' ', added: '+', removed: '−' } as const

/** Two texts side by side or one under the other; what differs has a colour and a sign. */
export function DiffView({ stretches, unified }: { stretches: readonly Stretch[]; unified: boolean }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => diffRows(stretches, unified, opened), [stretches, unified, opened])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 20 })
  const widest = useMemo(() => rows.reduce((most, row) => (row.kind === 'gap' ? most : Math.max(most, length(row.left), length(row.right))), 0), [rows])
  // No line has a greater number than there are lines; a space stands on either side of it.
  const number = String(stretches.reduce((sum, { lines }) => sum + lines.length, 10)).length + 2
  const needed = widest + number * (unified ? 2 : 1) + SIGN
  const grid = {
    gridTemplateColumns: unified ? 'auto' : `repeat(2, minmax(50%, ${needed}ch))`,
    minWidth: `${needed * (unified ? 1 : 2)}ch`,
    '--number': `${number}ch`,
  } as CSSProperties
  return (
    <div ref={scroller} className="diff mono" tabIndex={0} role="region" aria-label="Differences">
      <div style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: grid.minWidth }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const style = { ...grid, transform: `translateY(${start}px)` }
          return row.kind === 'gap' ? (
            <button key={index} type="button" className="diff-row diff-gap" style={{ transform: style.transform }} onClick={() => setOpened(new Set(opened).add(row.id))}>
              {plural(row.count, 'equal line')}: show
            </button>
          ) : (
            <Row key={index} row={row} unified={unified} style={style} />
          )
        })}
      </div>
    </div>
  )
}

interface RowProps {
  row: Exclude<DiffRow, { kind: 'gap' }>
  unified: boolean
  style: CSSProperties
}

function Row({ row: { kind, left, right }, unified, style }: RowProps) {
  if (unified) {
    const shown = kind === 'changed' ? 'same' : kind
    return (
      <div className="diff-row" style={style}>
        <span className={`diff-side diff-${shown}`}>
          <span className="diff-number">{left?.number}</span>
          <span className="diff-number">{right?.number}</span>
          <span className="diff-sign">{SIGNS[shown]}</span>
          {text(left ?? right)}
        </span>
      </div>
    )
  }
  return (
    <div className="diff-row" style={style}>
      <Side side={left} kind={kind === 'same' ? 'same' : 'removed'} />
      <Side side={right} kind={kind === 'same' ? 'same' : 'added'} />
    </div>
  )
}

function Side({ side, kind }: { side: DiffSide | null; kind: keyof typeof SIGNS }) {
  if (side === null) return <span className="diff-side diff-none" />
  return (
    <span className={`diff-side diff-${kind}`}>
      <span className="diff-number">{side.number}</span>
      <span className="diff-sign">{SIGNS[kind]}</span>
      {text(side)}
    </span>
  )
}

/** Without the colours of terminals, which here mean something else. */
function text(side: DiffSide | null): string {
  if (side === null) return ''
  const shown = (colored([side.text])[0] ?? []).map((piece) => piece.text).join('')
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
}

function length(side: DiffSide | null): number {
  return side === null ? 0 : Math.min(LONGEST, side.text.length)
}
