import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { ROW } from '../../../../lib/lineScroll'

/**
 * Scrolls by the pixels that a wheel or a key means, where a pixel of the scroll bar stands for more or fewer: in very
 * long files, and where lines are wrapped.
 */
export function useExactScroll(
  element: RefObject<HTMLElement | null>,
  active: boolean,
  moveBy: (pixels: number) => void,
  jump: (toEnd: boolean) => void,
): void {
  const latest = useRef({ moveBy, jump })
  latest.current = { moveBy, jump }
  useEffect(() => {
    const { current } = element
    if (current === null || !active) return
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? ROW : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? current.clientHeight : 1
      latest.current.moveBy(event.deltaY * unit)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== current || event.ctrlKey || event.metaKey || event.altKey) return
      const page = current.clientHeight - 2 * ROW
      const steps: Partial<Record<string, number>> = {
        ArrowDown: 2 * ROW, ArrowUp: -2 * ROW, PageDown: page, PageUp: -page, ' ': event.shiftKey ? -page : page,
      }
      const step = steps[event.key]
      if (step !== undefined) latest.current.moveBy(step)
      else if (event.key === 'Home' || event.key === 'End') latest.current.jump(event.key === 'End')
      else return
      event.preventDefault()
    }
    current.addEventListener('wheel', onWheel, { passive: false })
    current.addEventListener('keydown', onKeyDown)
    return () => {
      current.removeEventListener('wheel', onWheel)
      current.removeEventListener('keydown', onKeyDown)
    }
  }, [element, active])
}
