import type { JobForm } from '../../lib/jobFile'
import { Field } from './JobFields'
import { useDraft } from './useDraft'

interface EnvironmentFieldProps {
  kind: JobForm['environment']
  requirements: readonly string[]
  set: (part: Partial<JobForm>) => void
}

/** What Python the command finds. */
export function EnvironmentField({ kind, requirements, set }: EnvironmentFieldProps) {
  return (
    <>
      <Field label="Environment">
        {(id) => (
          <select id={id} value={kind} onChange={({ target }) => set({ environment: target.value as JobForm['environment'] })}>
            <option value="current">The runner’s own Python</option>
            <option value="requirements">Packages, installed for it</option>
            {kind === 'other' && <option value="other">As the text says</option>}
          </select>
        )}
      </Field>
      {kind === 'requirements' && <Requirements requirements={requirements} onChange={(lines) => set({ requirements: lines })} />}
    </>
  )
}

function Requirements({ requirements, onChange }: { requirements: readonly string[]; onChange: (lines: readonly string[]) => void }) {
  const [draft, setDraft] = useDraft(requirements.join('\n'), (text) => linesOf(text).join('\n'))
  return (
    <Field label="Requirements" hint="One package in each line, as in requirements.txt.">
      {(id) => (
        <textarea
          id={id} className="mono" rows={4} spellCheck={false} value={draft} placeholder={'numpy\nmlflow>=3'}
          onChange={({ target }) => {
            setDraft(target.value)
            onChange(linesOf(target.value))
          }}
        />
      )}
    </Field>
  )
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
}
