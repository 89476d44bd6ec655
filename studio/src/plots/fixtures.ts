// Tables of runs for tests.
import { RunTable } from './runTable'
import type { RunColumns } from './runTable'

interface Given {
  params?: Record<string, (string | null)[]>
  metrics?: Record<string, (number | string | null)[]>
}

export const START = 1_700_000_000_000

/** Runs r0, r1 …, each a minute long and started an hour after the one before. */
export function answer(number: number, { params = {}, metrics = {} }: Given = {}): RunColumns {
  return {
    runs: Array.from({ length: number }, (_none, index) => ({
      run_id: `r${index}`, name: `run ${index}`, experiment_id: '1', experiment_name: 'digits', user: 'ada', status: 'FINISHED',
      start_time: START + index * 3_600_000, end_time: START + index * 3_600_000 + 60_000,
    })),
    params: Object.entries(params).map(([name, values]) => ({ name, values })),
    metrics: Object.entries(metrics).map(([name, values]) => ({
      name, latest: values as RunColumns['metrics'][number]['latest'],
      min: values.map((value) => (typeof value === 'number' ? value - 1 : null)), max: values.map((value) => (typeof value === 'number' ? value + 1 : null)),
    })),
  }
}

export function table(number: number, given: Given = {}): RunTable {
  return new RunTable(answer(number, given), START)
}
