import { useState } from 'react'
import { useRegistryAction } from '../../api/registry'
import type { ModelDetail } from '../../api/types'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { aliasStep } from './aliasStep'

interface AliasDialogProps {
  model: ModelDetail
  /** Given where one alias is moved, or one version gets an alias; else the reader says it. */
  alias?: string | undefined
  version?: string | undefined
  onClose: () => void
}

/** Lets an alias name a version, and says from which to which it moves. */
export function AliasDialog({ model, alias: givenAlias, version: givenVersion, onClose }: AliasDialogProps) {
  const newest = model.latest_versions.at(-1)?.version ?? ''
  const [alias, setAlias] = useState(givenAlias ?? '')
  const [version, setVersion] = useState(givenVersion ?? newest)
  const act = useRegistryAction(model.name)
  const step = aliasStep(model.aliases, alias, version)
  const ready = step.kind === 'new' || step.kind === 'move'
  const held = step.kind === 'move' ? step.from : null
  return (
    <ConfirmDialog
      title={givenAlias === undefined ? 'Set an alias' : `Move ${givenAlias}`}
      action={step.kind === 'move' ? `Move from ${step.from} to ${version}` : 'Set the alias'}
      ready={ready} pending={act.isPending} error={act.error} onClose={onClose}
      onConfirm={() => act.mutate({ kind: 'set-alias', alias, version, held }, { onSuccess: onClose })}
    >
      <div className="alias-fields">
        {givenAlias === undefined && <Field label="Alias" value={alias} onChange={setAlias} options={model.aliases.map((each) => each.alias)} />}
        {givenVersion === undefined && <Field label="Version" value={version} onChange={setVersion} numeric />}
      </div>
      <p role="status" className="alias-step">
        {step.kind === 'new' && <>The new alias <b>{alias}</b> will name version <b>{version}</b> of {model.name}.</>}
        {step.kind === 'move' && (
          <>
            <b>{alias}</b> moves from version <b>{step.from}</b> to version <b>{version}</b> of {model.name}. Whoever loads the
            model by this alias gets version {version} from then on.
          </>
        )}
        {!ready && <span className="muted">{step.reason}</span>}
      </p>
    </ConfirmDialog>
  )
}

interface FieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  numeric?: boolean
  options?: readonly string[]
}

function Field({ label, value, onChange, numeric = false, options = [] }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="text" inputMode={numeric ? 'numeric' : 'text'} value={value} spellCheck={false} autoComplete="off"
        list={options.length > 0 ? 'alias-options' : undefined}
        onFocus={(event) => numeric && event.target.select()}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      {options.length > 0 && (
        <datalist id="alias-options">
          {options.map((option) => <option key={option} value={option} />)}
        </datalist>
      )}
    </label>
  )
}
