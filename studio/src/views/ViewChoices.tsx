import { MenuGroup, MenuGroupHeader, MenuItemRadio } from '@fluentui/react-components'
import type { ExperimentRow } from '../api/types'
import { BUILT_IN } from '../lib/savedViews'
import type { PageView } from './pageViews'

interface ViewChoicesProps {
  views: readonly PageView[]
  opensWith: PageView | undefined
  experiment: ExperimentRow | undefined
}

/** The built-in view, those that everybody finds, and those of this browser. */
export function ViewChoices({ views, opensWith, experiment }: ViewChoicesProps) {
  const own = views.filter((view) => view.private)
  const choice = (view: PageView) => (
    <MenuItemRadio
      key={view.view_id} name="view" value={view.view_id}
      {...(view === opensWith && experiment !== undefined ? { secondaryContent: `opens ${shortened(experiment.name)}` } : {})}
    >
      {view.name}
    </MenuItemRadio>
  )
  return (
    <>
      <MenuItemRadio name="view" value={BUILT_IN}>
        Default
      </MenuItemRadio>
      {views.filter((view) => !view.private).map(choice)}
      {own.length > 0 && (
        <MenuGroup>
          <MenuGroupHeader>Private, in this browser</MenuGroupHeader>
          {own.map(choice)}
        </MenuGroup>
      )}
    </>
  )
}

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name
}
