import { useQuery } from '@tanstack/react-query'
import { datasetQuery } from '../../../api/family'
import type { DatasetDetail, UsedDataset } from '../../../api/types'
import { ErrorState } from '../../../components/states'
import { prettyText, profileEntries, schemaColumns } from '../../../lib/datasetText'
import { OpenRow } from './OpenRow'
import { Copied } from './Properties'
import type { OpenRows } from './useOpenRows'

interface DatasetsProps {
  runId: string
  datasets: readonly UsedDataset[]
  rows: OpenRows
}

/** Datasets that the run read, each with what it was used for. */
export function Datasets({ runId, datasets, rows }: DatasetsProps) {
  return datasets.map((dataset) => (
    <OpenRow
      key={`${dataset.name} ${dataset.digest}`} row={`dataset ${dataset.name} ${dataset.digest}`} rows={rows} title={dataset.name}
      facts={
        <>
          {dataset.context !== null && <span className="fact-label">{dataset.context}</span>}
          <span className="mono muted">{dataset.digest}</span>
        </>
      }
    >
      <Content runId={runId} dataset={dataset} />
    </OpenRow>
  ))
}

function Content({ runId, dataset }: { runId: string; dataset: UsedDataset }) {
  const { data, error, isError, refetch } = useQuery(datasetQuery(runId, dataset.name, dataset.digest))
  if (isError && data === undefined) return <ErrorState small what="The dataset could not be loaded" error={error} retry={() => void refetch()} />
  if (data === undefined) return <span className="skeleton" style={{ width: 200 }} />
  const tags = dataset.tags.filter(({ key }) => !key.startsWith('mlflow.'))
  const profile = data.profile === null ? null : profileEntries(data.profile)
  return (
    <>
      <dl className="properties">
        <Copied title="Digest" text={dataset.digest} />
        <Copied title={`Source (${dataset.source_type})`} text={data.source} />
        {tags.map(({ key, value }) => (
          <Copied key={`tag ${key}`} title={key} text={value} />
        ))}
        {profile?.map(({ key, value }) => <Copied key={`profile ${key}`} title={key} text={value} />)}
      </dl>
      {data.profile !== null && profile === null && <pre className="lineage-text">{data.profile}</pre>}
      <Schema text={data.schema_text} />
      {data.cut && <p className="muted">Long texts are cut.</p>}
    </>
  )
}

function Schema({ text }: { text: DatasetDetail['schema_text'] }) {
  if (text === null) return null
  const columns = schemaColumns(text)
  if (columns === null) return <pre className="lineage-text">{prettyText(text)}</pre>
  return (
    <div className="lineage-scroll">
      <table className="lineage-table">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, type }, index) => (
            <tr key={index}>
              <td>{name}</td>
              <td className="mono">{type}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
