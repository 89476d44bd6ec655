import type { JobDetail } from '../../../api/types'
import { formatDuration, formatTime } from '../../../lib/format'
import { jobSentence, passedStates } from '../../../lib/jobSteps'
import { hasEnded, statusLook } from '../../../lib/status'
import { useNow } from '../../../state/clock'
import { Link } from '../../../state/location'
import './run.css'

/** Where a job is on its way, how long each part of that took, and why it waits or ended. */
export function Progress({ job }: { job: JobDetail }) {
  const now = useNow(!hasEnded(job.state))
  const sentence = jobSentence(job)
  const { word, tone } = statusLook(job.state)
  return (
    <section className="job-progress" aria-label="Progress">
      {sentence !== null && (
        <p className={`job-told ${tone}`}>
          <b>{word}:</b> {sentence}{' '}
          {job.state === 'Queued' && (
            <Link className="link" href="/queue">
              See the queue
            </Link>
          )}
        </p>
      )}
      <ol className="job-steps">
        {passedStates(job.events, now).map(({ state, since, took, message, present }, index) => (
          <li key={index} aria-current={present ? 'step' : undefined} title={`${formatTime(since)}${message === '' ? '' : `\n${message}`}`}>
            <span className={`dot ${present ? statusLook(state).tone : 'passed'}`} aria-hidden />
            {statusLook(state).word}
            {took !== null && <span className="muted">{formatDuration(present ? Math.floor(took / 1000) * 1000 : took)}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
