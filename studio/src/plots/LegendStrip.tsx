import { place } from './axis'
import { RAMP } from './coloring'
import type { Legend } from './coloring'
import { cut, cutName, FONT } from './options'
import type { Look } from './options'

export const LEGEND_HEIGHT = 26
const LETTER = 6.8

/** What colours mean, as SVG so that a saved picture has it. */
export function LegendStrip({ id, legend, width, look }: { id: string; legend: Legend; width: number; look: Look }) {
  const style = { fontFamily: FONT, fontSize: 11, fill: look.text }
  const name = cutName(legend.label, 24)
  // Names are as wide as their letters; a ramp has a width of its own and stands before its name.
  const ramp = legend.kind === 'ramp' ? Math.min(220, width / 2) : 0
  return (
    <svg className="plot-legend" width={width} height={LEGEND_HEIGHT} viewBox={`0 0 ${width} ${LEGEND_HEIGHT}`} style={style} role="img" aria-label={`Colour: ${legend.label}`}>
      <text x={ramp === 0 ? 12 : ramp + 36} y={12}>
        {name}
      </text>
      {legend.kind === 'ramp' ? (
        <Ramp id={id} legend={legend} start={20} width={ramp} />
      ) : (
        <Swatches entries={legend.entries} start={name.length * LETTER + 24} width={width} />
      )}
    </svg>
  )
}

function Ramp({ id, legend, start, width }: { id: string; legend: Extract<Legend, { kind: 'ramp' }>; start: number; width: number }) {
  return (
    <>
      <defs>
        <linearGradient id={`ramp-${id}`}>
          {RAMP.map((color, index) => (
            <stop key={color} offset={index / (RAMP.length - 1)} stopColor={color} />
          ))}
        </linearGradient>
      </defs>
      <rect x={start} y={3} width={width} height={8} fill={`url(#ramp-${id})`} />
      {legend.ticks.map(({ value, label }) => (
        <text key={String(value)} x={start + place(legend.axis, value) * width} y={23} textAnchor="middle">
          {label}
        </text>
      ))}
    </>
  )
}

function Swatches({ entries, start, width }: { entries: readonly { label: string; color: string }[]; start: number; width: number }) {
  let x = start
  const shown = entries.flatMap((entry) => {
    const label = cut(entry.label, 18)
    const at = x
    x += label.length * LETTER + 34
    return x > width - 32 ? [] : [{ ...entry, label, at }]
  })
  const more = entries.length - shown.length
  return (
    <>
      {shown.map(({ label, color, at }) => (
        <g key={label} transform={`translate(${at},0)`}>
          <rect y={3} width={10} height={10} rx={2} fill={color} />
          <text x={15} y={12}>
            {label}
          </text>
        </g>
      ))}
      {more > 0 && (
        <text x={width - 8} y={12} textAnchor="end">
          +{more}
        </text>
      )}
    </>
  )
}
