// Keeps the parts of a state that did not change, so that what depends on them is not made anew.

/** `next` with those fields of `previous` that say the same; `previous` itself when all do. */
export function sharing<T extends object>(previous: T | null, next: T): T {
  if (previous === null) return next
  const keys = Object.keys(next) as (keyof T)[]
  const kept = keys.filter((key) => text(previous[key]) === text(next[key]))
  if (kept.length === keys.length) return previous
  return { ...next, ...Object.fromEntries(kept.map((key) => [key, previous[key]])) }
}

function text(value: unknown): string {
  return JSON.stringify(value instanceof Map ? [...(value as Map<unknown, unknown>)] : value)
}
