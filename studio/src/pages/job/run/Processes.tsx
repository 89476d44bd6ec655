import type { JobDetail, JobNode, JobRank } from '../../../api/types'
import { Status } from '../../../components/Status'
import { formatCount, formatDuration, runDuration } from '../../../lib/format'
import { exitWords } from '../../../lib/jobSteps'
import { outputPath } from '../../../lib/routes'
import { useNow } from '../../../state/clock'
import { Link } from '../../../state/location'
import { useGrowing } from '../../../components/useGrowing'

/** The processes of a job on all its nodes; nothing for a single one, of which the page itself tells. */
export function Processes({ job }: { job: JobDetail }) {
  const rows = job.nodes.flatMap(processesOf)
  const { count, end } = useGrowing(rows.length)
  if (rows.length < 2) return null
  return (
    <section>
      <h2>
        Processes <span className="muted">{formatCount(rows.length)}</span>
      </h2>
      <div className="job-processes">
        <table className="job-table">
          <thead>
            <tr>
              {['Node', 'Rank', 'State', 'Exit code', 'Process', 'Duration', 'Log'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, count).map(({ node, rank }) => (
              <Process key={`${node.index} ${rank?.rank ?? ''}`} name={job.name} node={node} rank={rank} />
            ))}
          </tbody>
        </table>
        <div ref={end} />
      </div>
    </section>
  )
}

interface ProcessOfNode {
  node: JobNode
  /** Null before it has begun any. */
  rank: JobRank | null
}

function processesOf(node: JobNode): ProcessOfNode[] {
  return node.ranks.length === 0 ? [{ node, rank: null }] : node.ranks.map((rank) => ({ node, rank }))
}

function Process({ name, node, rank }: ProcessOfNode & { name: string }) {
  const code = rank?.exit_code ?? null
  return (
    <tr title={node.message === '' ? undefined : node.message}>
      <td title={node.host}>{node.index}</td>
      <td>{rank === null ? '–' : rank.rank}</td>
      <td>
        <Status status={stateOf(node, rank)} />
      </td>
      <td className={code === null || code === 0 || code === SIGTERM ? '' : 'job-wrong'}>{exitWords(code) ?? '–'}</td>
      <td>{rank?.pid ?? '–'}</td>
      <td>
        <RankDuration rank={rank} />
      </td>
      <td>
        {rank !== null && rank.log !== '' && (
          <Link className="link" href={outputPath(name, rank.log)} title={rank.log}>
            {rank.log.slice(rank.log.lastIndexOf('/') + 1)}
          </Link>
        )}
      </td>
    </tr>
  )
}

/** Sent to those that shall end, as when another one has failed. */
const SIGTERM = -15

/** A process that has ended says so before its node does. */
function stateOf(node: JobNode, rank: JobRank | null): string {
  if (rank === null || rank.exit_code === null) return node.state
  if (rank.exit_code === 0) return 'Completed'
  return rank.exit_code === SIGTERM ? 'Stopped' : 'Failed'
}

function RankDuration({ rank }: { rank: JobRank | null }) {
  const running = rank !== null && rank.started !== null && rank.ended === null && rank.exit_code === null
  const now = useNow(running)
  const took = rank === null ? null : runDuration(rank.started, rank.ended, now, running)
  if (took === null) return <>–</>
  return <>{formatDuration(running ? Math.floor(took / 1000) * 1000 : took)}</>
}
