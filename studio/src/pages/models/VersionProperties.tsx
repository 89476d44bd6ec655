import { useQuery } from '@tanstack/react-query'
import { versionFilesQuery } from '../../api/registry'
import type { ModelFiles, VersionDetail } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { Status } from '../../components/Status'
import { formatBytes, formatTime } from '../../lib/format'
import { SourceRun } from './SourceRun'

/** What is known of a version, from the registry and from its files. */
export function VersionProperties({ name, version }: { name: string; version: VersionDetail }) {
  const { data: files } = useQuery(versionFilesQuery(name, version.version))
  const flavors = files?.flavors.map((flavor) => flavor.name).join(', ') ?? ''
  return (
    <section>
      <h2>Properties</h2>
      <dl className="properties">
        <dt>Status</dt>
        <dd>
          <Status status={version.status} />
          {version.status_message !== null && <div className="muted">{version.status_message}</div>}
        </dd>
        {version.stage !== 'None' && (
          <>
            <dt>Stage</dt>
            <dd>{version.stage}</dd>
          </>
        )}
        <dt>Source run</dt>
        <dd>
          <SourceRun version={version} />
        </dd>
        <dt>Created by</dt>
        <dd>{version.user ?? '–'}</dd>
        <dt>Created</dt>
        <dd>{formatTime(version.creation_time)}</dd>
        <dt>Last change</dt>
        <dd>{formatTime(version.last_update_time)}</dd>
        {flavors !== '' && (
          <>
            <dt>Flavours</dt>
            <dd>{flavors}</dd>
          </>
        )}
        <FromFiles files={files} />
        {version.model_id !== null && <Copied title="Logged model" text={version.model_id} />}
        <Copied title="Source" text={version.source} />
      </dl>
    </section>
  )
}

function FromFiles({ files }: { files: ModelFiles | undefined }) {
  if (files === undefined) return null
  const facts = [
    ['Python', files.python_version],
    ['MLflow', files.mlflow_version],
    ['Size', files.size === null ? null : formatBytes(files.size)],
  ] as const
  return facts.map(([title, text]) =>
    text === null ? null : (
      <div key={title} className="properties-pair">
        <dt>{title}</dt>
        <dd>{text}</dd>
      </div>
    ),
  )
}

function Copied({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd className="copied">
        <span className="mono">{text}</span>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </dd>
    </>
  )
}
