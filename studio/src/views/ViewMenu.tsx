import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useViewAction } from '../api/actions'
import type { ViewAction } from '../api/actions'
import { viewsQuery } from '../api/queries'
import type { SavedView } from '../api/types'
import { EditForm } from '../components/EditForm'
import { copyText } from '../lib/clipboard'
import { currentView, shownQuery, viewSearch } from '../lib/savedViews'
import { useSearch, useSetSearch } from '../state/location'
import type { ViewPickerProps } from './ViewPicker'
import './views.css'

const DEFAULT = ''

export default function ViewMenu({ page, kept = [] }: ViewPickerProps) {
  const search = new URLSearchParams(useSearch())
  const setSearch = useSetSearch()
  const { data, refetch } = useQuery(viewsQuery(page))
  const act = useViewAction(page)
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const views = data?.views ?? []
  const { view, edited } = currentView(search, views)
  const show = (id: string) => {
    const chosen = views.find(({ view_id: each }) => each === id)
    const plain = new URLSearchParams([...search].filter(([key]) => kept.includes(key)))
    setSearch(chosen === undefined ? plain : viewSearch(chosen), false)
  }
  const run = (action: ViewAction, then: (view: SavedView | null) => void = () => undefined) =>
    act.mutate(action, {
      onSuccess: (changed) => {
        setNaming(null)
        then(changed)
      },
    })
  if (naming !== null) {
    return (
      <EditForm
        label="Name of the view" value={naming === 'rename' ? (view?.name ?? '') : ''} required fresh saving={act.isPending} error={act.error}
        onCancel={() => {
          act.reset()
          setNaming(null)
        }}
        onSave={(name) => {
          if (naming === 'rename' && view !== undefined) run({ kind: 'change', id: view.view_id, change: { name } })
          else run({ kind: 'create', name, query: shownQuery(search) }, (made) => made && setSearch(viewSearch(made)))
        }}
      />
    )
  }
  return (
    <Menu
      checkedValues={{ view: [view?.view_id ?? DEFAULT] }}
      onCheckedValueChange={(_event, { checkedItems }) => show(checkedItems[0] ?? DEFAULT)}
      // Others may have saved views meanwhile.
      onOpenChange={(_event, { open }) => open && void refetch()}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" className="view-button" icon={<ChevronDownRegular />} iconPosition="after" title={view?.name}>
          <span className="ellipsis">View: {view?.name ?? 'Default'}</span>
          {edited && <span title="Changed since it was saved">&nbsp;•</span>}
        </Button>
      </MenuTrigger>
      <MenuPopover className="view-menu">
        <MenuList>
          <MenuItemRadio name="view" value={DEFAULT}>
            Default
          </MenuItemRadio>
          {views.map(({ view_id: id, name }) => (
            <MenuItemRadio key={id} name="view" value={id}>
              {name}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          {view !== undefined && edited && (
            <MenuItem onClick={() => run({ kind: 'change', id: view.view_id, change: { query: shownQuery(search) } })}>Save changes</MenuItem>
          )}
          <MenuItem onClick={() => setNaming('new')}>Save as new…</MenuItem>
          {view !== undefined && <MenuItem onClick={() => setNaming('rename')}>Rename…</MenuItem>}
          {view !== undefined && (
            <MenuItem onClick={() => run({ kind: 'delete', id: view.view_id })}>Delete “{view.name}”</MenuItem>
          )}
          <MenuItem onClick={() => void copyText(location.href)}>Copy link</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
