// What a page shows, kept in the URL: a missing parameter means the default, so plain links stay short.

export type Column = { kind: 'metric' | 'param'; name: string }
export interface Sort {
  by: string
  descending: boolean
}

/** Runs that are in the trash, or those that are not. */
export type JobsList = 'active' | 'deleted'

/** The list of runs. `columns` is null while nobody chose any. */
export interface JobsView {
  experiments: string[]
  search: string
  sort: Sort | null
  columns: Column[] | null
}

export function readJobsView(search: URLSearchParams): JobsView {
  return {
    experiments: search.getAll('experiment'),
    search: search.get('q') ?? '',
    sort: readSort(search.get('sort')),
    columns: search.has('col') ? search.getAll('col').flatMap(readColumn) : null,
  }
}

export function writeJobsView(view: JobsView): URLSearchParams {
  const search = new URLSearchParams()
  for (const experiment of view.experiments) search.append('experiment', experiment)
  if (view.search !== '') search.set('q', view.search)
  if (view.sort !== null) search.set('sort', `${view.sort.descending ? '-' : ''}${view.sort.by}`)
  if (view.columns?.length === 0) search.set('col', '')
  for (const column of view.columns ?? []) search.append('col', columnKey(column))
  return search
}

/** `metrics.loss`, as it stands in links and, quoted, in the server's order-by language. */
export function columnKey(column: Column): string {
  return `${column.kind}s.${column.name}`
}

function readColumn(text: string): Column[] {
  const match = /^(metric|param)s\.(.+)$/s.exec(text)
  return match?.[2] === undefined ? [] : [{ kind: match[1] as Column['kind'], name: match[2] }]
}

function readSort(text: string | null): Sort | null {
  if (text === null || text === '' || text === '-') return null
  return text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text, descending: false }
}
