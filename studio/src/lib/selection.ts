// Which rows of a table are checked.

export interface Selection {
  ids: ReadonlySet<string>
  /** Checked or unchecked last: where a range begins that is taken with the shift key. */
  anchor: string | null
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null }

/** The selection after a row's box was clicked; with `range`, all rows from the anchor to it become as it is then. */
export function select(selection: Selection, rows: readonly string[], id: string, range: boolean): Selection {
  const checked = !selection.ids.has(id)
  const from = range && selection.anchor !== null ? rows.indexOf(selection.anchor) : -1
  const to = rows.indexOf(id)
  const touched = from < 0 || to < 0 ? [id] : rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  const ids = new Set(selection.ids)
  for (const each of touched) {
    if (checked) ids.add(each)
    else ids.delete(each)
  }
  return { ids, anchor: id }
}

/** The selection after the box above all rows was clicked: all of them, or none when all were checked. */
export function selectAll(selection: Selection, rows: readonly string[]): Selection {
  const all = rows.length > 0 && rows.every((id) => selection.ids.has(id))
  return all ? NOTHING_SELECTED : { ids: new Set([...selection.ids, ...rows]), anchor: null }
}
