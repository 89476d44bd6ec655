import { Component } from 'react'
import type { ReactNode } from 'react'
import { reloadIfNewer } from '../lib/newerStudio'
import { ErrorState } from './states'

interface BoundaryState {
  error: unknown
}

/** Keeps a failure in one page from taking the studio down; loading again also fetches a newer studio. */
export class ErrorBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null }

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error }
  }

  override componentDidCatch(): void {
    // Browsers have no common words for a part that is gone.
    void reloadIfNewer()
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return <ErrorState what="This page can’t be shown" error={this.state.error} retry={() => location.reload()} />
  }
}
