// The figures along a chart's axes.

/** Steps between ticks of durations, in seconds: people count time in sixties. */
export const DURATION_STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  14_400, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000, 2_592_000, 8_640_000, 31_536_000,
]

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** A duration in seconds, as exactly as the step between ticks needs: `40s`, `8m`, `1h 20m`, `1:59:58`. */
export function durationTick(seconds: number, step: number): string {
  if (seconds < 0) return `−${durationTick(-seconds, step)}`
  if (seconds === 0) return '0'
  const whole = Math.floor(seconds + 1e-9)
  if (step < MINUTE) {
    if (seconds < MINUTE) return `${trimmed(seconds)}s`
    const fraction = step < 1 ? (seconds - whole).toFixed(3).slice(1) : ''
    const [hours, minutes] = [Math.floor(whole / HOUR), Math.floor((whole % HOUR) / MINUTE)]
    const rest = `${two(whole % MINUTE)}${fraction}`
    return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
  }
  const [days, hours, minutes] = [Math.floor(whole / DAY), Math.floor((whole % DAY) / HOUR), Math.floor((whole % HOUR) / MINUTE)]
  const parts = [days > 0 ? `${days}d` : '', hours > 0 ? `${hours}h` : '', minutes > 0 && days === 0 ? `${minutes}m` : '']
  return parts.filter((part) => part !== '').join(' ')
}

/** A moment in seconds since 1970, in the reader's time zone: `05:40`, `05:40:12`, and the day at midnight. */
export function timeTick(seconds: number, step: number): string {
  const date = new Date(seconds * 1000)
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`
  if (step >= 28 * DAY) return `${date.getFullYear()}-${two(date.getMonth() + 1)}`
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (step >= DAY || (clock === '00:00' && step >= MINUTE)) return day
  if (step >= MINUTE) return clock
  const fraction = step < 1 ? `.${String(date.getMilliseconds()).padStart(3, '0')}` : ''
  return `${clock}:${two(date.getSeconds())}${fraction}`
}

/** 1200000 → 1.2M, 0.00001 → 1e−5: short enough for an axis. */
export function compact(value: number): string {
  const size = Math.abs(value)
  if (value === 0) return '0'
  if (size < SMALL || size >= 1e15) return exponential(value, POWER_DIGITS)
  const unit = UNITS.find(([, from]) => size >= from)
  return unit === undefined ? trimmed(value) : trimmed(value / unit[2]) + unit[0]
}

/** What is less is written with a power of ten, with at most so many digits. */
const SMALL = 1e-4
const POWER_DIGITS = 3

function exponential(value: number, digits: number): string {
  return value.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e').replace(/-/g, '−')
}

/** So many digits does `compact` write, and so many letters have room below a chart between two ticks. */
const COMPACT_DIGITS = 6
const ROOM_BELOW = 11
/** And beside it, on a y axis. */
export const ROOM_BESIDE = 7

/**
 * A figure of which neighbours a `step` apart look different: 1000102 instead of 1.0001M. Where all digits have no room the first ones
 * are left out: …0.001 next to 1G.
 */
export function distinct(value: number, step: number, room = ROOM_BELOW): string {
  const digits = Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(step) + 1e-9) + 1
  const size = Math.abs(value)
  if (!(digits > (size < SMALL ? POWER_DIGITS : COMPACT_DIGITS))) return compact(value)
  if (size < SMALL) return exponential(value, digits)
  const sign = value < 0 ? '−' : ''
  const exact = size < 1e21 ? size.toFixed(decimalsOf(step)) : String(BigInt(size))
  const short = exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact
  if (short.length + sign.length <= room) return sign + short
  return Number(value.toPrecision(COMPACT_DIGITS)) === value ? compact(value) : `${sign}…${exact.slice(sign.length + 1 - room)}`
}

/** The multiples of `step` from one value to another; each once where numbers lie further apart than a step, as beyond 2⁵³. */
export function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.max(0, Math.floor(to / step + 1e-9) - first + 1)
  const decimals = decimalsOf(step)
  return [...new Set(Array.from({ length: count }, (_each, index) => Number(((first + index) * step).toFixed(decimals))))]
}

/** The decimals that a multiple of a round step has at most. */
function decimalsOf(step: number): number {
  return Math.min(100, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
}

/** Suffix, the least value that is written with it, and what it stands for. */
const UNITS = [
  ['T', 1e12, 1e12],
  ['G', 1e9, 1e9],
  ['M', 1e6, 1e6],
  ['k', 1e4, 1e3],
] as const

/** At most `most` round places from `from` to `to`, apart by 1, 2 or 5 times a power of ten. */
export function niceTicks(from: number, to: number, most: number): number[] {
  if (!(from < to)) return [from]
  const power = 10 ** Math.floor(Math.log10((to - from) / most))
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => (to - from) / each <= most) ?? power * 10
  return multiples(from, to, step)
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(COMPACT_DIGITS))).replace('-', '−')
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
