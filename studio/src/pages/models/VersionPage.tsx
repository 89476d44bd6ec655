import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isGone } from '../../api/client'
import { modelQuery, registeredVersionPath, useRegistryAction, versionQuery } from '../../api/registry'
import type { ModelDetail, VersionDetail } from '../../api/types'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { Description } from '../../components/facts/Description'
import { Tags } from '../../components/facts/Tags'
import { ErrorState } from '../../components/states'
import { Status } from '../../components/Status'
import { TopBar } from '../../components/TopBar'
import { modelPath } from '../../lib/routes'
import { useLiveScope } from '../../state/live'
import { Link, navigate } from '../../state/location'
import { AliasList } from './AliasList'
import { FactsSkeleton } from './FactsSkeleton'
import { VersionContents } from './VersionContents'
import { VersionProperties } from './VersionProperties'
import '../../components/facts/facts.css'
import './models.css'

interface VersionPageProps {
  name: string
  version: string
}

export default function VersionPage({ name, version }: VersionPageProps) {
  useLiveScope({ models: '1' })
  useEffect(() => {
    document.title = `${name} ${version} · Runyard`
  }, [name, version])
  const { data: found, error, isError, refetch } = useQuery(versionQuery(name, version))
  const { data: model } = useQuery(modelQuery(name))
  const [deleting, setDeleting] = useState(false)
  return (
    <div className="page">
      <TopBar>
        <Link href="/models" className="crumb">
          Models
        </Link>
        <span className="muted">/</span>
        <Link href={modelPath(name)} className="crumb ellipsis" title={name}>
          {name}
        </Link>
        <span className="muted">/</span>
        <h1>Version {version}</h1>
        {found !== undefined && <Status status={found.status} />}
        <span className="grow" />
        {found !== undefined && !isError && (
          <Button appearance="subtle" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )}
      </TopBar>
      {isError && (found === undefined || isGone(error)) ? (
        <ErrorState what="The version could not be loaded" error={error} retry={() => void refetch()}>
          <Link href={modelPath(name)} className="link">
            All versions
          </Link>
        </ErrorState>
      ) : (
        <div className="overview">
          <div className="overview-side">
            {found === undefined ? <FactsSkeleton rows={8} /> : <Facts name={name} version={found} model={model} />}
          </div>
          <div className="overview-side">
            {found === undefined ? <FactsSkeleton rows={6} /> : <VersionContents name={name} found={found} />}
          </div>
        </div>
      )}
      {deleting && found !== undefined && <DeleteVersion name={name} version={found} onClose={() => setDeleting(false)} />}
    </div>
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
