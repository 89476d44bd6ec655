import { useMemo } from 'react'
import { numericParams } from '../../lib/numericParams'
import { alignedColumns } from './columns'
import type { TableColumn } from './columns'
import type { TableRow } from './runTree'

/** Columns with parameters that are numbers in all rows that have come at the right; the same ones while that stays. */
export function useAligned(columns: TableColumn[], rows: readonly TableRow[]): TableColumn[] {
  const figures = useMemo(() => {
    const names = columns.flatMap(({ column }) => (column.kind === 'param' ? column.name : []))
    const runs = names.length === 0 ? [] : rows.flatMap((row) => (row.kind === 'run' ? row.run : []))
    return JSON.stringify([...numericParams(runs, names)])
  }, [columns, rows])
  return useMemo(() => alignedColumns(columns, new Set(JSON.parse(figures) as string[])), [columns, figures])
}
