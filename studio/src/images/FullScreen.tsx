import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react'

interface FullScreenProps {
  title: string
  /** What is known of the picture, as its size. */
  note: string
  /** Address of the file to download. */
  download: string | undefined
  index: number
  count: number
  move: (index: number) => void
  close: () => void
  picture: ReactNode
  controls?: ReactNode
}

/** A picture over the whole page: Escape closes it, the arrow keys lead to the next and the previous one. */
export function FullScreen({ title, note, download, index, count, move, close, picture, controls }: FullScreenProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const { current } = dialog
    // The browser keeps the focus inside, and gives it back afterwards.
    current?.showModal()
    return () => current?.close()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    // The slider has the same keys, and does the same by itself.
    if (event.target instanceof HTMLInputElement) return
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: count - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    if (to >= 0 && to < count) move(to)
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
    <dialog ref={dialog} className="full" aria-label={title} onKeyDown={onKeyDown} onCancel={onCancel} onClose={onClose}>
      <header className="full-head">
        <h2 className="ellipsis" title={title}>
          {title}
        </h2>
        <span className="muted grow">{note}</span>
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
