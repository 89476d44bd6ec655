// Which runs the brushes leave, in whatever plot they were drawn.
import type { Brush } from './plotState'
import type { RunTable } from './runTable'

/** Whether each row is inside all brushes. A row without a value of a brushed column is outside. */
export function brushedIn(table: RunTable, brushes: readonly Brush[]): boolean[] {
  const tests = brushes.flatMap((brush) => {
    const column = table.column(brush.key)
    return column === undefined ? [] : [{ brush, values: column.values }]
  })
  return table.runs.map((_run, row) =>
    tests.every(({ brush, values }) => {
      const value = values[row] ?? null
      if (value === null) return false
      if ('values' in brush) return brush.values.includes(String(value))
      return typeof value === 'number' && value >= brush.from && value <= brush.to
    }),
  )
}

/** The brushes with one in place of that of its column; null takes it away. */
export function withBrush(brushes: readonly Brush[], key: string, brush: Brush | null): Brush[] {
  const others = brushes.filter((each) => each.key !== key)
  return brush === null ? others : [...others, brush]
}
