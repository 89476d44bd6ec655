import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { useState } from 'react'
import { useSetDefaultView } from '../api/actions'
import { isConflict } from '../api/client'
import { copyText } from '../lib/clipboard'
import { builtInSearch, BUILT_IN, changedQuery, currentView, namesGoneView, plainExperiment, viewSearch, VIEW_KEY, withoutView } from '../lib/savedViews'
import type { NamedView } from '../lib/savedViews'
import { useCommands } from '../state/commands'
import { useSearch, useSetSearch } from '../state/location'
import { usePageViewAction, usePageViews } from './pageViews'
import type { PageViewAction, ViewChange } from './pageViews'
import { ViewChoices } from './ViewChoices'
import { ViewNameForm } from './ViewNameForm'
import type { ViewPickerProps } from './ViewPicker'
import { ViewProblem } from './ViewProblem'
import { ViewQuestion } from './ViewQuestion'
import type { Question } from './ViewQuestion'
import './views.css'

const GONE = 'This view was deleted. The page goes on to show what it held; “Save as new…” keeps that.'

export default function ViewMenu({ page, kept = [], scope = [], experiment }: ViewPickerProps) {
  const search = new URLSearchParams(useSearch())
  const setSearch = useSetSearch()
  const { views, known, refetch } = usePageViews(page)
  const act = usePageViewAction(page)
  const setDefault = useSetDefaultView()
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const [asking, setAsking] = useState<Question | null>(null)
  const { view, edited } = currentView(search, views, scope)
  // What the view held when the page began with it: what others save later is not overwritten unasked.
  const [begun, setBegun] = useState(view)
  if (view !== undefined && begun?.view_id !== view.view_id) setBegun(view)
  const gone = known && namesGoneView(search, views)
  const goneName = gone && begun?.view_id === search.get(VIEW_KEY) ? begun.name : undefined
  const opensWith = views.find(({ view_id: id }) => id === experiment?.default_view)

  const show = (id: string) => {
    const chosen = views.find(({ view_id: each }) => each === id)
    setBegun(chosen)
    if (chosen !== undefined) { setSearch(viewSearch(chosen, search, scope), false); return; }
    const plain = builtInSearch(search, kept, false)
    // Without its name the address would open the experiment's own view.
    setSearch(builtInSearch(search, kept, opensWith !== undefined && plainExperiment(plain) !== null), false)
  }
  const run = (action: PageViewAction, then: (view: NamedView | null) => void = () => undefined, onError?: (error: Error) => void) =>
    act.mutate(action, {
      onSuccess: (changed) => {
        setNaming(null)
        setAsking(null)
        then(changed)
      },
      ...(onError && { onError }),
    })
  const begunWith = (made: NamedView | null) => made !== null && setSearch(viewSearch(made, search, scope))
  const replace = (held: Pick<ViewChange, 'held'>) => {
    if (view === undefined) return
    const query = changedQuery(view, search, scope)
    run({ kind: 'change', view, change: { query, ...held } }, () => setBegun({ ...view, query }), (error) => {
      if (!isConflict(error)) return
      act.reset()
      setAsking('overwrite')
    })
  }
  const save = () => replace(begun === undefined ? {} : { held: begun.query })
  const remove = () =>
    view !== undefined && run({ kind: 'delete', view }, () => setSearch(withoutView(search, opensWith !== undefined && opensWith !== view)))
  // Another browser may have deleted the view that a question or a form is about.
  const question = view === undefined ? null : asking
  useCommands([
    ...(view !== undefined && edited ? [{ id: 'save view', label: `Save changes to the view “${view.name}”`, run: save }] : []),
    { id: 'new view', label: 'Save what this page shows as a view…', run: () => setNaming('new') },
  ])
  const form = (naming === 'new' || (naming === 'rename' && view !== undefined)) && (
    <ViewNameForm
      renamed={naming === 'rename' ? view : undefined} search={search} saving={act.isPending} error={act.error}
      onSave={(action) => run(action, action.kind === 'create' ? begunWith : undefined)}
      onCancel={() => {
        act.reset()
        setNaming(null)
      }}
    />
  )
  return (
    <span className="views">
    {form}
    {act.error !== null && !form && question === null && <ViewProblem error={act.error} onClose={act.reset} />}
    {question !== null && view !== undefined && (
      <ViewQuestion
        kind={question} view={view} opens={view === opensWith ? experiment?.name : undefined} pending={act.isPending} error={act.error}
        onConfirm={() => (question === 'delete' ? remove() : replace({}))}
        onClose={() => {
          act.reset()
          setAsking(null)
        }}
      />
    )}
    <Menu
      checkedValues={{ view: gone ? [] : [view?.view_id ?? BUILT_IN] }}
      onCheckedValueChange={(_event, { checkedItems }) => show(checkedItems[0] ?? BUILT_IN)}
      // Others may have saved views meanwhile.
      onOpenChange={(_event, { open }) => open && refetch()}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" className="view-button" icon={<ChevronDownRegular />} iconPosition="after" title={gone ? GONE : view?.name}>
          <span className="ellipsis">View: {gone ? (goneName ?? 'deleted') : (view?.name ?? 'Default')}</span>
          {goneName !== undefined && <span>&nbsp;(deleted)</span>}
          {edited && <span title="Changed since it was saved">&nbsp;•</span>}
        </Button>
      </MenuTrigger>
      <MenuPopover className="view-menu">
        <MenuList>
          {gone && <div className="view-gone muted">{GONE}</div>}
          <ViewChoices views={views} opensWith={opensWith} experiment={experiment} />
          <MenuDivider />
          {view !== undefined && edited && <MenuItem onClick={save}>Save changes</MenuItem>}
          <MenuItem onClick={() => setNaming('new')}>Save as new…</MenuItem>
          {view !== undefined && <MenuItem onClick={() => setNaming('rename')}>Rename…</MenuItem>}
          {view?.private === true && (
            <MenuItem onClick={() => run({ kind: 'share', view }, begunWith)}>Share “{view.name}” with everybody</MenuItem>
          )}
          {view !== undefined && <MenuItem onClick={() => setAsking('delete')}>Delete “{view.name}”…</MenuItem>}
          {experiment !== undefined && view?.private === false && view !== opensWith && (
            <MenuItem onClick={() => setDefault.mutate({ experiment: experiment.experiment_id, view: view.view_id })}>
              Open {experiment.name} with this view
            </MenuItem>
          )}
          {experiment !== undefined && experiment.default_view !== null && (
            <MenuItem onClick={() => setDefault.mutate({ experiment: experiment.experiment_id, view: null })}>
              Open {experiment.name} with Default
            </MenuItem>
          )}
          <MenuItem onClick={() => void copyText(location.href)}>Copy link</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
    </span>
  )
}
