// Parameters are text; columns of figures stand in line at their right end.
import { isFigure } from './tableData'

interface WithParams {
  params: Readonly<Record<string, string>>
}

/** Those of the named parameters of which all values are numbers, `None` aside. */
export function numericParams(runs: readonly WithParams[], names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => allFigures(runs, name)))
}

function allFigures(runs: readonly WithParams[], name: string): boolean {
  let some = false
  for (const { params } of runs) {
    const value = params[name]
    if (value === undefined || value === '' || value === 'None') continue
    if (!isFigure(value)) return false
    some = true
  }
  return some
}
