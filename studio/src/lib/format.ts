// Turns values into the text that tables and charts show.

/** A number that may be spelled as text, since JSON has no NaN and no infinities. */
export type Wire = number | string

const MINUS = '−'

/** Four significant digits; whole numbers below a million stay whole. */
export function formatNumber(value: Wire | null | undefined): string {
  if (value === null || value === undefined) return ''
  const number = toNumber(value)
  if (Number.isNaN(number)) return 'NaN'
  if (!Number.isFinite(number)) return number > 0 ? '∞' : `${MINUS}∞`
  const size = Math.abs(number)
  const sign = number < 0 ? MINUS : ''
  if (Number.isInteger(number) && size < 1e6) return sign + groupThousands(String(size))
  if (size < 1e-3 || size >= 1e6) return sign + size.toExponential(3).replace('e-', `e${MINUS}`).replace('e+', 'e')
  const whole = Math.floor(Math.log10(size)) + 1
  return sign + groupThousands(size.toFixed(Math.max(0, Math.min(6, 4 - whole))))
}

/** Every digit of a value, for hovering and copying. */
export function fullNumber(value: Wire): string {
  return String(value)
}

export function toNumber(value: Wire): number {
  return typeof value === 'number' ? value : Number(value)
}

/** 1,234,567 */
export function formatCount(count: number): string {
  // Not by `toLocaleString`, whose first call takes 35 ms of the first page.
  return groupThousands(String(count))
}

/** "1 point", "1,204 points" */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `340 ms`, `12.4 s`, `12m 04s`, `1h 04m`, `3d 02h`; figures keep their width while they run. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `${MINUS}${formatDuration(-milliseconds)}`
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < 60) return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`
}

/** How long a run took, or has been running at `now`; null when that is unknown. */
export function runDuration(start: number | null, end: number | null, now: number, running: boolean): number | null {
  if (start === null) return null
  if (end !== null) return end - start
  return running ? Math.max(0, now - start) : null
}

/** "just now", "5 min ago", "3 h ago", "2 days ago", then the date. */
export function formatRelative(time: number, now: number): string {
  const seconds = Math.floor((now - time) / 1000)
  if (seconds < -60) return formatDate(time)
  if (seconds < 10) return 'just now'
  if (seconds < 60) return `${Math.floor(seconds / 10) * 10} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ago`
  const days = Math.floor(hours / 24)
  if (days < 30) return days === 1 ? '1 day ago' : `${days} days ago`
  return formatDate(time)
}

/** 2026-11-23 */
export function formatDate(time: number): string {
  const date = new Date(time)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** 2026-11-23 06:04:05, in the reader's time zone. */
export function formatTime(time: number): string {
  const date = new Date(time)
  return `${formatDate(time)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** 812 B, 4.2 kB, 12 MB: powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let value = bytes
  let unit = -1
  while (value >= 999.5 && unit < 3) {
    value /= 1000
    unit += 1
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${['kB', 'MB', 'GB', 'TB'][unit] ?? ''}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function groupThousands(digits: string): string {
  const [whole = '', fraction] = digits.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
