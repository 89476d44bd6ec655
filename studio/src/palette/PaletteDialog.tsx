import { SearchRegular } from '@fluentui/react-icons/svg/search'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Modal } from '../components/Modal'
import { usePaletteItems } from './usePaletteItems'
import type { PaletteItem } from './usePaletteItems'
import './palette.css'

/** Finds pages, runs, experiments, views and what the page can do, by some of their letters. */
export default function PaletteDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  // By its key: runs that are found later must not push another one under the keyboard.
  const [active, setActive] = useState<string | null>(null)
  const { items, searching } = usePaletteItems(text)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const at = Math.max(0, items.findIndex(({ key }) => key === active))
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at, items.length])
  const run = (item: PaletteItem) => {
    // Closed first: what is opened may want the keyboard, which goes back to the page otherwise.
    onClose()
    setTimeout(item.run)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (move !== undefined && items.length > 0) {
      const next = at + move
      const place = Math.abs(move) > 1 ? Math.max(0, Math.min(items.length - 1, next)) : (next + items.length) % items.length
      setActive(items[place]?.key ?? null)
    } else if (event.key === 'Enter') {
      const item = items[at]
      if (item !== undefined) run(item)
    } else return
    event.preventDefault()
  }
  return (
    <Modal label="Find a page, a run or an action" className="palette" onClose={onClose}>
      <div className="palette-field">
        <SearchRegular fontSize={20} aria-hidden />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-label="Find a page, a run or an action"
          aria-expanded={items.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={items[at] === undefined ? undefined : `${id}-${at}`}
          placeholder="Find a page, a run or an action"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(null)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div ref={list} id={id} role="listbox" aria-label="Found" aria-busy={searching} className="palette-list">
        {sections(items).map(({ title, first, members }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="palette-title" aria-hidden>
              {title}
            </div>
            {members.map((item, index) => (
              <Option key={item.key} id={`${id}-${first + index}`} item={item} active={first + index === at} onRun={() => run(item)} />
            ))}
          </div>
        ))}
      </div>
      <div role="status" className={items.length === 0 ? 'palette-none' : 'visually-hidden'}>
        {items.length > 0 ? `${items.length} found` : searching ? 'Searching…' : `Nothing is called “${text.trim()}”`}
      </div>
    </Modal>
  )
}

function Option({ id, item, active, onRun }: { id: string; item: PaletteItem; active: boolean; onRun: () => void }) {
  return (
    <div id={id} role="option" aria-selected={active} className="palette-option" onMouseDown={(event) => event.preventDefault()} onClick={onRun}>
      <span className="ellipsis grow" title={item.label}>
        {item.label}
      </span>
      {item.note !== undefined && <span className="muted ellipsis">{item.note}</span>}
      {item.keys !== undefined && (
        <span className="palette-keys" aria-hidden>
          {item.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  )
}

function sections(items: readonly PaletteItem[]) {
  const found: { title: string; first: number; members: PaletteItem[] }[] = []
  items.forEach((item, index) => {
    const last = found.at(-1)
    if (last?.title === item.section) last.members.push(item)
    else found.push({ title: item.section, first: index, members: [item] })
  })
  return found
}
