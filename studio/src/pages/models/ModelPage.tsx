import { useQuery } from '@tanstack/react-query'
import { modelQuery, registeredModelPath, useRegistryAction } from '../../api/registry'
import type { ModelDetail } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { Description } from '../../components/facts/Description'
import { Tags } from '../../components/facts/Tags'
import { RelativeTime } from '../../components/times'
import { plural } from '../../lib/format'
import { navigate } from '../../state/location'
import { AliasList } from './AliasList'
import { AliasTimeline } from './AliasTimeline'
import { FactsSkeleton } from './FactsSkeleton'
import { RegistryPage } from './RegistryPage'
import { VersionsTable } from './VersionsTable'

export default function ModelPage({ name }: { name: string }) {
  return (
    <RegistryPage
      title={name} noun="model" query={useQuery(modelQuery(name))} up={{ href: '/models', label: 'All models' }}
      head={() => (
        <>
          <h1 className="ellipsis" title={name}>
            {name}
          </h1>
          <CopyButton text={name} label="Copy the model’s name" />
        </>
      )}
      ask={(model, close) => <DeleteModel model={model} onClose={close} />}
    >
      {(model) => (
        <div className="model">
          <div className="model-side overview">{model === undefined ? <FactsSkeleton rows={6} /> : <Side model={model} />}</div>
          <div className="pane">
            {model !== undefined && <AliasTimeline model={model} />}
            <VersionsTable name={name} />
          </div>
        </div>
      )}
    </RegistryPage>
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
