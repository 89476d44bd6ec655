import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isGone } from '../../api/client'
import { modelQuery, registeredModelPath, useRegistryAction } from '../../api/registry'
import type { ModelDetail } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { Description } from '../../components/facts/Description'
import { Tags } from '../../components/facts/Tags'
import { ErrorState } from '../../components/states'
import { RelativeTime } from '../../components/times'
import { TopBar } from '../../components/TopBar'
import { plural } from '../../lib/format'
import { useLiveScope } from '../../state/live'
import { Link, navigate } from '../../state/location'
import { AliasList } from './AliasList'
import { AliasTimeline } from './AliasTimeline'
import { FactsSkeleton } from './FactsSkeleton'
import { VersionsTable } from './VersionsTable'
import '../../components/facts/facts.css'
import './models.css'

export default function ModelPage({ name }: { name: string }) {
  useLiveScope({ models: '1' })
  useEffect(() => {
    document.title = `${name} · Runyard`
  }, [name])
  const { data: model, error, isError, refetch } = useQuery(modelQuery(name))
  const [deleting, setDeleting] = useState(false)
  return (
    <div className="page">
      <TopBar>
        <Link href="/models" className="crumb">
          Models
        </Link>
        <span className="muted">/</span>
        <h1 className="ellipsis" title={name}>
          {name}
        </h1>
        <CopyButton text={name} label="Copy the model’s name" />
        <span className="grow" />
        {model !== undefined && !isError && (
          <Button appearance="subtle" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )}
      </TopBar>
      {isError && (model === undefined || isGone(error)) ? (
        <ErrorState what="The model could not be loaded" error={error} retry={() => void refetch()}>
          <Link href="/models" className="link">
            All models
          </Link>
        </ErrorState>
      ) : (
        <div className="model">
          <div className="model-side overview">{model === undefined ? <FactsSkeleton rows={6} /> : <Side model={model} />}</div>
          <div className="model-main">
            {model !== undefined && <AliasTimeline model={model} />}
            <VersionsTable name={name} />
          </div>
        </div>
      )}
      {deleting && model !== undefined && <DeleteModel model={model} onClose={() => setDeleting(false)} />}
    </div>
  )
}

function Side({ model }: { model: ModelDetail }) {
  const path = registeredModelPath(model.name)
  return (
    <>
      <section>
        <dl className="properties">
          <dt>Versions</dt>
          <dd>{model.version_count}</dd>
          <dt>Created</dt>
          <dd>
            <RelativeTime time={model.creation_time} />
          </dd>
          <dt>Last change</dt>
          <dd>
            <RelativeTime time={model.last_update_time} />
          </dd>
        </dl>
      </section>
      <AliasList model={model} />
      <Description path={path} text={model.description} editable />
      <Tags path={path} tags={model.tags} editable />
    </>
  )
}

function DeleteModel({ model, onClose }: { model: ModelDetail; onClose: () => void }) {
  const { name, aliases, version_count: versions } = model
  const act = useRegistryAction(name)
  return (
    <ConfirmDialog
      danger title="Delete this model?" action="Delete the model" pending={act.isPending} error={act.error} onClose={onClose}
      onConfirm={() => act.mutate({ kind: 'delete-model' }, { onSuccess: () => navigate('/models') })}
    >
      <p>
        <b>{name}</b> goes for good, with {versions > 0 && `${plural(versions, 'version')}, `}its description and tags
        {aliases.length > 0 && (
          <>
            , its {aliases.length === 1 ? 'alias' : 'aliases'}{' '}
            <b>{aliases.map(({ alias, version }) => `${alias} (version ${version})`).join(', ')}</b> and what they named before
          </>
        )}
        . Runs, logged models and their files stay.
      </p>
    </ConfirmDialog>
  )
}
