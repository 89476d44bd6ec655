// What the tab of images shows, kept in the URL.

export interface ImagesView {
  /** Text that names contain. */
  find: string
  /** All images of a series beside each other, instead of one with a slider. */
  grid: boolean
  /** The step that each key's slider was put to; keys whose slider stands at the end are not in it. */
  at: ReadonlyMap<string, number>
  /** What fills the screen: a series by its key, or a figure by its path. */
  full: { kind: 'series' | 'figure'; name: string } | null
  /** Images a second while they play. */
  speed: number
  /** Tables that are open; null while nobody opened or closed one. */
  tables: readonly string[] | null
}

export const SPEEDS = [1, 2, 5, 10] as const
const USUAL_SPEED = 5

export function readImagesView(search: URLSearchParams): ImagesView {
  const [key, path] = [search.get('key'), search.get('figure')]
  return {
    find: search.get('q') ?? '',
    grid: search.get('show') === 'grid',
    at: new Map(search.getAll('at').flatMap(readPlace)),
    full: key !== null ? { kind: 'series', name: key } : path !== null ? { kind: 'figure', name: path } : null,
    speed: readSpeed(search),
    tables: search.has('table') ? search.getAll('table').filter((table) => table !== '') : null,
  }
}

export function writeImagesView(view: ImagesView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.find !== '') search.set('q', view.find)
  if (view.grid) search.set('show', 'grid')
  for (const [key, step] of view.at) search.append('at', `${step}~${key}`)
  if (view.full !== null) search.set(view.full.kind === 'series' ? 'key' : 'figure', view.full.name)
  writeSpeed(search, view.speed)
  if (view.tables?.length === 0) search.set('table', '')
  for (const table of view.tables ?? []) search.append('table', table)
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
