// Which run the pointer or the keyboard is at, told to all plots of a board without drawing them anew.

type Listener = (hovered: string | null, before: string | null) => void

export class Highlight {
  private hovered: string | null = null
  private readonly listeners = new Set<Listener>()

  get current(): string | null {
    return this.hovered
  }

  hover(runId: string | null): void {
    if (runId === this.hovered) return
    const before = this.hovered
    this.hovered = runId
    for (const listener of this.listeners) listener(runId, before)
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
