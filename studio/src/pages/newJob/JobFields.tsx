import { useId, useMemo } from 'react'
import type { ReactNode } from 'react'
import { readForm, withField } from '../../lib/jobFile'
import type { JobForm } from '../../lib/jobFile'
import { EnvironmentField } from './EnvironmentField'
import { InputsField } from './InputsField'

interface JobFieldsProps {
  text: string
  change: (text: string) => void
  /** Where the job goes when its file names no experiment. */
  experiment: string
}

/** The usual fields of a job file. */
export function JobFields({ text, change, experiment }: JobFieldsProps) {
  const form = useMemo(() => readForm(text), [text])
  if (form === null) return <p className="muted">The form is back as soon as the text is a job file again.</p>
  const set = (part: Partial<JobForm>) => change(withField(text, part))
  return (
    <form className="writer-fields" onSubmit={(event) => event.preventDefault()}>
      {form.isCommand ? (
        <Field label="Command" hint="Runs in a shell, in the folder of the code.">
          {(id) => (
            <textarea id={id} className="mono" rows={3} spellCheck={false} value={form.command} placeholder="python train.py --lr ${{inputs.lr}}" onChange={({ target }) => set({ command: target.value })} />
          )}
        </Field>
      ) : (
        <p className="muted">Sweeps and pipelines are written as text.</p>
      )}
      <div className="writer-two">
        <TextField label="Experiment" value={form.experiment} placeholder={experiment} onChange={(value) => set({ experiment: value })} />
        <TextField label="Display name" value={form.displayName} placeholder="made up" onChange={(value) => set({ displayName: value })} />
      </div>
      {form.isCommand && (
        <>
          <EnvironmentField kind={form.environment} requirements={form.requirements} set={set} />
          <InputsField rows={form.inputs} onChange={(inputs) => set({ inputs })} />
          <div className="writer-two">
            <TextField label="Nodes" value={form.nodes} placeholder="1" numeric onChange={(nodes) => set({ nodes })} />
            {form.distribution === null ? (
              <span />
            ) : (
              <TextField label="Processes per node" value={form.processes} placeholder="1" numeric onChange={(processes) => set({ processes })} />
            )}
          </div>
        </>
      )}
      <div className="writer-two">
        <TextField label="Timeout in seconds" value={form.timeout} placeholder="none" numeric onChange={(timeout) => set({ timeout })} />
      </div>
    </form>
  )
}

interface TextFieldProps {
  label: string
  value: string
  placeholder: string
  numeric?: boolean
  onChange: (value: string) => void
}

function TextField({ label, value, placeholder, numeric = false, onChange }: TextFieldProps) {
  return (
    <Field label={label}>
      {(id) => <input id={id} type="text" inputMode={numeric ? 'numeric' : 'text'} value={value} placeholder={placeholder} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  )
}

export function Field({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="writer-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <span className="muted writer-hint">{hint}</span>}
    </div>
  )
}
