// A chart as a drawing that can be scaled and edited: the same curves, axes and words as on the page.
import type { Curve } from '../api/series'
import { chartColumns, PER_CURVE } from '../lib/chartData'
import { hasRight, logXFigures, logXTicks, logYTicks, RIGHT, xTick, Y_AXIS } from '../lib/chartAxes'
import type { XAxis } from '../lib/chartView'
import { logFigures } from '../lib/logTicks'
import { distinct, niceTicks, ROOM_BESIDE } from '../lib/ticks'
import type { ChartLook } from './chartLook'
import type { PictureText } from './chartPicture'

const PAD = 12
const TITLE = 32
const ROW = 20
const X_AXIS = 24

/** What is seen of an axis, and where that lies on the drawing. */
interface Side {
  from: number
  to: number
  start: number
  end: number
  log: boolean
}

type Points = readonly (number | null)[]

export function chartSvg(figure: HTMLElement, curves: readonly Curve[], look: ChartLook, { title, caption, lines }: PictureText): string {
  const plot = figure.querySelector<HTMLElement>('.uplot')
  if (plot === null) throw new Error('The chart is not drawn yet.')
  const { axes } = look
  const [width, height] = [plot.clientWidth, plot.clientHeight]
  const seen = (name: string) => Number(plot.dataset[name])
  const right = hasRight(axes) ? Y_AXIS : RIGHT
  const [top, bottom] = [PAD + TITLE, PAD + TITLE + height - X_AXIS]
  const x: Side = { from: seen('from'), to: seen('to'), start: PAD + Y_AXIS, end: PAD + width - right, log: axes.logX }
  const y: Side = { from: seen('low'), to: seen('high'), start: bottom, end: top, log: axes.log }
  const y2: Side = { from: seen('lowRight'), to: seen('highRight'), start: bottom, end: top, log: axes.logRight }
  const style = getComputedStyle(figure)
  const muted = getComputedStyle(figure.querySelector('.muted') ?? figure).color
  const legend = lines.length > 1 ? lines.length * ROW : 0
  const whole = { width: width + 2 * PAD, height: top + height + legend + ROW + PAD }

  const columns = chartColumns(curves, axes.x, { logX: axes.logX, log: axes.right.map((side) => (side ? axes.logRight : axes.log)) })
  const drawn = lines.flatMap(({ color }, curve) => {
    const side = axes.right[curve] === true ? y2 : y
    const of = (part: number) => columns[1 + curve * PER_CURVE + part] ?? []
    const line = (values: Points, more: string) => path(columns[0], values, x, side, `fill="none" stroke="${color}" ${more}`)
    return [
      band(columns[0], of(2), of(3), x, side, color),
      line(of(1), 'stroke-width="1" stroke-opacity="0.5"'),
      line(of(0), `stroke-width="1.5"${axes.right[curve] === true ? ' stroke-dasharray="6 4"' : ''}`),
    ]
  })
  const text = (at: number, down: number, words: string, more = '') => `<text x="${at}" y="${down}" dominant-baseline="middle" ${more}>${escaped(words)}</text>`
  const xTicks = xFigures(x, axes.x).map(([at, figure]) => text(place(at, x), bottom + 14, figure, `text-anchor="middle" fill="${muted}"`))
  const yTicks = yFigures(y).flatMap(([at, figure]) => [
    `<line x1="${x.start}" x2="${x.end}" y1="${place(at, y)}" y2="${place(at, y)}" stroke="${muted}" stroke-opacity="0.2"/>`,
    text(x.start - 6, place(at, y), figure, `text-anchor="end" fill="${muted}"`),
  ])
  const y2Ticks = hasRight(axes) ? yFigures(y2).map(([at, figure]) => text(x.end + 6, place(at, y2), figure, `fill="${muted}"`)) : []
  const below = top + height + PAD
  const names = legend === 0 ? [] : lines.flatMap(({ color, name }, index) => [
    `<rect x="${PAD}" y="${below + index * ROW - 5}" width="10" height="10" fill="${color}"/>`,
    text(PAD + 18, below + index * ROW, name),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}"`,
    ` font-family="system-ui, sans-serif" font-size="12" fill="${style.color}">`,
    `<rect width="100%" height="100%" fill="${style.backgroundColor === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.querySelector('.frame') ?? figure).backgroundColor : style.backgroundColor}"/>`,
    text(PAD, PAD + TITLE / 2, title, 'font-size="14" font-weight="600"'),
    ...yTicks, ...xTicks, ...y2Ticks,
    `<clipPath id="plot"><rect x="${x.start}" y="${top}" width="${x.end - x.start}" height="${bottom - top}"/></clipPath>`,
    '<g clip-path="url(#plot)">', ...drawn, '</g>',
    ...names,
    text(PAD, below + legend, caption, `fill="${muted}"`),
    '</svg>',
  ].join('\n')
}

function place(value: number, { from, to, start, end, log }: Side): number {
  const share = log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from)
  return Math.round((start + share * (end - start)) * 100) / 100
}

function path(xs: readonly number[], values: Points, x: Side, y: Side, look: string): string {
  const points = values.flatMap((value, index) => (value === null ? [] : [`${place(xs[index] ?? 0, x)},${place(value, y)}`]))
  // One point is a line without a length, which its round ends show.
  return points.length === 0 ? '' : `<path d="M${points.join('L')}${points.length === 1 ? 'h0' : ''}" stroke-linecap="round" stroke-linejoin="round" ${look}/>`
}

function band(xs: readonly number[], low: Points, high: Points, x: Side, y: Side, color: string): string {
  const there = xs.flatMap((at, index) => {
    const [least, greatest] = [low[index], high[index]]
    return least == null || greatest == null ? [] : [[place(at, x), place(least, y), place(greatest, y)] as const]
  })
  if (there.length === 0) return ''
  const [up, down] = [there.map(([at, , greatest]) => `${at},${greatest}`), there.map(([at, least]) => `${at},${least}`).reverse()]
  return `<path d="M${[...up, ...down].join('L')}Z" fill="${color}" fill-opacity="0.18" stroke="${color}" stroke-opacity="0.5"/>`
}

type Figure = readonly [at: number, figure: string]

function xFigures({ from, to, start, end, log }: Side, x: XAxis): Figure[] {
  const ticks = log ? logXTicks(from, to, end - start, x) : niceTicks(from, to, 8)
  const figures = log ? logXFigures(ticks, x) : ticks.map((at) => xTick(at, stepOf(ticks), x))
  return ticks.map((at, index) => [at, figures[index] ?? ''])
}

function yFigures({ from, to, start, end, log }: Side): Figure[] {
  const ticks = log ? logYTicks(from, to, start - end) : niceTicks(from, to, 6)
  const figures = log ? logFigures(ticks, ROOM_BESIDE) : ticks.map((at) => distinct(at, stepOf(ticks), ROOM_BESIDE))
  return ticks.map((at, index) => [at, figures[index] ?? ''])
}

function stepOf([first = 0, second = 1]: readonly number[]): number {
  return second - first || 1
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
