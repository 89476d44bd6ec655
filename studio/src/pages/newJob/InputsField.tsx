import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import type { InputRow } from '../../lib/jobFile'
import { useDraft } from './useDraft'

interface InputsFieldProps {
  rows: readonly InputRow[]
  onChange: (rows: readonly InputRow[]) => void
}

/** Names and values that the command may use. */
export function InputsField({ rows, onChange }: InputsFieldProps) {
  const [draft, setDraft] = useDraft(rows, keptOf)
  const change = (next: readonly InputRow[]) => {
    const named = next.filter(isNamed)
    onChange(named)
    // What was written has the places of its text now; a row without a name is in none.
    setDraft(next.map((row) => ({ ...row, place: isNamed(row) ? named.indexOf(row) : null })))
  }
  const replace = (index: number, part: Partial<InputRow>) => change(draft.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <fieldset className="writer-inputs">
      <legend>Inputs</legend>
      {draft.map((row, index) => (
        <div key={index} className="writer-input">
          <input type="text" aria-label={`Name of input ${index + 1}`} placeholder="name" value={row.name} spellCheck={false} onChange={({ target }) => replace(index, { name: target.value })} />
          <span className="muted">=</span>
          <input
            type="text" aria-label={`Value of input ${index + 1}`} placeholder="value" value={row.value} spellCheck={false}
            disabled={row.fixed} title={row.fixed ? 'The text says more of it' : undefined} onChange={({ target }) => replace(index, { value: target.value })}
          />
          <Button
            appearance="subtle" size="small" icon={<DismissRegular />} aria-label={`Remove input ${index + 1}`} title="Remove"
            onClick={() => change(draft.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button appearance="subtle" size="small" icon={<AddRegular />} onClick={() => setDraft([...draft, { name: '', value: '', place: null, fixed: false }])}>
        Add an input
      </Button>
      {draft.some(({ name }) => name !== '') && (
        <span className="muted writer-hint">
          The command names one as <span className="mono">{'${{inputs.'}{draft.find(({ name }) => name !== '')?.name}{'}}'}</span>
        </span>
      )}
    </fieldset>
  )
}

function isNamed({ name }: InputRow): boolean {
  return name.trim() !== ''
}

function keptOf(rows: readonly InputRow[]): string {
  return JSON.stringify(rows.filter(isNamed).map(({ name, value }) => [name, value]))
}
