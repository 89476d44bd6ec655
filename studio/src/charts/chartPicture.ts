// A chart as a picture: what its canvas shows, with its title, its curves' names and what it says of itself.
import type { ChartLine } from './chartSpec'

const FONT = 'system-ui, "Segoe UI", sans-serif'
const PAD = 12
const TITLE = 32
const ROW = 20

export interface PictureText {
  title: string
  caption: string
  lines: readonly ChartLine[]
}

/** A PNG of the chart in the page's own colours. */
export async function chartPicture(figure: HTMLElement, text: PictureText): Promise<Blob> {
  const plot = figure.querySelector('canvas')
  if (plot === null) throw new Error('The chart is not drawn yet.')
  const style = getComputedStyle(figure)
  const scale = devicePixelRatio
  const legend = text.lines.length > 1 ? text.lines.length * ROW : 0
  const canvas = document.createElement('canvas')
  canvas.width = plot.width + 2 * PAD * scale
  canvas.height = plot.height + (TITLE + legend + ROW + 2 * PAD) * scale
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser draws no pictures.')
  context.fillStyle = opaque(figure)
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(plot, PAD * scale, (PAD + TITLE) * scale)
  context.scale(scale, scale)
  context.textBaseline = 'middle'
  context.fillStyle = style.color
  context.font = `600 14px ${FONT}`
  context.fillText(text.title, PAD, PAD + TITLE / 2)
  context.font = `12px ${FONT}`
  const below = PAD + TITLE + plot.height / scale + PAD
  if (legend > 0) {
    text.lines.forEach(({ color, name }, index) => {
      const y = below + index * ROW + ROW / 2
      context.fillStyle = color
      context.fillRect(PAD, y - 5, 10, 10)
      context.fillStyle = style.color
      context.fillText(name, PAD + 18, y)
    })
  }
  context.fillText(text.caption, PAD, below + legend + ROW / 2)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)), 'image/png')
  })
}

/** The first ground below an element that is no glass. */
function opaque(element: HTMLElement): string {
  for (let each: HTMLElement | null = element; each !== null; each = each.parentElement) {
    const { backgroundColor } = getComputedStyle(each)
    if (backgroundColor !== 'rgba(0, 0, 0, 0)' && backgroundColor !== 'transparent') return backgroundColor
  }
  return 'white'
}
