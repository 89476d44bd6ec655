import { useMemo } from 'react'
import type { ModelDetail } from '../../api/types'
import { CheckOption } from '../../components/CheckOption'
import { formatDuration, formatTime } from '../../lib/format'
import { modelVersionPath } from '../../lib/routes'
import { timeTick } from '../../lib/ticks'
import { useNow } from '../../state/clock'
import { Link, useSearch, useSetSearch } from '../../state/location'
import { ticks, timeline } from './timeline'
import type { Lane, Span, Tick } from './timeline'

const MOST_TICKS = 6
/** Percent of the line after which a tick's text has no room at its right. */
const LAST_ROOM = 92

/** What each alias named when: a lane for each alias, or the same as a table. */
export function AliasTimeline({ model }: { model: ModelDetail }) {
  const search = new URLSearchParams(useSearch())
  const setSearch = useSetSearch()
  const asTable = search.get('history') === 'table'
  const now = useNow(false)
  const { history, creation_time: created } = model
  const line = useMemo(() => timeline(history, created, now), [history, created, now])
  if (history.length === 0) return null
  const show = (table: boolean) => {
    if (table) search.set('history', 'table')
    else search.delete('history')
    setSearch(search)
  }
  return (
    <section className="timeline" aria-label="Aliases over time">
      <div className="timeline-head">
        <h2>Aliases over time</h2>
        {model.history_cut && <span className="muted">older changes are not shown</span>}
        <CheckOption label="As a table" checked={asTable} onChange={show} />
      </div>
      {asTable ? (
        <HistoryTable model={model} now={now} />
      ) : (
        <div className="timeline-lanes">
          {line.lanes.map((lane) => (
            <LaneRow key={lane.alias} name={model.name} lane={lane} />
          ))}
          <Axis marks={ticks(line.from, line.to, MOST_TICKS)} />
        </div>
      )}
    </section>
  )
}

function LaneRow({ name, lane }: { name: string; lane: Lane }) {
  return (
    <div className="lane">
      <span className={lane.holds === null ? 'lane-name ellipsis muted' : 'lane-name ellipsis'} title={lane.alias}>
        @{lane.alias}
      </span>
      <div className="lane-track">
        {lane.spans.map((span) => (
          <Bar key={`${span.version} ${span.left}`} name={name} alias={lane.alias} span={span} />
        ))}
      </div>
    </div>
  )
}

function Bar({ name, alias, span }: { name: string; alias: string; span: Span }) {
  const { version, start, end, left, width } = span
  const said = `${alias} named version ${version} from ${startText(start)} to ${endText(end)}`
  const classes = ['lane-span', start === null ? 'unknown' : '', end === null ? 'now' : ''].filter((each) => each !== '')
  return (
    <Link
      href={modelVersionPath(name, version)} className={classes.join(' ')} title={said} aria-label={said}
      style={{ left: `${left}%`, width: `${width}%` }}
    >
      {version}
    </Link>
  )
}

function Axis({ marks }: { marks: readonly Tick[] }) {
  return (
    <div className="lane lane-axis" aria-hidden>
      <span />
      <div className="lane-track">
        {marks.map(({ time, step, left }) => (
          <span key={time} className={left > LAST_ROOM ? 'mirrored' : undefined} style={{ left: `${left}%` }}>
            {timeTick(time / 1000, step / 1000)}
          </span>
        ))}
      </div>
    </div>
  )
}

function HistoryTable({ model, now }: { model: ModelDetail; now: number }) {
  // What happened last is looked for most.
  const periods = [...model.history].reverse()
  return (
    <div className="timeline-table">
      <table className="plain-table">
        <thead>
          <tr>
            {['Alias', 'Version', 'From', 'To', 'For'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map(({ alias, version, start, end }, index) => (
            <tr key={periods.length - index}>
              <td className="ellipsis" title={alias}>@{alias}</td>
              <td>
                <Link className="link" href={modelVersionPath(model.name, version)}>
                  {version}
                </Link>
              </td>
              <td>{startText(start)}</td>
              <td>{endText(end)}</td>
              <td>{start === null ? '–' : formatDuration(Math.max(0, (end ?? now) - start))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function startText(start: number | null): string {
  return start === null ? 'an unknown time' : formatTime(start)
}

function endText(end: number | null): string {
  return end === null ? 'now' : formatTime(end)
}
