// Reads two files and compares them.
import { formatBytes } from '../../../lib/format'
import type { Stretch } from '../../../lib/diffRows'
import { DIFF_LIMIT, textDiff } from '../../../lib/textDiff'
import { answerCalls } from '../../../lib/workerCalls'

export interface DiffTask {
  left: string
  right: string
}

answerCalls(async ({ left, right }: DiffTask): Promise<Stretch[]> => {
  // One after the other: what is wrong with the first is told first.
  const before = await read(left, 'left')
  const stretches = textDiff(before, await read(right, 'right'))
  if (stretches === null) throw new Error('The two files have too little in common to be compared in a page.')
  return stretches
})

async function read(url: string, side: string): Promise<string> {
  const response = await fetch(url)
  if (response.status === 404) throw new Error(`The run on the ${side} has no such file.`)
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  const size = Number(response.headers.get('content-length') ?? 0)
  if (size > DIFF_LIMIT) {
    await response.body?.cancel()
    throw new Error(`The file on the ${side} has ${formatBytes(size)}; files of at most ${formatBytes(DIFF_LIMIT)} are compared.`)
  }
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.includes(0)) throw new Error(`The file on the ${side} is no text.`)
  return new TextDecoder().decode(bytes)
}
