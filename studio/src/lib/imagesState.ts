// What the tab of images shows, kept in the URL.

export interface ImagesView {
  /** Text that names contain. */
  find: string
  /** All images of a series beside each other, instead of one with a slider. */
  grid: boolean
  /** The step that each key's slider was put to; keys whose slider stands at the end are not in it. */
  at: ReadonlyMap<string, number>
  /** What fills the screen: a series or pages by their key, or a figure by its path. */
  full: { kind: 'series' | 'figure' | 'page'; name: string } | null
  /** Images a second while they play. */
  speed: number
  /** Tables that are open; null while nobody opened or closed one. */
  tables: readonly string[] | null
  /** Whether pages may load from other sites. */
  network: boolean
}

/** What fills the screen, by the name that it has in the URL. */
const FULL = { series: 'key', figure: 'figure', page: 'page' } as const

export const SPEEDS = [1, 2, 5, 10] as const
const USUAL_SPEED = 5

export function readImagesView(search: URLSearchParams): ImagesView {
  const kind = (['series', 'figure', 'page'] as const).find((each) => search.has(FULL[each]))
  return {
    find: search.get('q') ?? '',
    grid: search.get('show') === 'grid',
    at: new Map(search.getAll('at').flatMap(readPlace)),
    full: kind === undefined ? null : { kind, name: search.get(FULL[kind]) ?? '' },
    speed: readSpeed(search),
    tables: search.has('table') ? search.getAll('table').filter((table) => table !== '') : null,
    network: search.get('network') === '1',
  }
}

export function writeImagesView(view: ImagesView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.find !== '') search.set('q', view.find)
  if (view.grid) search.set('show', 'grid')
  for (const [key, step] of view.at) search.append('at', `${step}~${key}`)
  if (view.full !== null) search.set(FULL[view.full.kind], view.full.name)
  writeSpeed(search, view.speed)
  if (view.tables?.length === 0) search.set('table', '')
  for (const table of view.tables ?? []) search.append('table', table)
  if (view.network) search.set('network', '1')
  return search
}

/** The sliders after one was moved. */
export function withStep(at: ReadonlyMap<string, number>, key: string, step: number | undefined): Map<string, number> {
  const moved = new Map(at)
  if (step === undefined) moved.delete(key)
  else moved.set(key, step)
  return moved
}

export function readSpeed(search: URLSearchParams): number {
  return SPEEDS.find((speed) => String(speed) === search.get('fps')) ?? USUAL_SPEED
}

export function writeSpeed(search: URLSearchParams, speed: number): void {
  if (speed !== USUAL_SPEED) search.set('fps', String(speed))
}

function readPlace(text: string): [string, number][] {
  const match = /^(-?\d+)~(.+)$/s.exec(text)
  return match?.[2] === undefined ? [] : [[match[2], Number(match[1])]]
}
