// A plot as a picture: its title, drawing, legend and caption in one SVG, or a PNG of that.
import type { Look } from './options'
import { FONT } from './options'
import { STATE_OPACITY } from './runShapes'

const PAD = 12
const TITLE = 28
const FOOT = 24
const SVG = 'http://www.w3.org/2000/svg'

export interface PictureText {
  title: string
  caption: string
  look: Look
  /** What stands on a canvas beneath a drawing of that size, as elements. */
  beneath: ((width: number, height: number) => SVGElement) | null
}

/** All drawings within a figure below each other, as a document of its own. */
export function plotSvg(figure: HTMLElement, { title, caption, look, beneath }: PictureText): SVGSVGElement {
  const parts = [...figure.querySelectorAll<SVGSVGElement>('.plot-drawing > svg, .plot-parallel, .plot-legend')]
  if (parts.length === 0) throw new Error('The plot is not drawn yet.')
  const width = Math.max(...parts.map((part) => part.width.baseVal.value)) + 2 * PAD
  const picture = element('svg', { xmlns: SVG, 'font-family': FONT })
  let y = PAD + TITLE
  picture.append(text(title, PAD, PAD + 14, { 'font-size': '14', 'font-weight': '600', fill: look.strong }))
  for (const part of parts) {
    const copy = part.cloneNode(true) as SVGSVGElement
    copy.querySelectorAll('.plot-axis-grip').forEach((each) => each.remove())
    copy.querySelectorAll('[data-state="out"]').forEach((each) => each.setAttribute('opacity', String(STATE_OPACITY.out)))
    copy.querySelectorAll('[data-state="faint"]').forEach((each) => each.setAttribute('opacity', String(STATE_OPACITY.faint)))
    if (beneath !== null && part.matches('.plot-parallel')) copy.prepend(beneath(part.width.baseVal.value, part.height.baseVal.value))
    copy.setAttribute('x', String(PAD))
    copy.setAttribute('y', String(y))
    picture.append(copy)
    y += part.height.baseVal.value
  }
  picture.append(text(caption, PAD, y + 14, { 'font-size': '12', fill: look.text }))
  const height = y + FOOT
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) picture.setAttribute(name, String(value))
  picture.prepend(element('rect', { width: '100%', height: '100%', fill: look.ground }))
  return picture as SVGSVGElement
}

export function svgBlob(svg: SVGSVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' })
}

export async function pngBlob(svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(svgBlob(svg))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.max(2, devicePixelRatio)
    const canvas = document.createElement('canvas')
    canvas.width = Number(svg.getAttribute('width')) * scale
    canvas.height = Number(svg.getAttribute('height')) * scale
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('This browser draws no pictures.')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)), 'image/png')
    })
  } finally {
    URL.revokeObjectURL(url)
  }
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function text(content: string, x: number, y: number, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = element('text', { x: String(x), y: String(y), ...attributes })
  made.textContent = content
  return made
}
