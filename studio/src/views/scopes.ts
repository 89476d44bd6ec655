import type { Scope } from '../lib/savedViews'

/** A view of a list serves other experiments, too. */
export const JOBS_SCOPE: Scope = ['experiment']
