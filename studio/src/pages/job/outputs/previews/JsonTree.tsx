import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { parseJson } from '../../../../lib/exactJson'
import { CHILDREN, jsonRows } from '../../../../lib/jsonTree'
import type { JsonRow } from '../../../../lib/jsonTree'
import { moveInTree } from '../ArtifactTree'
import { Loading } from '../Loading'
import { useAllText } from './useAllText'
import type { RichProps } from './kinds'
import TextFile from '../text/TextFile'

const ROW = 22

/** A document as a tree; as text when it is none. */
export default function JsonTree({ runId, path, size }: RichProps) {
  const { text, note, problem } = useAllText(runId, path, size)
  const parsed = useMemo(() => (text === undefined ? null : parse(text)), [text])
  if (problem !== null) return problem
  if (parsed === null) return <Loading />
  if ('wrong' in parsed) {
    return (
      <>
        <div className="preview-note muted">This is no valid JSON, so it is shown as text: {parsed.wrong}</div>
        <TextFile runId={runId} path={path} size={size} />
      </>
    )
  }
  return (
    <>
      {note}
      <Tree value={parsed.value} />
    </>
  )
}

function parse(text: string): { value: unknown } | { wrong: string } {
  try {
    return { value: parseJson(text) }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}

function Tree({ value }: { value: unknown }) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map())
  const rows = useMemo(() => jsonRows(value, toggled, shown), [value, toggled, shown])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 20 })
  const press = ({ id, kind }: JsonRow) => {
    if (kind === 'more') { setShown(new Map(shown).set(id, (shown.get(id) ?? CHILDREN) + CHILDREN)); return; }
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }
  return (
    <div ref={scroller} className="json-tree mono" role="tree" data-list aria-label="Document" onKeyDown={moveInTree}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return row === undefined ? null : <Row key={index} row={row} top={start} press={press} />
        })}
      </div>
    </div>
  )
}

function Row({ row, top, press }: { row: JsonRow; top: number; press: (row: JsonRow) => void }) {
  const { level, name, text, kind, open } = row
  const style = { transform: `translateY(${top}px)`, paddingLeft: 12 + level * 16 }
  const content = (
    <>
      <span className="json-twist">{open === null ? null : open ? <ChevronDownRegular /> : <ChevronRightRegular />}</span>
      {name !== null && <span className="json-name">{name}: </span>}
      <span className={`json-${kind}`}>{text}</span>
    </>
  )
  if (open === null && kind !== 'more') {
    return (
      <div data-row className="json-row" role="treeitem" tabIndex={-1} aria-level={level + 1} style={style} title={text.length > 80 ? text : undefined}>
        {content}
      </div>
    )
  }
  return (
    <button
      type="button" data-row className="json-row" role="treeitem" aria-level={level + 1} aria-expanded={open ?? undefined}
      style={style} onClick={() => press(row)}
    >
      {content}
    </button>
  )
}
