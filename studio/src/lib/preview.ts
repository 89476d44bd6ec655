// Decides how a file is previewed, and addresses its bytes.

/** Text beyond this many bytes is not loaded whole. */
export const TEXT_LIMIT = 512 * 1024

export type PreviewKind =
  | 'audio' | 'csv' | 'html' | 'image' | 'json' | 'markdown' | 'none' | 'notebook' | 'parquet' | 'pdf' | 'text' | 'video'

const KINDS: Readonly<Record<Exclude<PreviewKind, 'text'>, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'ico', 'avif'],
  json: ['json'],
  csv: ['csv', 'tsv'],
  parquet: ['parquet'],
  markdown: ['md', 'markdown'],
  html: ['html', 'htm'],
  notebook: ['ipynb'],
  pdf: ['pdf'],
  audio: ['mp3', 'wav', 'ogg', 'oga', 'flac', 'm4a', 'opus'],
  video: ['mp4', 'webm', 'ogv', 'mov', 'm4v'],
  none: [
    'pkl', 'pickle', 'pt', 'pth', 'bin', 'safetensors', 'onnx', 'h5', 'npy', 'npz', 'zip', 'gz', 'tar', 'bz2', 'xz',
    'zst', 'whl', 'so', 'joblib', 'ubj', 'ckpt', 'skops',
  ],
}
const BY_EXTENSION = new Map(Object.entries(KINDS).flatMap(([kind, all]) => all.map((each) => [each, kind as PreviewKind])))

/** Kinds that are text as well, and the bytes up to which they are shown as more than that. */
export const RICH_LIMITS: Readonly<Partial<Record<PreviewKind, number>>> = {
  json: 5_000_000,
  csv: Infinity,
  markdown: 1_000_000,
  html: 50_000_000,
  notebook: 20_000_000,
}

/** What the name promises; text is checked again when its bytes are there. */
export function previewKind(path: string): PreviewKind {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return BY_EXTENSION.get(extension) ?? 'text'
}

/** Logs are looked at from their end. */
export function isLog(path: string): boolean {
  return /^(user|system)_logs\//.test(path) || /\.log(\.\d+)?$/i.test(path) || /(^|\/)std(_log|out|err)[^/]*$/.test(path)
}

export function artifactUrl(runId: string, path: string, download = false): string {
  const query = new URLSearchParams({ run_uuid: runId, path })
  if (download) query.set('download', '1')
  return `/get-artifact?${query.toString()}`
}

/** For a frame: an answer in which foreign scripts can't reach the studio; from other sites it loads only when asked. */
export function frameUrl(runId: string, path: string, network = false): string {
  return `${artifactUrl(runId, path)}&frame=${network ? 'network' : 'page'}`
}

/** All files of a run as one zip, or those of one of its folders. */
export function archiveUrl(runId: string, folder = ''): string {
  const query = new URLSearchParams({ run_id: runId })
  if (folder !== '') query.set('path', folder)
  return `/get-artifact-zip?${query.toString()}`
}

/** `a/b/c.txt` → `['a', 'a/b']`: the folders that must be open for it to be seen. */
export function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
