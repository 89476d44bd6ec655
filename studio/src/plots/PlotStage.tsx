import { useCallback, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useBoard } from './BoardContext'
import { PlotTip } from './PlotTip'
import type { TipPlace } from './PlotTip'
import type { RunShapes } from './runShapes'
import type { PlotSpec } from './spec'
import { useRunMarks } from './useRunMarks'

/** How far from a point the pointer may be, in CSS pixels. */
const REACH = 24

interface PlotStageProps {
  spec: PlotSpec
  /** What is shown, for readers of screens. */
  label: string
  /** Rows in the order of the arrow keys. */
  order: readonly number[]
  /** Changes when the drawing does. */
  drawn: unknown
  /** Where runs are that have no elements in the drawing; by default, elements say their run. */
  shapes?: RunShapes
  onBin?: ((bin: number) => void) | undefined
  children: ReactNode
}

/** Around a drawing: hovering, marking and opening runs by pointer and keyboard, and what is said of them. */
export function PlotStage({ spec, label, order, drawn, shapes, onBin, children }: PlotStageProps) {
  const board = useBoard()
  const host = useRef<HTMLDivElement>(null)
  const elements = useRunMarks(host, board, drawn, shapes?.elements)
  const [tip, setTip] = useState<TipPlace | null>(null)
  const [spoken, setSpoken] = useState(false)
  const hover = useCallback(
    (run: string | null, text: string, x: number, y: number) => {
      board.highlight.hover(run)
      setTip(run === null && text === '' ? null : { run, text, x, y })
    },
    [board.highlight],
  )
  const leave = () => hover(null, '', 0, 0)

  const at = (event: PointerEvent | React.MouseEvent) => {
    const box = host.current?.getBoundingClientRect() ?? new DOMRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    const target = event.target instanceof Element ? event.target.closest('[data-run],[data-tip]') : null
    const run = target?.getAttribute('data-run') ?? (shapes?.nearest ?? nearestCircle(elements.current))(x, y)
    const text = run === null ? (target?.getAttribute('data-tip') ?? '') : ''
    return { run, text, x, y, bin: target?.getAttribute('data-bin') ?? null }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (event.buttons !== 0) return
    const { run, text, x, y } = at(event)
    setSpoken(false)
    hover(run, text, x, y)
  }
  const onClick = (event: React.MouseEvent) => {
    const { run, bin } = at(event)
    if (run !== null && (event.ctrlKey || event.metaKey)) board.open(run)
    else if (run !== null) board.toggleMark(run)
    else if (bin !== null) onBin?.(Number(bin))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    // Past those that are brushed out.
    const runs = order.flatMap((row) => (board.kept[row] === false ? [] : (board.table.runs[row]?.run_id ?? [])))
    const present = runs.indexOf(board.highlight.current ?? '')
    const to = { ArrowRight: present + 1, ArrowLeft: present < 0 ? runs.length - 1 : present - 1, Home: 0, End: runs.length - 1 }[event.key]
    const current = runs[present]
    if (to !== undefined) {
      const run = runs[Math.max(0, Math.min(runs.length - 1, to))]
      if (run !== undefined) {
        setSpoken(true)
        hover(run, '', ...(shapes?.place(run) ?? middle(elements.current.get(run)?.[0], host.current)))
      }
    } else if (event.key === 'Enter' && current !== undefined) board.open(current)
    else if (event.key === ' ' && current !== undefined) board.toggleMark(current)
    else if (event.key === 'Escape' && tip !== null) {
      event.stopPropagation()
      leave()
    } else return
    event.preventDefault()
  }
  return (
    <div
      ref={host} className="plot-stage" role="application" aria-label={label} aria-roledescription="plot" tabIndex={0} data-over={(tip?.run ?? null) === null ? undefined : true}
      onPointerMove={onPointerMove} onPointerLeave={leave} onClick={onClick} onKeyDown={onKeyDown} onBlur={leave}
    >
      {children}
      {tip !== null && <PlotTip spec={spec} place={tip} spoken={spoken} />}
    </div>
  )
}

function nearestCircle(elements: ReadonlyMap<string, readonly SVGElement[]>) {
  return (x: number, y: number): string | null => {
    let [found, distance]: [string | null, number] = [null, REACH]
    for (const [run, list] of elements) {
      for (const element of list) {
        if (element.tagName !== 'circle' || element.dataset['state'] === 'out') continue
        const far = Math.hypot(Number(element.getAttribute('cx')) - x, Number(element.getAttribute('cy')) - y)
        if (far < distance) [found, distance] = [run, far]
      }
    }
    return found
  }
}

function middle(element: Element | undefined, host: Element | null): [number, number] {
  if (element === undefined || host === null) return [0, 0]
  const [box, around] = [element.getBoundingClientRect(), host.getBoundingClientRect()]
  return [box.left + box.width / 2 - around.left, box.top + box.height / 2 - around.top]
}
