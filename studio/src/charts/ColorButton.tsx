import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components'
import { useState } from 'react'
import { useRunColor } from '../api/actions'
import { PALETTE, readColor } from '../lib/colors'

interface ColorButtonProps {
  runId: string
  name: string
  color: string
}

/** A run's colour; a click chooses another one, which everybody sees from then on. */
export function ColorButton({ runId, name, color }: ColorButtonProps) {
  const [open, setOpen] = useState(false)
  const change = useRunColor()
  const choose = (chosen: string | null) => change.mutate({ runId, color: chosen }, { onSuccess: () => setOpen(false) })
  return (
    <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} positioning="below-start" trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className="color-button" aria-label={`Colour of ${name}`} title="Choose its colour">
          <span className="swatch" style={{ background: color }} aria-hidden />
        </button>
      </PopoverTrigger>
      <PopoverSurface className="color-choices" aria-label={`Colour of ${name}`}>
        <div className="color-palette">
          {PALETTE.map((each) => (
            <button
              key={each} type="button" className="color-button" aria-label={each} title={each} aria-pressed={each === color}
              onClick={() => choose(each)}
            >
              <span className="swatch" style={{ background: each }} aria-hidden />
            </button>
          ))}
        </div>
        <OwnColor color={color} onChoose={choose} />
        <Button size="small" appearance="subtle" onClick={() => choose(null)}>
          By its id again
        </Button>
        {change.isError && <p role="alert">{change.error.message}</p>}
      </PopoverSurface>
    </Popover>
  )
}

/** Any colour: picked, or typed as hex or RGB. */
function OwnColor({ color, onChoose }: { color: string; onChoose: (color: string) => void }) {
  const [text, setText] = useState(color)
  const read = readColor(text)
  return (
    <form
      className="color-own"
      onSubmit={(event) => {
        event.preventDefault()
        if (read !== null) onChoose(read)
      }}
    >
      <input type="color" aria-label="Pick a colour" value={read ?? color} onChange={(event) => setText(event.target.value)} />
      <input
        type="text" aria-label="Colour as hex or RGB" placeholder="#2f7ed8 or 47, 126, 216" value={text} spellCheck={false}
        aria-invalid={read === null} onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" size="small" disabled={read === null}>
        Use
      </Button>
    </form>
  )
}
