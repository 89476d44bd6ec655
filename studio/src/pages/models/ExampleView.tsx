import type { InputExample } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { formatBytes, formatCount } from '../../lib/format'
import { MOST_COLUMNS, MOST_ROWS, shownExample } from './inputExample'
import type { ExampleTable } from './inputExample'

/** An input that the model takes, as it was logged with it. */
export function ExampleView({ example }: { example: InputExample }) {
  const shown = shownExample(example)
  return (
    <section>
      <h2>
        Input example <span className="muted">{example.kind}</span>
      </h2>
      {shown === null && (
        <p className="muted">
          {example.path} has {formatBytes(example.size)}: too much to show here. It is among the files below.
        </p>
      )}
      {shown?.kind === 'table' && <Table table={shown.table} />}
      {shown?.kind === 'text' && (
        <div className="code code-tall" tabIndex={0} role="region" aria-label="Input example">
          {shown.text}
          <CopyButton text={shown.text} label="Copy the example" />
        </div>
      )}
    </section>
  )
}

function Table({ table: { columns, rows } }: { table: ExampleTable }) {
  const hidden = [
    ...(rows.length > MOST_ROWS ? [`${formatCount(rows.length - MOST_ROWS)} more rows`] : []),
    ...(columns.length > MOST_COLUMNS ? [`${formatCount(columns.length - MOST_COLUMNS)} more columns`] : []),
  ]
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Input example">
      <table className="plain-table">
        <thead>
          <tr>
            {columns.slice(0, MOST_COLUMNS).map((name, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {row.slice(0, MOST_COLUMNS).map((value, column) => (
                <td key={column}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden.length > 0 && <p className="muted">{hidden.join(' and ')} are in the file.</p>}
    </div>
  )
}
