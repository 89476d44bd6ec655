// What MLflow writes about a dataset: JSON in text, of a few known forms.

export interface SchemaColumn {
  name: string
  type: string
}

/** The columns of a schema in MLflow's form of columns; null for any other. */
export function schemaColumns(text: string): SchemaColumn[] | null {
  const parsed = parse(text)
  const columns = isRecord(parsed) ? parsed['mlflow_colspec'] : null
  if (!Array.isArray(columns)) return null
  return columns.filter(isRecord).map((column, index) => ({
    name: typeof column['name'] === 'string' ? column['name'] : String(index),
    type: typeof column['type'] === 'string' ? column['type'] : JSON.stringify(column['type'] ?? null),
  }))
}

/** The figures of a profile that is a flat object; null for any other. */
export function profileEntries(text: string): { key: string; value: string }[] | null {
  const parsed = parse(text)
  if (!isRecord(parsed)) return null
  return Object.entries(parsed).map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}

/** JSON with a line for each value; other text as it is. */
export function prettyText(text: string): string {
  const parsed = parse(text)
  return parsed === undefined ? text : JSON.stringify(parsed, null, 2)
}

/** Names and values as one JSON object. */
export function asJson(entries: readonly { key: string; value: string }[]): string {
  return JSON.stringify(Object.fromEntries(entries.map(({ key, value }) => [key, value])), null, 2)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
