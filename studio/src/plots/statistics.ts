// Figures over several numbers.

export interface Spread {
  count: number
  mean: number
  /** Of a sample: by n − 1; 0 for a single number. */
  deviation: number
}

export function spread(values: readonly number[]): Spread {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count, mean, deviation: count < 2 ? 0 : Math.sqrt(squares / (count - 1)) }
}

/** The value below which this part of sorted numbers lies, between two of them in proportion. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part
  const low = Math.floor(at)
  const [one, other] = [sorted[low] ?? NaN, sorted[Math.min(sorted.length - 1, low + 1)] ?? NaN]
  return one + (other - one) * (at - low)
}

/** Pearson's correlation of the numbers' ranks (Spearman's rho), from −1 to 1; 0 where one of them does not vary. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranks(one), ranks(other)]
  const [meanA, meanB] = [spread(a).mean, spread(b).mean]
  let [top, squaresA, squaresB] = [0, 0, 0]
  a.forEach((value, index) => {
    const [da, db] = [value - meanA, (b[index] ?? 0) - meanB]
    top += da * db
    squaresA += da * da
    squaresB += db * db
  })
  return squaresA === 0 || squaresB === 0 ? 0 : top / Math.sqrt(squaresA * squaresB)
}

/** Equal numbers share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((one, other) => one.value - other.value)
  const found = new Array<number>(values.length).fill(0)
  for (let start = 0; start < order.length;) {
    let end = start
    while (end + 1 < order.length && order[end + 1]?.value === order[start]?.value) end += 1
    for (let at = start; at <= end; at += 1) found[order[at]?.index ?? 0] = (start + end) / 2
    start = end + 1
  }
  return found
}
