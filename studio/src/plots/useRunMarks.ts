// Marks of runs in a drawing: which are dimmed, marked or under the pointer. Elements say their run in `data-run`.
import { useCallback, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Board } from './BoardContext'
import { runStates } from './runShapes'
import type { RunShapes, RunState } from './runShapes'

type Elements = ReadonlyMap<string, readonly SVGElement[]>

/**
 * Keeps the elements within `host` in step with the board; call again with another `drawn` when it was drawn anew.
 * `made` makes elements of runs that have none.
 */
export function useRunMarks(
  host: RefObject<HTMLElement | null>, board: Board, drawn: unknown, made?: RunShapes['elements'],
): RefObject<Elements> {
  const elements = useRef<Elements>(new Map())
  const { table, kept, marked, highlight } = board
  useLayoutEffect(() => {
    if (host.current !== null) elements.current = byRun(host.current)
  }, [host, drawn, table])
  const latest = useRef(made)
  latest.current = made
  const find = useCallback((run: string) => latest.current?.(run) ?? elements.current.get(run) ?? [], [])
  useLayoutEffect(() => {
    const stateOf = runStates({ table, kept, marked })
    if (elements.current.size === 0) return
    table.runs.forEach(({ run_id: run }, row) => {
      for (const element of elements.current.get(run) ?? []) setState(element, stateOf(row))
    })
  }, [drawn, table, kept, marked])
  useLayoutEffect(() => {
    const layer = new Layer(host.current, 'plot-marked')
    layer.show([...marked].flatMap(find))
    return () => layer.remove()
  }, [host, drawn, table, marked, find])
  useLayoutEffect(() => {
    const layer = new Layer(host.current, 'plot-hot')
    const show = (run: string | null) => layer.show(run === null ? [] : find(run))
    show(highlight.current)
    const stop = highlight.subscribe(show)
    return () => {
      stop()
      layer.remove()
    }
  }, [host, drawn, table, highlight, find])
  return elements
}

function byRun(host: HTMLElement): Elements {
  const found = new Map<string, SVGElement[]>()
  for (const element of host.querySelectorAll<SVGElement>('[data-run]')) {
    const run = element.dataset['run'] ?? ''
    const known = found.get(run)
    if (known === undefined) found.set(run, [element])
    else known.push(element)
  }
  return found
}

function setState(element: SVGElement, state: RunState): void {
  if ((element.dataset['state'] ?? '') === state) return
  if (state === '') element.removeAttribute('data-state')
  else element.setAttribute('data-state', state)
}

/** Copies of elements above the drawing. They lie in a drawing of their own, so that a thousand lines below are not painted anew. */
class Layer {
  private readonly host: HTMLElement | null
  private readonly name: string
  private over: SVGElement | null = null

  constructor(host: HTMLElement | null, name: string) {
    this.host = host
    this.name = name
  }

  show(elements: readonly SVGElement[]): void {
    this.remove()
    const below = elements[0]?.ownerSVGElement
    if (this.host === null || below == null) return
    const over = below.cloneNode(false) as SVGElement
    over.setAttribute('class', `plot-over ${this.name}`)
    over.setAttribute('aria-hidden', 'true')
    for (const element of elements) {
      // The group's own place and colours hold for the copy, too.
      const group = element.parentElement?.cloneNode(false)
      const copy = element.cloneNode(true) as Element
      copy.removeAttribute('data-run')
      copy.removeAttribute('data-state')
      if (group !== undefined) over.append(group)
      group?.appendChild(copy)
    }
    this.host.append(over)
    this.over = over
  }

  remove(): void {
    this.over?.remove()
    this.over = null
  }
}
