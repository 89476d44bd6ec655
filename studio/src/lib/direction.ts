// Whether a smaller value of a metric is the better one, judged by its name.

/** Parts of names of what one minimises. */
const ANYWHERE = /loss|error|perplexity|regret|divergence/i
const WORDS = new Set([
  'err', 'mae', 'mse', 'rmse', 'mape', 'smape', 'msle', 'rmsle', 'nll', 'ppl', 'kl', 'bpc', 'wer', 'cer', 'ter', 'eer', 'ece', 'fid',
  'fpr', 'fnr', 'brier', 'cost', 'latency', 'time', 'duration', 'distance',
])

/** `val/loss`, `valRMSE` and `mean_squared_error` are better when lower, `accuracy` when higher. */
export function lowerIsBetter(metric: string): boolean {
  if (ANYWHERE.test(metric)) return true
  const words = metric.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/)
  return words.some((word) => WORDS.has(word))
}
