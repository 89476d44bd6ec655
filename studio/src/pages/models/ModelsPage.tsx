import { Button } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { modelsQuery } from '../../api/registry'
import type { ModelRow } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { FindField } from '../../components/FindField'
import { ErrorState, State } from '../../components/states'
import { RelativeTime } from '../../components/times'
import { TopBar } from '../../components/TopBar'
import { formatCount } from '../../lib/format'
import { modelPath, modelVersionPath } from '../../lib/routes'
import { useLiveScope } from '../../state/live'
import { Link, useSearch, useSetSearch } from '../../state/location'
import { GridTable } from './GridTable'
import type { GridColumn } from './GridTable'
import { modelsRequest, readModelsView, sortedBy, writeModelsView } from './modelsView'
import type { ModelsView } from './modelsView'
import { AliasLink, TagPills } from './pills'
import { registerSnippet } from './snippets'
import './models.css'

export default function ModelsPage() {
  useLiveScope({ models: '1' })
  useEffect(() => {
    document.title = 'Models · Runyard'
  }, [])
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readModelsView(new URLSearchParams(search)), [search])
  const show = useCallback((wanted: ModelsView, replace = true) => setSearch(writeModelsView(wanted), replace), [setSearch])
  return (
    <div className="page">
      <TopBar>
        <h1>Models</h1>
        <div className="grow models-search">
          <FindField
            value={view.search}
            delay={250}
            onChange={(text) => show({ ...view, search: text })}
            placeholder="Search names, or filter: tags.team = 'vision'"
          />
        </div>
      </TopBar>
      <Models view={view} show={show} />
    </div>
  )
}

function Models({ view, show }: { view: ModelsView; show: (view: ModelsView, replace?: boolean) => void }) {
  const models = useInfiniteQuery(modelsQuery(modelsRequest(view)))
  const rows = useMemo(() => models.data?.pages.flatMap((page) => page.models) ?? [], [models.data])
  const clear = () => show({ ...view, search: '' })
  if (models.isError && !models.isRefetchError && rows.length === 0) {
    return (
      <ErrorState what="The models could not be loaded" error={models.error} retry={() => void models.refetch()}>
        {view.search !== '' && <Button onClick={clear}>Clear the search</Button>}
      </ErrorState>
    )
  }
  if (models.isSuccess && rows.length === 0 && !models.isPlaceholderData) {
    if (view.search === '') return <FirstModel />
    return (
      <State title="No model matches">
        <p className="mono">{view.search}</p>
        <Button onClick={clear}>Clear the search</Button>
      </State>
    )
  }
  return (
    <>
      <GridTable
        label="Registered models"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ name }) => name}
        href={({ name }) => modelPath(name)}
        loading={models.isPending}
        stale={models.isPlaceholderData}
        hasMore={models.hasNextPage}
        loadMore={() => {
          if (!models.isFetchingNextPage) void models.fetchNextPage()
        }}
        sort={{
          keys: ['name', 'updated', 'created'],
          by: view.sort,
          descending: view.descending,
          onSort: (key) => show(sortedBy(view, key as ModelsView['sort']), false),
        }}
      />
      <footer className="list-foot">
        {!models.isPending && `${formatCount(rows.length)}${models.hasNextPage ? '+' : ''} model${rows.length === 1 ? '' : 's'}`}
      </footer>
    </>
  )
}

const COLUMNS: readonly GridColumn<ModelRow>[] = [
  {
    key: 'name',
    title: 'Name',
    width: 200, grow: 2,
    cell: ({ name }) => (
      <Link href={modelPath(name)} className="grid-name ellipsis" title={name}>
        {name}
      </Link>
    ),
  },
  { key: 'latest', title: 'Latest', width: 96, grow: 0.8, cell: (model) => <Latest model={model} /> },
  {
    key: 'aliases',
    title: 'Aliases',
    width: 200, grow: 3,
    cell: ({ name, aliases }) => aliases.map((each) => <AliasLink key={each.alias} name={name} {...each} />),
  },
  { key: 'versions', title: 'Versions', width: 80, numeric: true, cell: (model) => formatCount(model.version_count) },
  { key: 'updated', title: 'Last change', width: 104, cell: (model) => <RelativeTime time={model.last_update_time} /> },
  { key: 'created', title: 'Created', width: 104, cell: (model) => <RelativeTime time={model.creation_time} /> },
  { key: 'tags', title: 'Tags', width: 120, grow: 1.5, cell: ({ tags }) => <TagPills tags={tags} /> },
]

/** The newest version, and those of stages, which older clients still use. */
function Latest({ model }: { model: ModelRow }) {
  const versions = [...model.latest_versions].sort((one, other) => Number(other.version) - Number(one.version))
  if (versions.length === 0) return <span className="muted">–</span>
  return versions.map(({ version, stage }) => (
    <Link key={version} href={modelVersionPath(model.name, version)} className="link ellipsis" title={`Version ${version}${stage === 'None' ? '' : `, ${stage}`}`}>
      {version}
      {stage !== 'None' && <span className="muted"> {stage}</span>}
    </Link>
  ))
}

function FirstModel() {
  const lines = registerSnippet(location.origin)
  return (
    <State title="Register a first model">
      <p>A registered model gathers the versions of a model under one name. These lines add a version, and the model if it is new.</p>
      <div className="code">
        {lines}
        <CopyButton text={lines} label="Copy the lines" />
      </div>
    </State>
  )
}
