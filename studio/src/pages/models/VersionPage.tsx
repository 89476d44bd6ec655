import { useQuery } from '@tanstack/react-query'
import { modelQuery, registeredVersionPath, useRegistryAction, versionQuery } from '../../api/registry'
import type { ModelDetail, VersionDetail } from '../../api/types'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { Description } from '../../components/facts/Description'
import { Tags } from '../../components/facts/Tags'
import { Status } from '../../components/Status'
import { modelPath } from '../../lib/routes'
import { Link, navigate } from '../../state/location'
import { AliasList } from './AliasList'
import { FactsSkeleton } from './FactsSkeleton'
import { RegistryPage } from './RegistryPage'
import { VersionContents } from './VersionContents'
import { VersionProperties } from './VersionProperties'

interface VersionPageProps {
  name: string
  version: string
}

export default function VersionPage({ name, version }: VersionPageProps) {
  const { data: model } = useQuery(modelQuery(name))
  return (
    <RegistryPage
      title={`${name} ${version}`} noun="version" query={useQuery(versionQuery(name, version))} up={{ href: modelPath(name), label: 'All versions' }}
      head={(found) => (
        <>
          <Link href={modelPath(name)} className="crumb ellipsis" title={name}>
            {name}
          </Link>
          <span className="muted">/</span>
          <h1>Version {version}</h1>
          {found !== undefined && <Status status={found.status} />}
        </>
      )}
      ask={(found, close) => <DeleteVersion name={name} version={found} onClose={close} />}
    >
      {(found) => (
        <div className="overview">
          <div className="overview-side">
            {found === undefined ? <FactsSkeleton rows={8} /> : <Facts name={name} version={found} model={model} />}
          </div>
          <div className="overview-side">
            {found === undefined ? <FactsSkeleton rows={6} /> : <VersionContents name={name} found={found} />}
          </div>
        </div>
      )}
    </RegistryPage>
  )
}

function Facts({ name, version, model }: { name: string; version: VersionDetail; model: ModelDetail | undefined }) {
  const path = registeredVersionPath(name, version.version)
  return (
    <>
      <VersionProperties name={name} version={version} />
      {model !== undefined && <AliasList model={model} version={version.version} />}
      <Description path={path} text={version.description} editable />
      <Tags path={path} tags={version.tags} editable />
    </>
  )
}

function DeleteVersion({ name, version: { version, aliases }, onClose }: { name: string; version: VersionDetail; onClose: () => void }) {
  const act = useRegistryAction(name)
  return (
    <ConfirmDialog
      danger title={`Delete version ${version}?`} action={`Delete version ${version}`} pending={act.isPending} error={act.error} onClose={onClose}
      onConfirm={() => act.mutate({ kind: 'delete-version', version }, { onSuccess: () => navigate(modelPath(name)) })}
    >
      <p>
        Version <b>{version}</b> of <b>{name}</b> goes for good, with its description and tags
        {aliases.length > 0 && (
          <>
            {' '}
            and its {aliases.length === 1 ? 'alias' : 'aliases'} <b>{aliases.join(', ')}</b>
          </>
        )}
        . Its number is never given again. Its source run and the files stay.
      </p>
    </ConfirmDialog>
  )
}
