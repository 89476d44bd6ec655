/** The width of the widest thing that a column shows at present, its title included, in pixels. */
export function fittingWidth(inHeader: HTMLElement): number {
  const header = inHeader.closest<HTMLElement>('[role="columnheader"]')
  const table = header?.closest('.jobs-scroll')
  if (!header || !table) return 0
  const place = [...(header.parentElement?.children ?? [])].indexOf(header)
  const cells = [...table.querySelectorAll<HTMLElement>('.jobs-body')].map(({ children }) => children[place])
  // The menu and the arrow of the order need room beside the title.
  const title = (header.querySelector<HTMLElement>('.ellipsis')?.scrollWidth ?? 0) + 64
  return Math.ceil(Math.max(title, ...cells.map((cell) => (cell === undefined ? 0 : contentWidth(cell)))))
}

/** What a cell would need to show all that it holds. */
function contentWidth(cell: Element): number {
  const copy = cell.cloneNode(true) as HTMLElement
  copy.style.cssText = 'position: absolute; width: max-content; max-width: none; visibility: hidden'
  cell.parentElement?.append(copy)
  const { width } = copy.getBoundingClientRect()
  copy.remove()
  return width + 1
}
