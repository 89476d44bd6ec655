import { FilterRegular } from '@fluentui/react-icons/svg/filter'
import { SearchRegular } from '@fluentui/react-icons/svg/search'
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { ApiError } from '../api/client'
import { isExpression, mayBecomeExpression } from '../lib/filter'
import { accept, firstChoice } from '../lib/filterOptions'
import type { FilterOption } from '../lib/filterOptions'
import { placeAt } from '../lib/filterTokens'
import { FilterList, optionId } from './FilterList'
import { FilterMark } from './FilterMark'
import { useFilterDraft } from './useFilterDraft'
import type { Draft } from './useFilterDraft'
import { useFilterOptions } from './useFilterOptions'
import './filter.css'

interface FilterFieldProps {
  /** What is asked for at present. */
  asked: Draft
  onChange: (draft: Draft) => void
  /** Whose metrics are offered; none: those of all. */
  experiments: readonly string[]
  placeholder: string
  /** The server's answer to what is asked, if it can't be understood. */
  error: Error | null
  inputRef?: Ref<HTMLInputElement>
}

/** A search in plain text or in MLflow's filter language, which it completes and whose errors it marks. */
export function FilterField({ asked, onChange, experiments, placeholder, error, inputRef }: FilterFieldProps) {
  const { draft, setDraft, apply } = useFilterDraft(asked, onChange)
  const { text, as } = draft
  const field = useRef<HTMLInputElement>(null)
  useImperativeHandle(inputRef, () => field.current as HTMLInputElement)
  const [id, errorId] = [useId(), useId()]
  const [caret, setCaret] = useState<number | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  // Whoever closed what was offered has finished: down leads on to the list.
  const finished = useRef(false)
  const moveTo = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (moveTo.current !== null) field.current?.setSelectionRange(moveTo.current, moveTo.current)
    moveTo.current = null
  }, [text])

  const place = caret === null ? null : placeAt(text, caret)
  const options = useFilterOptions(place, experiments)
  const open = place !== null && options.length > 0
  const active = !open ? -1 : Math.min(chosen ?? firstChoice(place, options), options.length - 1)
  const isFilter = as === 'filter' || (as === null && isExpression(text))
  const wrong = error instanceof ApiError && text === asked.text ? error.place : null

  const close = () => setCaret(null)
  const suggest = (at: number) => {
    finished.current = false
    setChosen(null)
    setCaret(at)
  }
  const write = (next: string, at: number) => {
    finished.current = false
    setDraft({ text: next, as })
    if (as === 'filter' || (as === null && mayBecomeExpression(next))) suggest(at)
    else close()
  }
  const take = (option: FilterOption) => {
    if (place === null) return
    const taken = accept(text, place, option)
    moveTo.current = taken.caret
    // A taken option says that this is a filter, also where its beginning does not.
    setDraft({ text: taken.text, as: as ?? (mayBecomeExpression(taken.text) ? null : 'filter') })
    suggest(taken.caret)
  }
  const toggle = () => {
    const wanted = isFilter ? 'text' : 'filter'
    const natural = isExpression(text) ? 'filter' : 'text'
    setDraft({ text, as: wanted === natural ? null : wanted })
    field.current?.focus()
    if (wanted === 'filter') suggest(field.current?.selectionStart ?? text.length)
    else close()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const option = options[active]
    const at = event.currentTarget.selectionStart ?? text.length
    const asks = event.key === 'ArrowDown' && !finished.current && (isFilter || text === '') && !(place !== null && options.length === 0)
    if (event.key === 'Escape') finished.current = true
    if (event.key === 'Escape' && open) close()
    else if (event.key === 'Escape' && text !== '') setDraft({ text: '', as: null })
    else if (move !== undefined && open) setChosen((active + move + options.length) % options.length)
    else if (asks || (event.key === ' ' && event.ctrlKey)) suggest(at)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && option !== undefined) take(option)
    else if (event.key === 'Enter') {
      finished.current = true
      close()
      apply()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="find filter">
      <SearchRegular fontSize={16} aria-hidden />
      <span className="filter-text">
        {wrong !== null && <FilterMark text={text} place={wrong} field={field} />}
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-activedescendant={active < 0 ? undefined : optionId(id, active)}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : errorId}
          value={text}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => write(target.value, target.selectionStart ?? target.value.length)}
          onSelect={({ currentTarget }) => caret !== null && caret !== currentTarget.selectionStart && suggest(currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            close()
            // Who looks something up in another window has not finished.
            if (document.hasFocus()) apply()
          }}
        />
      </span>
      <button
        type="button"
        className="filter-switch"
        aria-label="Filter language"
        aria-pressed={isFilter}
        title={isFilter ? 'Read as a filter; click to search it as text' : 'Read as text; click to write a filter'}
        onClick={toggle}
      >
        <FilterRegular fontSize={16} />
      </button>
      {open && <FilterList id={id} options={options} active={active} onAccept={take} />}
      {wrong !== null && (
        <div id={errorId} role="alert" className={open ? 'visually-hidden' : 'filter-error'}>
          {wrong.reason}
        </div>
      )}
    </div>
  )
}
