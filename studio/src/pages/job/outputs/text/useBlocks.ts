import { useEffect, useState, useSyncExternalStore } from 'react'
import { readPart } from '../../../../api/artifact'
import type { Encoding } from '../../../../lib/encoding'
import { BlockFile } from '../../../../lib/lineBlocks'
import type { LineIndex } from '../../../../lib/lineBlocks'
import type { LineSource } from '../../../../lib/lineText'

export interface Blocks {
  source: LineSource
  want: (from: number, to: number) => void
  failed: Error | null
  retry: () => void
}

const NEVER = () => () => undefined
const NOTHING = () => null

/** A long file's lines, read around those that are wanted; null until they are counted. `recount` is told when the file is another one. */
export function useBlocks(runId: string, path: string, encoding: Encoding, index: LineIndex | undefined, recount: () => void): Blocks | null {
  const [file, setFile] = useState<BlockFile | null>(null)
  if (index !== undefined && file?.encoding !== encoding) {
    setFile(new BlockFile(index, (start, end, signal) => readPart(runId, path, start, end, signal), encoding))
  }
  useEffect(() => {
    if (file === null || index === undefined) return
    file.onChanged = recount
    file.update(index)
  }, [file, index, recount])
  useEffect(() => () => file?.close(), [file])
  const source = useSyncExternalStore(file?.subscribe ?? NEVER, file?.source ?? NOTHING)
  if (file === null || index === undefined || source === null) return null
  return { source, want: file.want, failed: file.failed, retry: file.retry }
}
