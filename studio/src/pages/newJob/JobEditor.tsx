import { useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { Ref } from 'react'
import type { JobProblem } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { byLine, lineRange } from '../../lib/editorLines'
import { plural } from '../../lib/format'

/** Height of a line, as in newJob.css. */
const ROW = 20

export interface EditorHandle {
  /** Go to a line. */
  show: (line: number) => void
}

interface JobEditorProps {
  ref: Ref<EditorHandle>
  text: string
  onChange: (text: string) => void
  problems: readonly JobProblem[]
  warnings: readonly JobProblem[]
  /** Why nobody could look at the text. */
  failed: string | null
}

/** The text, with what is wrong at the line where it is. */
export function JobEditor({ ref, text, onChange, problems, warnings, failed }: JobEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [scroll, setScroll] = useState({ top: 0, left: 0 })
  const show = (line: number) => {
    const { current } = area
    if (current === null) return
    const [start, end] = lineRange(text, line)
    current.focus()
    current.setSelectionRange(start, end)
    current.scrollTop = Math.max(0, (line - 4) * ROW)
  }
  useImperativeHandle(ref, () => ({ show }))
  const lines = text.split('\n')
  const told = useMemo(() => ({ wrong: byLine(problems), warned: byLine(warnings) }), [problems, warnings])
  const digits = String(lines.length).length
  return (
    <section className="editor pane" aria-label="Job file">
      <div className="editor-head">
        <span className="mono">job.yml</span>
        <span className="grow" />
        <CopyButton text={text} label="Copy the text" />
      </div>
      <div className="editor-body mono">
        <div className="editor-numbers" aria-hidden style={{ width: `${digits + 3}ch` }}>
          <div style={{ transform: `translateY(${-scroll.top}px)` }}>
            {lines.map((_, index) => (
              <div key={index} className={classOf(index + 1, told)}>
                {index + 1}
              </div>
            ))}
          </div>
        </div>
        <div className="editor-area">
          <div className="editor-told" aria-hidden>
            <div style={{ transform: `translate(${-scroll.left}px, ${-scroll.top}px)` }}>
              {lines.map((line, index) => {
                const message = told.wrong.get(index + 1) ?? told.warned.get(index + 1)
                if (message === undefined) return null
                return (
                  <div key={index} className={classOf(index + 1, told)} style={{ top: index * ROW + 8 }}>
                    <span style={{ paddingLeft: `calc(8px + ${line.length + 3}ch)` }}>{message}</span>
                  </div>
                )
              })}
            </div>
          </div>
          <textarea
            ref={area} value={text} wrap="off" spellCheck={false} autoCapitalize="off" autoComplete="off" aria-label="Job file as YAML"
            aria-invalid={problems.length > 0} aria-describedby="job-problems"
            placeholder={'command: python train.py\nenvironment: current'}
            onChange={({ target }) => onChange(target.value)}
            onScroll={({ currentTarget: { scrollTop: top, scrollLeft: left } }) => setScroll({ top, left })}
          />
        </div>
      </div>
      <div className="editor-foot" id="job-problems" role="status">
        {failed !== null && <p className="editor-wrong">{failed}</p>}
        {[...problems.map((each) => ({ ...each, wrong: true })), ...warnings.map((each) => ({ ...each, wrong: false }))].map(({ line, field, message, wrong }, index) => (
          <button key={index} type="button" className={wrong ? 'editor-wrong' : 'editor-warned'} onClick={() => show(line)}>
            <span className="muted">line {line}</span> {field !== '' && <b>{field}</b>} {message}
          </button>
        ))}
        {failed === null && problems.length === 0 && <span className="muted">{text.trim() === '' ? 'Fill in the form, or write here.' : summary(warnings.length)}</span>}
      </div>
    </section>
  )
}

function summary(warnings: number): string {
  return warnings === 0 ? 'Nothing is wrong with it.' : `It can be submitted, with ${plural(warnings, 'note')}.`
}

function classOf(line: number, told: { wrong: ReadonlyMap<number, string>; warned: ReadonlyMap<number, string> }): string | undefined {
  return told.wrong.has(line) ? 'wrong' : told.warned.has(line) ? 'warned' : undefined
}
