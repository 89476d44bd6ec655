import { Button } from '@fluentui/react-components'
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import { useEffect, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { CheckOption } from '../../../../components/CheckOption'
import { FindField } from '../../../../components/FindField'
import { formatCount, plural } from '../../../../lib/format'
import { MOST_FOUND, nextFound } from '../../../../lib/lineSearch'
import type { OutputsView } from '../../../../lib/outputsState'
import type { ChangeOutputs } from '../useOutputsView'
import type { FindResult } from './useFind'

interface LineToolbarProps {
  view: OutputsView
  change: ChangeOutputs
  result: FindResult
  size: number
  children?: ReactNode
}

const NONE: number[] = []

/** Searches all of a file, and says how its lines are shown. */
export function LineToolbar({ view, change, result, size, children }: LineToolbarProps) {
  const lines = result.state?.found.lines ?? NONE
  const at = view.line?.[0] ?? null
  const go = (back: boolean) => {
    const line = nextFound(lines, at, back)
    if (line !== null) change({ line: [line, line] })
  }
  // Enter that was pressed before anything was found leads to what is found.
  const [awaited, setAwaited] = useState<{ back: boolean } | null>(null)
  const searching = view.find !== '' && lines.length === 0 && result.error === null && result.state?.done !== true
  useEffect(() => {
    if (awaited === null || searching) return
    setAwaited(null)
    const line = nextFound(lines, at, awaited.back)
    if (line !== null) change({ line: [line, line] })
  }, [awaited, searching, lines, at, change])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    const { value } = event.target
    if (value !== view.find) change({ find: value })
    setAwaited({ back: event.shiftKey })
  }
  return (
    <div className="text-bar">
      <div className="text-find" onKeyDown={onKeyDown}>
        <FindField value={view.find} onChange={(text) => change({ find: text })} delay={250} placeholder="Search the file" />
      </div>
      <Toggle label="Aa" title="Match case" on={view.matchCase} toggle={(matchCase) => change({ matchCase })} />
      <Toggle label=".*" title="Regular expression" on={view.expression} toggle={(expression) => change({ expression })} />
      {view.find !== '' && (
        <>
          <Button size="small" appearance="subtle" icon={<ArrowUpRegular />} title="Previous (Shift+Enter)" aria-label="Previous match" disabled={lines.length === 0} onClick={() => go(true)} />
          <Button size="small" appearance="subtle" icon={<ArrowDownRegular />} title="Next (Enter)" aria-label="Next match" disabled={lines.length === 0} onClick={() => go(false)} />
        </>
      )}
      <span className="grow muted ellipsis" role="status" title={result.error?.message}>
        {view.find !== '' && <Told result={result} current={view.line?.[0] ?? null} size={size} />}
      </span>
      {children}
      <CheckOption label="Wrap" checked={view.wrap} onChange={(wrap) => change({ wrap })} />
    </div>
  )
}

function Told({ result: { state, error }, current, size }: { result: FindResult; current: number | null; size: number }) {
  if (error !== null) return <span className="text-wrong">{error.message}</span>
  if (state === null) return 'Searching…'
  const { lines, count } = state.found
  const so = state.done || size === 0 ? '' : ` · ${Math.floor((100 * state.searched) / size)} % searched`
  if (count === 0) return state.done ? 'Not found' : `Nothing yet${so}`
  const place = current === null ? -1 : lines.indexOf(current)
  const all = place < 0 ? plural(count, 'line') : `${formatCount(place + 1)} of ${plural(count, 'line')}`
  return `${all}${count > MOST_FOUND ? `, the first ${formatCount(MOST_FOUND)} can be gone through` : ''}${so}`
}

interface ToggleProps {
  label: string
  title: string
  on: boolean
  toggle: (on: boolean) => void
}

function Toggle({ label, title, on, toggle }: ToggleProps) {
  return (
    <button type="button" className="text-toggle" aria-pressed={on} aria-label={title} title={title} onClick={() => toggle(!on)}>
      {label}
    </button>
  )
}
