// Lists of any length are one stop on the way of the Tab key: `data-list` marks a list, `data-row` its rows. Arrow keys,
// Home, End and the page keys lead from row to row; Tab goes through what is in the row and then out of the list.
import { OVER, focusable } from './focus'

const LIST = '[data-list]'
const ROW = '[data-row]'
/** What a row has for who comes from another. */
const ENTRY = '[data-row-focus]'
/** Holds what an element had as its tab index while its row is passed over. */
const PASSED = 'data-passed'

/** The row of each list that had the keyboard last. */
const visited = new WeakMap<Element, Element>()

export function rememberRow(target: EventTarget | null): void {
  const row = target instanceof Element ? target.closest(ROW) : null
  const list = row?.closest(LIST)
  if (row != null && list != null) visited.set(list, row)
}

/** Let only one row of each list be reached by Tab; done when the key is pressed, since scrolling brings ever new rows. */
export function passOverRows(): void {
  for (const list of document.querySelectorAll(LIST)) {
    const rows = [...list.querySelectorAll(ROW)]
    const stop = stopOf(list, rows)
    for (const row of rows) {
      if (row === stop) takeBack(row)
      else for (const each of [row, ...focusable(row)]) if (each instanceof HTMLElement && each.tabIndex >= 0) passOver(each)
    }
  }
}

function passOver(element: HTMLElement): void {
  element.setAttribute(PASSED, element.getAttribute('tabindex') ?? '')
  element.tabIndex = -1
}

function takeBack(row: Element): void {
  for (const each of [row, ...row.querySelectorAll(`[${PASSED}]`)]) {
    const before = each.getAttribute(PASSED)
    if (before === null) continue
    each.removeAttribute(PASSED)
    if (before === '') each.removeAttribute('tabindex')
    else each.setAttribute('tabindex', before)
  }
}

function stopOf(list: Element, rows: readonly Element[]): Element | undefined {
  const last = visited.get(list)
  if (last !== undefined && list.contains(last)) return last
  const [first] = rows
  const scroller = first === undefined ? list : scrollerOf(list, first)
  return rows.find((row) => isInSight(row, scroller)) ?? first
}

/** From a search field into the list below it; tells whether there was one. */
export function enterListAfter(field: Element): boolean {
  const lists = [...document.querySelectorAll(LIST)]
  const list = lists.find(
    (each) => (field.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && each.closest(OVER) === field.closest(OVER),
  )
  if (list === undefined) return false
  const rows = [...list.querySelectorAll(ROW)]
  return focusRow(stopOf(list, rows), null)
}

/** Lead from row to row; tells whether the key meant that. */
export function moveInRows(key: string, target: Element): boolean {
  const row = target.closest(ROW)
  const list = row?.closest(LIST)
  // In a field of a row the keys are the field's.
  if (row == null || list == null || target.matches('input:not([type=checkbox]), textarea, select')) return false
  const column = target.matches(ENTRY) ? null : controls(row).indexOf(target as HTMLElement)
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (step !== undefined) {
    const next = rowBeside(list, row, step)
    if (next === undefined) return false
    if (isNext(row, next, step)) return focusRow(next, column)
    // The one with the focus was left behind by scrolling, and those around it are not drawn.
    row.scrollIntoView({ block: 'nearest' })
    afterDrawing(() => focusRow(rowBeside(list, row, step), column))
    return true
  }
  if (!['Home', 'End', 'PageUp', 'PageDown'].includes(key)) return false
  const scroller = scrollerOf(list, row)
  const page = scroller.clientHeight - row.clientHeight
  const top = { Home: 0, End: scroller.scrollHeight, PageUp: scroller.scrollTop - page, PageDown: scroller.scrollTop + page }[key] ?? 0
  scroller.scrollTo({ top })
  // Once the rows there are drawn.
  afterDrawing(() => {
    const seen = [...list.querySelectorAll(ROW)].filter((each) => isInSight(each, scroller))
    focusRow(key === 'End' || key === 'PageDown' ? seen.at(-1) : seen[0], column)
  })
  return true
}

function afterDrawing(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

/** The row that is drawn beside one. */
function rowBeside(list: Element, row: Element, step: number): Element | undefined {
  const rows = [...list.querySelectorAll(ROW)]
  return rows[rows.indexOf(row) + step]
}

/** Rows of a list that draws those in sight say at which place they are. */
function isNext(one: Element, other: Element, step: number): boolean {
  const [at, next] = [one.getAttribute('data-index'), other.getAttribute('data-index')]
  return at === null || next === null || Number(next) === Number(at) + step
}

/** `column` counts what can have the keyboard in a row; null is what the row is entered by. */
function focusRow(row: Element | undefined, column: number | null): boolean {
  if (row === undefined) return false
  const within = controls(row)
  const element = column !== null && column >= 0 ? (within[column] ?? within.at(-1)) : (row.querySelector<HTMLElement>(ENTRY) ?? within[0])
  element?.focus()
  return element !== undefined
}

/** What can have the keyboard in a row, also while it is passed over. */
function controls(row: Element): HTMLElement[] {
  const all = [row, ...row.querySelectorAll('*')].filter((each): each is HTMLElement => each instanceof HTMLElement)
  return all.filter((each) => each.hasAttribute(PASSED) || (each.tabIndex >= 0 && !each.matches(':disabled')))
}

/** What scrolls a row: the list, what is around it, or the page. */
function scrollerOf(list: Element, row: Element): Element {
  for (let outer = row.parentElement; outer !== null; outer = outer.parentElement) {
    if (outer.scrollHeight > outer.clientHeight && /auto|scroll/.test(getComputedStyle(outer).overflowY)) return outer
  }
  return list
}

/** Titles that stay while rows pass below them are what the scroll padding is for. */
function isInSight(row: Element, scroller: Element): boolean {
  const [{ top, bottom }, around] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()]
  const titles = Number.parseFloat(getComputedStyle(scroller).scrollPaddingTop) || 0
  return top >= around.top + titles - 1 && bottom <= around.top + scroller.clientHeight + 1
}
