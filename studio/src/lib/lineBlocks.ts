// Lines of a file that is too long to be loaded whole: read in blocks around those that are asked for.
import type { Encoding } from './encoding'
import { blockOf, plainLine } from './lineText'
import type { Line, LineSource } from './lineText'

/** Where the lines of a file are; see the server's artifact-lines. */
export interface LineIndex {
  size: number
  etag: string
  lines: number
  block_bytes: number
  before: readonly number[]
}

/** Some bytes of a file, and which file that was. */
export interface Part {
  bytes: Uint8Array
  etag: string
}

export type ReadPart = (start: number, end: number, signal: AbortSignal) => Promise<Part>

interface Block {
  bytes: Uint8Array
  /** Places of the newlines in it. */
  ends: Uint32Array
  etag: string
}

const MOST_BLOCKS = 48
const NEWLINE = 10
const RETURN = 13

/** Reads blocks on demand; `subscribe` tells when one has come. Blocks of a file that grew are shown until read anew. */
export class BlockFile {
  private index: LineIndex
  private readonly read: ReadPart
  private readonly blocks = new Map<number, Block>()
  private readonly asked = new Map<number, AbortController>()
  private readonly listeners = new Set<() => void>()
  private readonly decoder: TextDecoder
  private shown: LineSource
  /** Told when the file is another one than was counted. */
  onChanged: () => void = () => undefined
  failed: Error | null = null
  readonly encoding: Encoding

  constructor(index: LineIndex, read: ReadPart, encoding: Encoding = 'utf-8') {
    this.encoding = encoding
    this.decoder = new TextDecoder(encoding)
    this.index = index
    this.read = read
    this.shown = this.snapshot()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The lines as they are now; another object after each change. */
  readonly source = (): LineSource => this.shown

  update(index: LineIndex): void {
    if (index.etag === this.index.etag) return
    if (index.block_bytes !== this.index.block_bytes) this.blocks.clear()
    this.index = index
    for (const controller of this.asked.values()) controller.abort()
    this.asked.clear()
    this.changed()
  }

  close(): void {
    for (const controller of this.asked.values()) controller.abort()
    this.asked.clear()
  }

  readonly retry = (): void => {
    this.failed = null
    this.changed()
  }

  /** Ask for what the lines `from` to `to` (not with it) are made of; what is not needed any more is not waited for. */
  readonly want = (from: number, to: number): void => {
    const needed = new Set<number>()
    for (let line = from; line < Math.min(to, this.index.lines); line += 1) for (const block of this.blocksOf(line)) needed.add(block)
    for (const [block, controller] of this.asked) {
      if (needed.has(block)) continue
      controller.abort()
      this.asked.delete(block)
    }
    if (this.failed !== null) return
    for (const block of needed) {
      const known = this.blocks.get(block)
      if (known !== undefined) {
        // The least wanted are dropped first: a map remembers in which order it was filled.
        this.blocks.delete(block)
        this.blocks.set(block, known)
      }
      if (known?.etag !== this.index.etag && !this.asked.has(block)) void this.load(block)
    }
  }

  private async load(block: number): Promise<void> {
    const controller = new AbortController()
    this.asked.set(block, controller)
    const { size, block_bytes: length, etag } = this.index
    try {
      const part = await this.read(block * length, Math.min(size, (block + 1) * length), controller.signal)
      if (controller.signal.aborted) return
      if (part.etag !== etag) this.onChanged()
      // Counted as of the index: if it is another file, the new index asks for the block again.
      this.blocks.set(block, { bytes: part.bytes, ends: newlines(part.bytes), etag })
      for (const oldest of this.blocks.keys()) {
        if (this.blocks.size <= MOST_BLOCKS) break
        this.blocks.delete(oldest)
      }
    } catch (error) {
      if (controller.signal.aborted) return
      this.failed = error instanceof Error ? error : new Error(String(error))
    }
    this.asked.delete(block)
    this.changed()
  }

  private changed(): void {
    this.shown = this.snapshot()
    for (const listener of this.listeners) listener()
  }

  private snapshot(): LineSource {
    return { count: this.index.lines, numbered: true, widest: null, line: (line) => this.line(line) }
  }

  private blocksOf(line: number): number[] {
    const { before } = this.index
    const first = blockOf(before, line)
    const last = blockOf(before, line + 1)
    return [...new Set([first, Math.min(first + 1, last), last])]
  }

  /** A line that is here. Of one that fills blocks its beginning, or what a progress bar left at its end. */
  private line(line: number): Line | null {
    const { before } = this.index
    const first = blockOf(before, line)
    const last = blockOf(before, line + 1)
    const [head, next, tail] = [this.blocks.get(first), this.blocks.get(Math.min(first + 1, last)), this.blocks.get(last)]
    if (head === undefined || next === undefined || tail === undefined) return null
    const start = line === 0 ? 0 : (head.ends[line - (before[first] ?? 0) - 1] ?? head.bytes.length - 1) + 1
    const end = tail.ends[line - (before[last] ?? 0)] ?? tail.bytes.length
    if (last === first) return plainLine(this.decode(head.bytes.subarray(start, end)))
    if (last === first + 1) return plainLine(this.decode(head.bytes.subarray(start), tail.bytes.subarray(0, end)))
    if (!head.bytes.subarray(start).includes(RETURN) && !next.bytes.includes(RETURN)) {
      return { ...plainLine(this.decode(head.bytes.subarray(start), next.bytes)), cut: true }
    }
    return plainLine(this.decode(tail.bytes.subarray(0, end)))
  }

  private decode(...parts: Uint8Array[]): string {
    const [only] = parts
    if (parts.length === 1 && only !== undefined) return this.decoder.decode(only)
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return this.decoder.decode(whole)
  }
}

function newlines(bytes: Uint8Array): Uint32Array {
  const found: number[] = []
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) found.push(at)
  return Uint32Array.from(found)
}
