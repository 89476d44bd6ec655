// Pages that have nothing else to show: empty, failed, not found.
import { Button } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client'
import { navigate } from '../state/location'
import { CopyButton } from './CopyButton'

interface StateProps {
  title: string
  children?: ReactNode
  small?: boolean
  /** The page has no other title. */
  whole?: boolean
}

export function State({ title, children, small = false, whole = false }: StateProps) {
  const Heading = whole ? 'h1' : 'h2'
  return (
    <div className={small ? 'state small' : 'state'}>
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}

interface ErrorStateProps {
  /** What failed, as "The runs could not be loaded". */
  what: string
  error: unknown
  retry: () => void
  small?: boolean
  children?: ReactNode
}

/** What failed, the server's own message, and a way on. */
export function ErrorState({ what, error, retry, small = false, children }: ErrorStateProps) {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof ApiError && error.code !== '' ? error.code : undefined
  return (
    <div role="alert" className={small ? 'state small' : 'state'}>
      <h2>{what}</h2>
      <p title={code}>{message}</p>
      <div>
        <Button size={small ? 'small' : 'medium'} onClick={retry}>
          Try again
        </Button>{' '}
        {children}
      </div>
    </div>
  )
}

export function NotFound({ path }: { path: string }) {
  return (
    <State whole title="There is no such page">
      <p className="muted">{path}</p>
      <Button onClick={() => navigate('/jobs')}>All jobs</Button>
    </State>
  )
}

/** What to type to see a first run, with this server's address. */
export function FirstRun({ experiment }: { experiment?: string | undefined }) {
  const lines = [
    'import mlflow',
    `mlflow.set_tracking_uri(${JSON.stringify(location.origin)})`,
    ...(experiment === undefined ? [] : [`mlflow.set_experiment(${JSON.stringify(experiment)})`]),
    'mlflow.log_metric("loss", 0.5)',
  ].join('\n')
  return (
    <State title={experiment === undefined ? 'Log a first run' : `No runs in ${experiment} yet`}>
      <p>Run these lines in Python where mlflow is installed. The run appears here as soon as it is logged.</p>
      <div className="code">
        {lines}
        <CopyButton text={lines} label="Copy the lines" />
      </div>
    </State>
  )
}
