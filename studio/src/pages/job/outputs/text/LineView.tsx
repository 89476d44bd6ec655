import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { MouseEvent } from 'react'
import type { Span } from '../../../../lib/lineMarks'
import { lineText } from '../../../../lib/lineText'
import type { LineSource } from '../../../../lib/lineText'
import { extent, moved, placeAt, ROW, scrollTopOf } from '../../../../lib/lineScroll'
import type { LineRange } from '../../../../lib/outputsState'
import { LineRow } from './LineRow'
import { useExactScroll } from './useExactScroll'
import { useHeight } from './useHeight'

/** So near to the end, in pixels, a reader is at it. */
const AT_END = 2 * ROW
/** Rows that are drawn beyond those in sight. */
const BEYOND = 30

interface LineViewProps {
  source: LineSource
  /** Begin at the end, and stay there while lines come, until somebody scrolls up. */
  tail: boolean
  wrap: boolean
  chosen: LineRange | null
  /** Brought into sight when it changes. */
  goTo: number | null
  /** What is marked in a line, by its number and text. */
  marks: (number: number, text: string) => readonly Span[]
  onPick: (line: number, extend: boolean) => void
  /** Asks for what is drawn: indexes of lines, the last not with them. */
  onSight?: (from: number, to: number) => void
}

/** Lines with their numbers; only those in sight are drawn, and any number of them can be scrolled through. */
export function LineView({ source, tail, wrap, chosen, goTo, marks, onPick, onSight }: LineViewProps) {
  const { count, numbered } = source
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useRef<HTMLDivElement>(null)
  const viewport = useHeight(scroller)
  const size = useMemo(() => extent(count, viewport, wrap), [count, viewport, wrap])
  const [place, setPlace] = useState<number | null>(null)
  const follows = useRef(tail && goTo === null)
  const scrolled = useRef(false)
  // Lines that were added before those shown, as when all of a file replaces its end, must not move them.
  const known = useRef(source)
  let top = Math.min(size.last, place ?? (tail ? size.last : 0))
  if (known.current !== source && !known.current.numbered && numbered && !follows.current) top += count - known.current.count
  const first = Math.max(0, Math.floor(top) - BEYOND)
  const end = Math.min(count, Math.floor(top) + Math.ceil(viewport / ROW) + BEYOND)

  const heightOf = useCallback(
    (index: number) => rows.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.offsetHeight ?? ROW,
    [],
  )
  const moveBy = useCallback(
    (pixels: number) => {
      scrolled.current = true
      setPlace((at) => Math.min(size.last, moved(at ?? 0, pixels, count, heightOf)))
    },
    [count, size.last, heightOf],
  )
  useExactScroll(scroller, !size.exact, moveBy, (end) => {
    scrolled.current = true
    setPlace(end ? size.last : 0)
  })

  // The end stays in sight, and what was shown of a file's end stays where it was.
  useLayoutEffect(() => {
    known.current = source
    if (viewport === 0) return
    setPlace(follows.current ? size.last : top)
    // Once for each new source or size of the view, not for each move.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [source, viewport, wrap])

  const gone = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (goTo === null || viewport === 0 || !numbered || gone.current === goTo) return
    gone.current = goTo
    const index = Math.min(count, goTo) - 1
    const line = rows.current?.querySelector(`[data-index="${index}"]`)?.getBoundingClientRect()
    const view = scroller.current?.getBoundingClientRect()
    if (place !== null && line !== undefined && view !== undefined && line.top >= view.top && line.bottom <= view.bottom) return
    follows.current = false
    setPlace(Math.max(0, index - viewport / ROW / 3))
  }, [goTo, viewport, numbered, count, place])

  // Rows stand where the scroll bar says that they are; wrapped ones are measured for it.
  useLayoutEffect(() => {
    const [view, drawn] = [scroller.current, rows.current]
    if (view === null || drawn === null || place === null) return
    const wanted = scrollTopOf(top, size)
    // Whole pixels: between others, browsers draw seams.
    if (Math.abs(view.scrollTop - wanted) > 1) view.scrollTop = Math.round(wanted)
    const row = drawn.querySelector<HTMLElement>(`[data-index="${Math.floor(top)}"]`)
    const above = row === null ? 0 : row.offsetTop + (top - Math.floor(top)) * row.offsetHeight
    drawn.style.transform = `translateY(${Math.round(view.scrollTop - above)}px)`
    const gap = viewport - (drawn.offsetHeight - above)
    if (scrolled.current) follows.current = tail && end === count && gap > -AT_END
    scrolled.current = false
    // No emptiness below the last line, whose place can't be known before it was drawn.
    if (wrap && end === count && gap > 1 && above > 0) setPlace(moved(top, -Math.min(gap, above), count, heightOf))
  }, [place, top, size, viewport, wrap, end, count, heightOf, source, tail])
  useLayoutEffect(() => onSight?.(first, end), [onSight, first, end, source])

  const onScroll = () => {
    const { current } = scroller
    if (current === null || place === null || Math.abs(current.scrollTop - scrollTopOf(top, size)) <= 1) return
    scrolled.current = true
    setPlace(placeAt(current.scrollTop, size))
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const number = event.target instanceof HTMLElement ? event.target.dataset['number'] : undefined
    if (number !== undefined) onPick(Number(number), event.shiftKey)
  }
  const digits = numbered ? String(count).length : 0
  const drawn = Array.from({ length: end - first }, (_, each) => ({ index: first + each, line: source.line(first + each) }))
  const width = useRef(0)
  width.current = Math.max(width.current, source.widest ?? Math.max(0, ...drawn.map(({ line }) => (line === null ? 0 : lineText(line).length))))
  return (
    <div
      ref={scroller} className={wrap ? 'text-view mono wrap' : 'text-view mono'} tabIndex={0} role="region"
      aria-label="Content" onScroll={onScroll} onClick={onClick}
    >
      <div className="text-space" style={{ height: size.height, minWidth: wrap ? undefined : `${width.current + digits + 6}ch` }}>
        <div ref={rows} className="text-rows">
          {drawn.map(({ index, line }) => (
            <LineRow
              key={index} index={index} line={line} digits={digits} marks={marks}
              chosen={chosen !== null && numbered && index + 1 >= chosen[0] && index + 1 <= chosen[1]}
              current={numbered && goTo === index + 1}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
