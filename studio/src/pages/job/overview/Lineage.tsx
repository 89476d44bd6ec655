import { useQuery } from '@tanstack/react-query'
import { lineageQuery } from '../../../api/family'
import type { VersionLink } from '../../../api/types'
import { ErrorState } from '../../../components/states'
import { formatCount } from '../../../lib/format'
import { modelVersionPath } from '../../../lib/routes'
import { Link } from '../../../state/location'
import { Datasets } from './Datasets'
import { Models } from './Models'
import { useOpenRows } from './useOpenRows'

/** Datasets and models that the run read and made; most runs have none, and then nothing is said. */
export function Lineage({ runId }: { runId: string }) {
  const { data, error, isError, refetch } = useQuery(lineageQuery(runId))
  const rows = useOpenRows()
  if (data === undefined) {
    return isError ? <ErrorState small what="Datasets and models could not be loaded" error={error} retry={() => void refetch()} /> : null
  }
  return (
    <>
      {data.datasets.length > 0 && (
        <LineageSection title="Datasets" count={data.datasets.length}>
          <Datasets runId={runId} datasets={data.datasets} rows={rows} />
        </LineageSection>
      )}
      {data.inputs.length > 0 && (
        <LineageSection title="Input models" count={data.inputs.length}>
          <Models models={data.inputs} rows={rows} />
        </LineageSection>
      )}
      {data.outputs.length > 0 && (
        <LineageSection title="Logged models" count={data.outputs.length}>
          <Models models={data.outputs} rows={rows} />
        </LineageSection>
      )}
      {data.versions.length > 0 && (
        <LineageSection title="Registered versions" count={data.versions.length}>
          {data.versions.map((version) => (
            <Version key={`${version.name} ${version.version}`} version={version} />
          ))}
        </LineageSection>
      )}
      {data.more && <p className="muted">There are more than are listed.</p>}
    </>
  )
}

function LineageSection({ title, count, children }: { title: string; count: number; children: React.ReactNode }) {
  return (
    <section>
      <h2>
        {title} <span className="muted">{formatCount(count)}</span>
      </h2>
      {children}
    </section>
  )
}

function Version({ version: { name, version, aliases, status } }: { version: VersionLink }) {
  return (
    <div className="version-row">
      <Link className="link ellipsis" href={modelVersionPath(name, version)} title={name}>
        {name}
      </Link>
      <span>version {version}</span>
      <span className="muted ellipsis">{[...aliases.map((alias) => `@${alias}`), ...(status === 'READY' ? [] : [status.toLowerCase()])].join(' ')}</span>
    </div>
  )
}
