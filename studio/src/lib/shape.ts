// Looks at parsed JSON of which nothing is known.

export function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
}

export function asList(value: unknown): unknown[] | null {
  return Array.isArray(value) ? (value as unknown[]) : null
}
