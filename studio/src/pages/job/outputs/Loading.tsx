import { State } from '../../../components/states'

/** Where a file's content will be. */
export function Loading() {
  return (
    <div className="preview-loading" aria-busy>
      {[60, 80, 40, 70].map((width) => (
        <span key={width} className="skeleton" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

export function NoPreview({ children = 'Download it to look inside.' }: { children?: string }) {
  return (
    <State small title="No preview for this kind of file">
      <p className="muted">{children}</p>
    </State>
  )
}
