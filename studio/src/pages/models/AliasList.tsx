import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useState } from 'react'
import { useRegistryAction } from '../../api/registry'
import type { AliasOf, ModelDetail } from '../../api/types'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { formatCount } from '../../lib/format'
import { modelVersionPath } from '../../lib/routes'
import { Link } from '../../state/location'
import { AliasDialog } from './AliasDialog'

type Asked = { kind: 'set'; alias?: string } | { kind: 'remove'; alias: string; version: string }

interface AliasListProps {
  model: ModelDetail
  /** Show only those of this version, and add only to it. */
  version?: string
}

/** Aliases with the versions that they name; each can be moved or removed, and more can be set. */
export function AliasList({ model, version }: AliasListProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const shown = model.aliases.filter((each) => version === undefined || each.version === version)
  const close = () => setAsked(null)
  return (
    <section>
      <h2>
        Aliases <span className="muted">{shown.length > 0 && formatCount(shown.length)}</span>
        {model.version_count > 0 && (
          <Button appearance="transparent" size="small" icon={<AddRegular />} onClick={() => setAsked({ kind: 'set' })}>
            Set an alias
          </Button>
        )}
      </h2>
      {shown.length === 0 && <p className="muted">{version === undefined ? 'No alias names a version.' : 'No alias names this version.'}</p>}
      {shown.map((each) => (
        <AliasRow key={each.alias} name={model.name} held={each} linked={version === undefined} ask={setAsked} />
      ))}
      {asked?.kind === 'set' && (
        <AliasDialog model={model} alias={asked.alias} version={asked.alias === undefined ? version : undefined} onClose={close} />
      )}
      {asked?.kind === 'remove' && <RemoveAlias name={model.name} {...asked} onClose={close} />}
    </section>
  )
}

interface AliasRowProps {
  name: string
  held: AliasOf
  linked: boolean
  ask: (asked: Asked) => void
}

function AliasRow({ name, held: { alias, version }, linked, ask }: AliasRowProps) {
  return (
    <div className="key-row tag-row">
      <span className="key-name ellipsis" title={alias}>
        @{alias}
      </span>
      {linked ? (
        <Link className="link" href={modelVersionPath(name, version)}>
          Version {version}
        </Link>
      ) : (
        <span />
      )}
      <span className="tag-actions">
        <Button
          className="edit" appearance="transparent" size="small" icon={<ArrowSwapRegular />}
          aria-label={`Move ${alias}`} title="Move to another version" onClick={() => ask({ kind: 'set', alias })}
        />
        <Button
          className="edit" appearance="transparent" size="small" icon={<DismissRegular />}
          aria-label={`Remove ${alias}`} title="Remove" onClick={() => ask({ kind: 'remove', alias, version })}
        />
      </span>
    </div>
  )
}

function RemoveAlias({ name, alias, version, onClose }: AliasOf & { name: string; onClose: () => void }) {
  const act = useRegistryAction(name)
  return (
    <ConfirmDialog
      title={`Remove ${alias}`} action="Remove the alias" pending={act.isPending} error={act.error} onClose={onClose}
      onConfirm={() => act.mutate({ kind: 'remove-alias', alias }, { onSuccess: onClose })}
    >
      <p>
        <b>{alias}</b> names version <b>{version}</b> of {name}. Once it is removed, whoever loads the model by this alias
        gets an error. The version stays.
      </p>
    </ConfirmDialog>
  )
}
