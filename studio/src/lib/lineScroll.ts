// Where lines stand in a page that scrolls. A place is a number of lines from the top: 12.5 is the middle of the 13th.

export const ROW = 20
/** Browsers draw no element that is higher than about this many pixels; Firefox gives up first. */
export const HIGHEST = 8_000_000

export interface Extent {
  /** Height of what scrolls, in pixels. */
  height: number
  /** The place at the top when all is scrolled down. */
  last: number
  /** Pixels that can be scrolled. */
  range: number
  /** Whether a pixel of the scroll bar is a pixel of text, so that the browser can scroll by itself. */
  exact: boolean
}

/** Wrapped lines are higher than a row by an unknown amount, so all but the last of them can be scrolled away. */
export function extent(count: number, viewport: number, wrap: boolean): Extent {
  const last = wrap ? Math.max(0, count - 1) : Math.max(0, count - viewport / ROW)
  const full = last * ROW + viewport
  const height = Math.min(full, HIGHEST)
  return { height, last, range: height - viewport, exact: !wrap && full <= HIGHEST }
}

export function placeAt(scrollTop: number, { range, last }: Extent): number {
  return range <= 0 ? 0 : Math.min(last, Math.max(0, (scrollTop / range) * last))
}

export function scrollTopOf(place: number, { range, last }: Extent): number {
  return last <= 0 ? 0 : (place / last) * range
}

/** The place so many pixels further down, or up, by the heights of the lines between. */
export function moved(place: number, pixels: number, count: number, heightOf: (line: number) => number): number {
  let line = Math.min(count - 1, Math.floor(place))
  if (line < 0) return 0
  let height = heightOf(line)
  let at = (place - line) * height + pixels
  while (at >= height && line < count - 1) {
    at -= height
    line += 1
    height = heightOf(line)
  }
  while (at < 0 && line > 0) {
    line -= 1
    height = heightOf(line)
    at += height
  }
  return line + Math.min(1, Math.max(0, at / height))
}
