import { useEffect, useState } from 'react'

/** Pictures of fewer pixels than this are enlarged as squares, not as a blur. */
const SMALL = 128

interface PictureProps {
  src: string
  alt: string
  /** Told when a picture is drawn, or can't be: with its address and, if drawn, its size. */
  onSettled?: (src: string, size: string | null) => void
}

/** A picture as large as its place; the one before stays until the next is there. */
export function Picture({ src, alt, onSettled }: PictureProps) {
  const [drawn, setDrawn] = useState('')
  const [failed, setFailed] = useState('')
  const [coarse, setCoarse] = useState(false)
  const state = failed === src ? 'failed' : drawn === '' ? 'loading' : undefined
  return (
    <span className="picture" data-state={state}>
      {state === 'failed' && <span className="muted picture-failed">This image can’t be shown</span>}
      <img
        src={src} alt={alt} loading="lazy" decoding="async" draggable={false}
        className={coarse ? 'coarse' : undefined}
        // A failed one would show the browser's own mark.
        hidden={state !== undefined}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
          setDrawn(src)
          setCoarse(Math.max(naturalWidth, naturalHeight) < SMALL)
          onSettled?.(src, naturalWidth === 0 ? '' : `${naturalWidth} × ${naturalHeight}`)
        }}
        onError={() => {
          setFailed(src)
          onSettled?.(src, null)
        }}
      />
    </span>
  )
}

/** Ask the browser for pictures that are likely to be wanted next. */
export function usePrefetch(addresses: readonly (string | undefined)[]): void {
  const text = addresses.filter((address) => address !== undefined).join('\n')
  useEffect(() => {
    if (text === '') return
    const pictures = text.split('\n').map((address) => {
      const picture = new Image()
      picture.src = address
      return picture
    })
    return () => pictures.forEach((picture) => (picture.src = ''))
  }, [text])
}
