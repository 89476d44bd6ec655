// Runs that were opened last in this browser.
import { useEffect } from 'react'
import { readRecent, withRecent } from '../lib/recent'
import type { RecentRun } from '../lib/recent'
import { stored } from './stored'

export const recentRuns = stored('runyard.recentRuns', readRecent)

/** Remember that a run was opened. */
export function useRememberRun(run: RecentRun | undefined): void {
  // Compared by text: pages describe the same run by a new object at each drawing.
  const text = run === undefined ? null : JSON.stringify(run)
  useEffect(() => {
    if (text !== null) recentRuns.set(withRecent(recentRuns.get(), JSON.parse(text) as RecentRun))
  }, [text])
}
