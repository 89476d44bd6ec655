import type { Comparison } from '../api/types'
import { COLOR_TAG, readColor } from '../lib/colors'

/** The colours that people chose for runs. */
export function chosenColors(data: Comparison | undefined): Map<string, string> {
  const values = data?.tags.find(({ name }) => name === COLOR_TAG)?.values ?? []
  return new Map(
    (data?.runs ?? []).flatMap(({ run_id: runId }, index) => {
      const color = readColor(values[index] ?? '')
      return color === null ? [] : [[runId, color] as const]
    }),
  )
}
