import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { formatBytes } from '../../../lib/format'
import { colored, hasColors, logLines } from '../../../lib/logText'
import type { Piece } from '../../../lib/logText'
import { TEXT_LIMIT } from '../../../lib/preview'
import { ansiStyle } from './ansi'

const LINE = 20
/** Longer lines are cut on screen: a browser lays out one endless line for seconds. */
const LONGEST = 20_000
/** So near to the end, in pixels, a reader is at it. */
const AT_END = 2 * LINE

interface TextViewProps {
  text: string
  cut: 'start' | 'end' | null
  size: number | null
  /** Begin at the end, and stay there while the text grows, until somebody scrolls up. */
  tail: boolean
}

/** Lines with their numbers; only those in sight are drawn. */
export function TextView({ text, cut, size, tail }: TextViewProps) {
  const lines = useMemo(() => logLines(text), [text])
  const pieces = useMemo(() => (hasColors(text) ? colored(lines) : null), [text, lines])
  const widest = useMemo(() => lines.reduce((most, line) => Math.max(most, Math.min(line.length, LONGEST)), 0), [lines])
  const scroller = useRef<HTMLDivElement>(null)
  const follows = useRef(tail)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 30,
  })
  useLayoutEffect(() => {
    const { current } = scroller
    if (follows.current && current !== null) current.scrollTop = current.scrollHeight
  }, [lines])
  // Numbers count from the start of the file, which is not here when a log was cut there.
  const digits = cut === 'start' ? 0 : String(lines.length).length
  return (
    <>
      {cut !== null && (
        <div className="preview-cut muted">
          The {cut === 'start' ? 'last' : 'first'} {formatBytes(TEXT_LIMIT)}
          {size !== null && ` of ${formatBytes(size)}`}: download the file for all of it.
        </div>
      )}
      <div
        ref={scroller}
        className="text-view mono"
        tabIndex={0}
        role="region"
        aria-label="Content"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          follows.current = tail && scrollHeight - scrollTop - clientHeight < AT_END
        }}
      >
        <div style={{ height: virtual.getTotalSize(), minWidth: `${widest + digits + 6}ch`, position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div key={index} className="text-line" style={{ transform: `translateY(${start}px)` }}>
              <span className="text-number" style={{ width: `${digits + 2}ch` }}>
                {digits > 0 && index + 1}
              </span>
              {pieces === null ? lines[index]?.slice(0, LONGEST) : <Pieces pieces={pieces[index] ?? []} />}
            </div>
          ))}
        </div>
      </div>
    </>
  )
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, look }, index) => (
    <span key={index} style={ansiStyle(look)}>
      {text.slice(0, LONGEST)}
    </span>
  ))
}
