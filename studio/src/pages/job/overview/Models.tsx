import type { RunModel } from '../../../api/types'
import { formatCount, formatNumber, formatTime, fullNumber } from '../../../lib/format'
import type { Tone } from '../../../lib/status'
import { ModelFiles } from './ModelFiles'
import { OpenRow } from './OpenRow'
import { Copied } from './Properties'
import type { OpenRows } from './useOpenRows'

const LOOKS: Readonly<Record<string, { word: string; tone: Tone }>> = {
  PENDING: { word: 'Pending', tone: 'running' },
  READY: { word: 'Ready', tone: 'completed' },
  FAILED: { word: 'Failed', tone: 'failed' },
}
/** Metrics that stand in the row itself. */
const IN_ROW = 2

/** Logged models: status, step, and on opening metrics, parameters and files. */
export function Models({ models, rows }: { models: readonly RunModel[]; rows: OpenRows }) {
  return models.map((model) => {
    const look = LOOKS[model.status]
    return (
      <OpenRow
        key={model.model_id} row={`model ${model.model_id}`} rows={rows} title={model.name ?? model.model_id}
        facts={
          model.name === null ? (
            <span className="muted">Unknown or deleted</span>
          ) : (
            <>
              {model.metrics.slice(0, IN_ROW).map(({ key, value }, index) => (
                <span key={index} className="muted ellipsis" title={`${key}: ${fullNumber(value)}`}>
                  {key} {formatNumber(value)}
                </span>
              ))}
              {model.step !== null && <span className="muted">step {formatCount(model.step)}</span>}
              {look !== undefined && (
                <span className="status">
                  <span className={`dot ${look.tone}`} aria-hidden />
                  {look.word}
                </span>
              )}
            </>
          )
        }
      >
        <ModelContent model={model} />
      </OpenRow>
    )
  })
}

function ModelContent({ model }: { model: RunModel }) {
  return (
    <>
      <dl className="properties">
        <Copied title="Model id" text={model.model_id} />
        {model.model_type !== null && model.model_type !== '' && <Copied title="Type" text={model.model_type} />}
        {model.created !== null && <Copied title="Created" text={formatTime(model.created)} />}
        {model.metrics.map(({ key, value, step, dataset_name: dataset }, index) => (
          <Copied
            key={`metric ${index}`} text={fullNumber(value)}
            title={`${key}${dataset === null ? '' : ` on ${dataset}`}, step ${formatCount(step)}`}
          />
        ))}
        {model.params.map(({ key, value }) => (
          <Copied key={`param ${key}`} title={key} text={value} />
        ))}
      </dl>
      {model.name !== null && <ModelFiles modelId={model.model_id} folder="" />}
    </>
  )
}
