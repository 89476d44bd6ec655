/** Rows of the right size while names and values load. */
export function FactsSkeleton({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, index) => (
    <div key={index} className="key-row" aria-hidden>
      <span className="skeleton" style={{ width: 72 }} />
      <span className="skeleton" style={{ width: 120 }} />
    </div>
  ))
}
