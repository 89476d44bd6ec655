import type { Signature, SignatureField } from '../../api/types'
import { formatCount } from '../../lib/format'

/** Rows of a table that are drawn: a signature may have 20,000 columns. */
const MOST_FIELDS = 500

const PARTS = [
  { key: 'inputs', title: 'Inputs' },
  { key: 'outputs', title: 'Outputs' },
  { key: 'params', title: 'Parameters' },
] as const

/** What a model takes and answers. */
export function SignatureTables({ signature }: { signature: Signature | null }) {
  return (
    <section>
      <h2>Signature</h2>
      {signature === null ? (
        <p className="muted">The model was logged without a signature.</p>
      ) : (
        PARTS.map(({ key, title }) => {
          const fields = signature[key]
          return fields === null ? null : <Fields key={key} title={title} fields={fields} />
        })
      )}
    </section>
  )
}

function Fields({ title, fields }: { title: string; fields: readonly SignatureField[] }) {
  const has = (part: 'name' | 'shape' | 'required' | 'default') => fields.some((field) => field[part] !== null)
  const columns = [
    ...(has('name') ? [{ title: 'Name', text: (field: SignatureField) => field.name ?? '' }] : []),
    { title: 'Type', text: (field: SignatureField) => field.type },
    ...(has('shape') ? [{ title: 'Shape', text: (field: SignatureField) => field.shape ?? '' }] : []),
    ...(has('required') ? [{ title: 'Required', text: ({ required }: SignatureField) => (required === null ? '' : required ? 'yes' : 'no') }] : []),
    ...(has('default') ? [{ title: 'Default', text: (field: SignatureField) => field.default ?? '' }] : []),
  ]
  return (
    <div className="table-scroll">
      <table className="plain-table" aria-label={title}>
        <caption>
          {title} <span className="muted">{fields.length}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.slice(0, MOST_FIELDS).map((field, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.title} className={column.title === 'Name' ? '' : 'mono'}>
                  {column.text(field)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {fields.length > MOST_FIELDS && <p className="muted">{formatCount(fields.length - MOST_FIELDS)} more in MLmodel.</p>}
    </div>
  )
}
