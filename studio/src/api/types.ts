// Short names for the generated types.
import type { components } from './schema'

type Schemas = components['schemas']
export type ExperimentRow = Schemas['ExperimentRow']
export type ExperimentPage = Schemas['ExperimentPage']
export type RunRow = Schemas['RunRow']
export type RunPage = Schemas['RunPage']
export type RunChange = Schemas['RunChange']
export type Comparison = Schemas['Comparison']
export type RunDetail = Schemas['RunDetail']
export type MetricTable = Schemas['MetricTable']
export type Names = Schemas['Names']
export type ArtifactEntry = Schemas['ArtifactEntry']
export type ArtifactFolder = Schemas['ArtifactFolder']
export type SeriesRequest = Schemas['SeriesRequest']
export type KeyValue = Schemas['KeyValue']
