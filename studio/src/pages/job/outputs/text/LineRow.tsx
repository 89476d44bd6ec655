import { memo } from 'react'
import type { Span } from '../../../../lib/lineMarks'
import { marked } from '../../../../lib/lineMarks'
import { lineText } from '../../../../lib/lineText'
import type { Line } from '../../../../lib/lineText'
import { PLAIN } from '../../../../lib/logText'
import { ansiStyle } from '../ansi'

interface LineRowProps {
  index: number
  line: Line | null
  digits: number
  chosen: boolean
  current: boolean
  marks: (number: number, text: string) => readonly Span[]
}

/** A number, which makes a link to its line, and the line. */
export const LineRow = memo(function LineRow({ index, line, digits, chosen, current, marks }: LineRowProps) {
  const number = index + 1
  return (
    <div className="text-line" data-index={index} data-chosen={chosen || undefined} data-current={current || undefined}>
      <span className="text-number" style={{ width: `${digits + 2}ch` }} data-number={digits > 0 ? number : undefined} title={digits > 0 ? 'Link to this line' : undefined}>
        {digits > 0 && number}
      </span>
      {line === null ? (
        <span className="skeleton" style={{ width: `${24 + ((index * 37) % 40)}ch` }} />
      ) : (
        <span className="text-content">
          {marked(line.pieces, marks(number, lineText(line))).map(({ text, look, marked: found }, place) =>
            found ? (
              <mark key={place} style={ansiStyle({ ...look, color: null, ground: null })}>
                {text}
              </mark>
            ) : look === PLAIN ? (
              text
            ) : (
              <span key={place} style={ansiStyle(look)}>
                {text}
              </span>
            ),
          )}
          {line.cut && <span className="muted"> … this line is longer than a page shows</span>}
        </span>
      )}
    </div>
  )
})
