import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up'
import { useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react'
import { formatCount, plural } from '../lib/format'

/** Which of several keys a picture belongs to, and a way to another one. */
export interface Others {
  index: number
  count: number
  move: (index: number) => void
}

interface FullScreenProps {
  title: string
  /** What is known of the picture, as its size. */
  note: string
  /** Address of the file to download. */
  download: string | undefined
  index: number
  count: number
  move: (index: number) => void
  others?: Others
  close: () => void
  picture: ReactNode
  controls?: ReactNode
}

/** A picture over the whole page: Escape closes it, left and right lead to the next and the previous one, up and down to other keys. */
export function FullScreen({ title, note, download, index, count, move, others, close, picture, controls }: FullScreenProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before it leaves the page: the browser gives the focus back only from a dialog that is there.
  useLayoutEffect(() => {
    const { current } = dialog
    current?.showModal()
    // Not on the first of its buttons, which Enter would press.
    current?.focus()
    return () => current?.close()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    // The slider has the same keys, and does the same by itself.
    if (event.target instanceof HTMLInputElement) return
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: count - 1 }[event.key]
    const other = others === undefined ? undefined : { ArrowUp: others.index - 1, ArrowDown: others.index + 1 }[event.key]
    if (to === undefined && other === undefined) return
    event.preventDefault()
    if (to !== undefined && to >= 0 && to < count) move(to)
    if (others !== undefined && other !== undefined && other >= 0 && other < others.count) others.move(other)
  }
  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault()
    close()
  }
  // A browser may close it without asking, as on a second Escape.
  const onClose = () => {
    if (dialog.current?.open === false) close()
  }
  return (
    <dialog ref={dialog} tabIndex={-1} className="full" aria-label={title} onKeyDown={onKeyDown} onCancel={onCancel} onClose={onClose}>
      <header className="full-head">
        <h2 className="ellipsis" title={title}>
          {title}
        </h2>
        <span className="muted grow">{note}</span>
        {others !== undefined && others.count > 1 && <OtherKeys {...others} />}
        {download !== undefined && (
          <Button as="a" size="small" appearance="subtle" icon={<ArrowDownloadRegular />} href={download} download>
            Download
          </Button>
        )}
        <Button size="small" appearance="subtle" icon={<DismissRegular />} aria-label="Close" title="Close" onClick={close} />
      </header>
      <div className="full-picture">{picture}</div>
      {controls !== undefined && <footer className="full-foot">{controls}</footer>}
    </dialog>
  )
}

function OtherKeys({ index, count, move }: Others) {
  return (
    <span className="full-others">
      <Button
        size="small" appearance="subtle" icon={<ChevronUpRegular />} aria-label="Previous key" title="Previous key (up)" disabled={index <= 0}
        onClick={() => move(index - 1)}
      />
      <span className="muted">
        {formatCount(index + 1)} of {plural(count, 'key')}
      </span>
      <Button
        size="small" appearance="subtle" icon={<ChevronDownRegular />} aria-label="Next key" title="Next key (down)" disabled={index >= count - 1}
        onClick={() => move(index + 1)}
      />
    </span>
  )
}
