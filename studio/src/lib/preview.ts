// Decides how a file is previewed, and addresses its bytes.

/** Text beyond this many bytes is cut: the rest is a download away. */
export const TEXT_LIMIT = 512 * 1024

export type PreviewKind = 'image' | 'text' | 'none'

const IMAGES = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'ico', 'avif'])
const BINARIES = new Set([
  'pkl', 'pickle', 'pt', 'pth', 'bin', 'safetensors', 'onnx', 'h5', 'npy', 'npz', 'parquet', 'zip', 'gz', 'tar',
  'bz2', 'xz', 'zst', 'whl', 'so', 'joblib', 'ubj', 'mp4', 'mp3', 'wav', 'ogg', 'webm', 'pdf', 'ckpt', 'skops',
])

/** What the name promises; text is checked again when its bytes are there. */
export function previewKind(path: string): PreviewKind {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if (IMAGES.has(extension)) return 'image'
  return BINARIES.has(extension) ? 'none' : 'text'
}

/** Logs are looked at from their end. */
export function isLog(path: string): boolean {
  return /^(user|system)_logs\//.test(path) || /\.log(\.\d+)?$/i.test(path) || /(^|\/)std(_log|out|err)[^/]*$/.test(path)
}

/** Text, or null when the bytes are none. A cut may fall into a character, so one at the end is forgiven. */
export function asText(bytes: Uint8Array, cut: boolean): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
  } catch {
    return null
  }
}

export function artifactUrl(runId: string, path: string, download = false): string {
  const query = new URLSearchParams({ run_uuid: runId, path })
  if (download) query.set('download', '1')
  return `/get-artifact?${query.toString()}`
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
