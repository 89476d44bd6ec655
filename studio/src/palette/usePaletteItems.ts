import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { experimentsQuery, foundRunsQuery } from '../api/queries'
import { useDelayed } from '../components/useDelayed'
import { fuzzyFind } from '../lib/fuzzy'
import { jobPath, jobsPath } from '../lib/routes'
import { viewSearch } from '../lib/savedViews'
import { PAGES } from '../lib/shortcuts'
import { openPalette, presentCommands } from '../state/commands'
import { navigate } from '../state/location'
import { recentRuns } from '../state/recent'
import { usePageViews } from '../views/pageViews'

export interface PaletteItem {
  key: string
  section: string
  label: string
  note?: string
  keys?: readonly string[]
  run: () => void
}

const MOST_OF_A_SECTION = 8
const DELAY = 150

/** All that matches, by sections; runs come from the server as one types. */
export function usePaletteItems(text: string): { items: PaletteItem[]; searching: boolean } {
  // As it was when the palette opened: the page below does not change meanwhile.
  const [commands] = useState(presentCommands)
  const wanted = useDelayed(text.trim(), DELAY)
  const experiments = useQuery(experimentsQuery())
  const jobsViews = usePageViews('jobs')
  const compareViews = usePageViews('compare')
  const runs = useQuery({ ...foundRunsQuery(wanted, MOST_OF_A_SECTION), enabled: wanted !== '' })
  const asked = text.trim() !== ''

  const actions: PaletteItem[] = commands.map(({ id, label, run }) => ({ key: `action ${id}`, section: 'On this page', label, run }))
  const pages: PaletteItem[] = [
    ...PAGES.map(({ label, path, key }) => ({ key: path, section: 'Go to', label, keys: ['g', key], run: () => navigate(path) })),
    { key: 'help', section: 'Go to', label: 'Keyboard shortcuts', keys: ['?'], run: () => openPalette('help') },
  ]
  const recent: PaletteItem[] = recentRuns.get().map(({ id, name, experiment }) => toRun('Recent runs', id, name, experiment))
  const found: PaletteItem[] = (asked ? (runs.data?.runs ?? []) : []).map((run) => toRun('Runs', run.run_id, run.name, run.experiment_name))
  const views: PaletteItem[] = [
    ...jobsViews.views.map((view) => ({ path: '/jobs', note: 'of jobs', view })),
    ...compareViews.views.map((view) => ({ path: '/compare', note: 'of compared runs', view })),
  ].map(({ path, note, view }) => ({
    key: `view ${view.view_id}`, section: 'Views', label: view.name, note,
    run: () => navigate(`${path}?${viewSearch(view).toString()}`),
  }))
  const all: PaletteItem[] = (experiments.data?.experiments ?? []).map(({ experiment_id: id, name }) => ({
    key: `experiment ${id}`, section: 'Experiments', label: name, run: () => navigate(jobsPath(id)),
  }))
  const matching = (items: PaletteItem[]) => fuzzyFind(text, items, ({ label }) => label).slice(0, MOST_OF_A_SECTION)
  // Without a text, what one most likely wants: where one was, and what can be done here.
  const items = asked
    ? [...matching(actions), ...matching(pages), ...found, ...matching(all), ...matching(views)]
    : [...actions, ...recent, ...pages]
  return { items, searching: asked && (wanted !== text.trim() || runs.isFetching) }
}

function toRun(section: string, id: string, name: string, experiment: string): PaletteItem {
  return { key: `run ${id}`, section, label: name, note: experiment, run: () => navigate(jobPath(id)) }
}
