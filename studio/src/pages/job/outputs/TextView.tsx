import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { formatBytes } from '../../../lib/format'
import { TEXT_LIMIT } from '../../../lib/preview'

const LINE = 20
/** Longer lines are cut on screen: a browser lays out one endless line for seconds. */
const LONGEST = 20_000

interface TextViewProps {
  text: string
  cut: boolean
  size: number | null
}

/** Lines with their numbers; only those in sight are drawn. */
export function TextView({ text, cut, size }: TextViewProps) {
  const lines = useMemo(() => text.replace(/\n$/, '').split(/\r\n|\n/), [text])
  const widest = useMemo(() => lines.reduce((most, line) => Math.max(most, Math.min(line.length, LONGEST)), 0), [lines])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 30,
  })
  const digits = String(lines.length).length
  return (
    <>
      {cut && (
        <div className="preview-cut muted">
          The first {formatBytes(TEXT_LIMIT)}
          {size !== null && ` of ${formatBytes(size)}`}: download the file for all of it.
        </div>
      )}
      <div ref={scroller} className="text-view mono" tabIndex={0} role="region" aria-label="Content">
        <div style={{ height: virtual.getTotalSize(), minWidth: `${widest + digits + 6}ch`, position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div key={index} className="text-line" style={{ transform: `translateY(${start}px)` }}>
              <span className="text-number" style={{ width: `${digits + 2}ch` }}>
                {index + 1}
              </span>
              {lines[index]?.slice(0, LONGEST)}
            </div>
          ))}
        </div>
      </div>
    </>
  )
}
