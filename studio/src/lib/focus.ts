// Where the keyboard goes when what had it leaves the page: nobody should have to begin at the top again.

/** What had the keyboard once, and where it stood. */
export interface Place {
  element: HTMLElement
  /** What it is called: drawn anew it is another element of the same name. */
  name: string
  /** From the inside out. */
  around: readonly HTMLElement[]
}

/** Lies over the page. */
export const OVER = 'dialog, [role=dialog], [role=group].fui-PopoverSurface'
const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]'

/** What has the keyboard now; while a menu has it, the button that opened the menu. */
export function presentPlace(): Place | null {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return null
  const opener = active.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? ''
  const element = document.getElementById(opener) ?? active
  const around: HTMLElement[] = []
  for (let outer = element.parentElement; outer !== null && outer !== document.body; outer = outer.parentElement) around.push(outer)
  return { element, name: nameOf(element), around }
}

/** Whether nothing in particular has the keyboard. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement.matches('body, main')
}

/** Give the keyboard back to a place, or to what stands there now. Whoever has taken it meanwhile keeps it. */
export function returnTo(place: Place | null): void {
  if (!isFocusLost()) return
  if (place !== null) {
    const again = place.element.isConnected ? [place.element] : sameName(place)
    if (again.some((each) => takes(each))) return
    const nearest = place.around.find(({ isConnected }) => isConnected)
    // All of a page is no neighbourhood; what is near must not move what one looks at.
    if (nearest?.matches(`main :not(.page), ${OVER}, :is(${OVER}) *`) === true && focusable(nearest).some((each) => takes(each, { preventScroll: true }))) return
  }
  if (document.activeElement?.matches('main') !== true) document.querySelector('main')?.focus({ preventScroll: true })
}

function takes(element: HTMLElement, options?: FocusOptions): boolean {
  element.focus(options)
  return document.activeElement === element
}

function sameName({ element, name }: Place): HTMLElement[] {
  if (name === '') return []
  return [...document.querySelectorAll<HTMLElement>(element.tagName)].filter((each) => nameOf(each) === name)
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? (element.matches('a, button') ? element.textContent : '')
}

/** What the keyboard can reach within an element. */
export function focusable(element: Element): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.tabIndex >= 0)
}
