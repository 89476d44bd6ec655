// What it means to let an alias name a version.
import type { AliasOf } from '../../api/types'

export type AliasStep =
  | { kind: 'incomplete'; reason: string }
  | { kind: 'same'; reason: string }
  | { kind: 'new' }
  | { kind: 'move'; from: string }

/** The server's rules for aliases; `latest` and names like `v1` mean something else already. */
export function aliasStep(aliases: readonly AliasOf[], alias: string, version: string): AliasStep {
  if (alias === '') return { kind: 'incomplete', reason: 'Name the alias.' }
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) {
    return { kind: 'incomplete', reason: 'An alias has only letters, digits, underscores and dashes.' }
  }
  if (/^(latest|v\d+)$/i.test(alias)) return { kind: 'incomplete', reason: '“latest” and names like “v1” are reserved.' }
  if (!/^\d+$/.test(version)) return { kind: 'incomplete', reason: 'Give the number of a version.' }
  const held = aliases.find((each) => each.alias === alias)?.version
  if (held === undefined) return { kind: 'new' }
  return held === version ? { kind: 'same', reason: `${alias} names version ${version} already.` } : { kind: 'move', from: held }
}
