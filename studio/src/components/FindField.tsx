import { SearchRegular } from '@fluentui/react-icons/svg/search'
import { useEffect, useId, useRef, useState } from 'react'
import type { Ref } from 'react'

interface FindFieldProps {
  value: string
  onChange: (text: string) => void
  placeholder: string
  /** Milliseconds without a keystroke before `onChange` is told. */
  delay?: number
  inputRef?: Ref<HTMLInputElement>
  /** What is wrong with the text, as with a regular expression. */
  error?: string | undefined
}

/** A search field; Escape clears it. */
export function FindField({ value, onChange, placeholder, delay = 0, inputRef, error }: FindFieldProps) {
  const [text, setText] = useState(value)
  const told = useRef(value)
  const errorId = useId()
  // Follow changes from outside (back button, "clear filter"), but not the echo of one's own typing.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    if (text === told.current) return
    const timer = setTimeout(() => {
      told.current = text
      onChange(text)
    }, delay)
    return () => clearTimeout(timer)
  }, [text, delay, onChange])
  const wrong = error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': errorId }
  return (
    <>
      <label className="find">
        <SearchRegular fontSize={16} aria-hidden />
        <input
          ref={inputRef}
          type="search"
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          {...wrong}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.stopPropagation()
              setText('')
            }
          }}
        />
      </label>
      {error !== undefined && (
        <div role="alert" id={errorId} className="find-error">
          {error}
        </div>
      )}
    </>
  )
}
