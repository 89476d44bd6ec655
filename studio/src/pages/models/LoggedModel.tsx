import type { LoggedModelFacts } from '../../api/types'
import { KeyValues } from '../../components/facts/KeyValues'
import { formatNumber, fullNumber } from '../../lib/format'
import { jobPath } from '../../lib/routes'
import { isSystemMetric } from '../../lib/systemMetrics'
import { Link } from '../../state/location'

/** Metrics, parameters and tags of the logged model that a version was made from. */
export function LoggedModel({ model }: { model: LoggedModelFacts }) {
  const tags = model.tags.filter(({ key }) => !key.startsWith('mlflow.'))
  return (
    <>
      {model.metrics.length > 0 && <Metrics metrics={model.metrics} />}
      {model.params.length > 0 && <KeyValues title="Parameters" entries={model.params} empty="" />}
      {tags.length > 0 && <KeyValues title="Tags of the logged model" entries={tags} empty="" />}
    </>
  )
}

function Metrics({ metrics }: Pick<LoggedModelFacts, 'metrics'>) {
  // Measurements of the machine that it was trained on say least of a model.
  const ordered = metrics.toSorted((one, other) => Number(isSystemMetric(one.name)) - Number(isSystemMetric(other.name)))
  const datasets = metrics.some(({ dataset }) => dataset !== null)
  return (
    <section>
      <h2>
        Metrics <span className="muted">{metrics.length}</span>
      </h2>
      <div className="table-scroll">
        <table className="plain-table" aria-label="Metrics">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className="numeric">
                Value
              </th>
              <th scope="col" className="numeric">
                Step
              </th>
              {datasets && <th scope="col">Dataset</th>}
              <th scope="col">Run</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ name, value, step, dataset, run_id: runId }) => (
              <tr key={`${name} ${dataset} ${runId}`}>
                <td>{name}</td>
                <td className="numeric" title={fullNumber(value)}>
                  {formatNumber(value)}
                </td>
                <td className="numeric">{step}</td>
                {datasets && <td>{dataset}</td>}
                <td>
                  <Link className="link mono" href={jobPath(runId)}>
                    {runId.slice(0, 8)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
