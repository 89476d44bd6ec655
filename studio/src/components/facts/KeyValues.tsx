import { useState } from 'react'
import type { KeyValue } from '../../api/types'
import { CopyButton } from '../CopyButton'
import { FindField } from '../FindField'
import { asJson } from '../../lib/datasetText'
import { formatCount } from '../../lib/format'
import { useGrowing } from '../useGrowing'

/** From this many on a list has a search field. */
const SEARCH_FROM = 8

interface KeyValuesProps {
  title: string
  entries: readonly KeyValue[]
  empty: string
}

/** Names and values, searchable and copyable; thousands are drawn as one scrolls on to them. */
export function KeyValues({ title, entries, empty }: KeyValuesProps) {
  const [find, setFind] = useState('')
  const wanted = find.toLowerCase()
  const shown = entries.filter(({ key, value }) => `${key}\n${value}`.toLowerCase().includes(wanted))
  const { count, end } = useGrowing(shown.length)
  return (
    <section>
      {title !== '' && (
        <h2>
          {title} <span className="muted">{entries.length > 0 && formatCount(entries.length)}</span>
          {shown.length > 0 && <CopyButton text={asJson(shown)} label={`Copy ${title.toLowerCase()} as JSON`} />}
        </h2>
      )}
      {entries.length >= SEARCH_FROM && title !== '' && (
        <FindField value={find} onChange={setFind} placeholder={`Find in ${title.toLowerCase()}`} />
      )}
      {entries.length === 0 && <p className="muted">{empty}</p>}
      {entries.length > 0 && shown.length === 0 && <p className="muted">Nothing matches “{find}”.</p>}
      <div data-list>
        {shown.slice(0, count).map(({ key, value }) => (
          <div key={key} className="key-row" data-row>
            <span className="key-name" title={key}>
              {key}
              <CopyButton text={key} label={`Copy the name ${key}`} />
            </span>
            <span className="key-value">{value === '' ? <span className="muted">empty</span> : value}</span>
            <CopyButton text={value} label={`Copy the value of ${key}`} />
          </div>
        ))}
        <div ref={end} />
      </div>
    </section>
  )
}
