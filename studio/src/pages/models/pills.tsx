// Aliases and tags as they stand in tables.
import type { KeyValue } from '../../api/types'
import { modelVersionPath } from '../../lib/routes'
import { Link } from '../../state/location'

/** An alias with the version that it names. */
export function AliasLink({ name, alias, version }: { name: string; alias: string; version: string }) {
  return (
    <Link href={modelVersionPath(name, version)} className="pill" title={`${alias} names version ${version}`}>
      <span className="ellipsis">@{alias}</span> <span className="muted">{version}</span>
    </Link>
  )
}

/** An alias of the version whose row it stands in. */
export function AliasPill({ alias }: { alias: string }) {
  return (
    <span className="pill" title={alias}>
      <span className="ellipsis">@{alias}</span>
    </span>
  )
}

export function TagPills({ tags }: { tags: readonly KeyValue[] }) {
  return tags.map(({ key, value }) => (
    <span key={key} className="pill" title={`${key}: ${value}`}>
      <span className="ellipsis">
        <span className="muted">{key}</span> {value}
      </span>
    </span>
  ))
}
