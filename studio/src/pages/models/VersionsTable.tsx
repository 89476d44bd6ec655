import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { versionsQuery } from '../../api/registry'
import type { VersionRow } from '../../api/types'
import { ErrorState } from '../../components/states'
import { Status } from '../../components/Status'
import { RelativeTime } from '../../components/times'
import { modelVersionPath } from '../../lib/routes'
import { Link } from '../../state/location'
import { GridTable } from './GridTable'
import type { GridColumn } from './GridTable'
import { AliasPill, TagPills } from './pills'
import { SourceRun } from './SourceRun'

/** The versions of a model, the newest first. */
export function VersionsTable({ name }: { name: string }) {
  const versions = useInfiniteQuery(versionsQuery(name))
  const rows = useMemo(() => versions.data?.pages.flatMap((page) => page.versions) ?? [], [versions.data])
  // Stages are of the past: models without any have no column for them.
  const staged = rows.some(({ stage }) => stage !== 'None')
  const columns = useMemo(() => tableColumns(name, staged), [name, staged])
  if (versions.isError && rows.length === 0) {
    return <ErrorState small what="The versions could not be loaded" error={versions.error} retry={() => void versions.refetch()} />
  }
  if (versions.isSuccess && rows.length === 0) return <p className="muted models-none">No versions yet.</p>
  return (
    <GridTable
      label="Versions"
      columns={columns}
      rows={rows}
      rowKey={({ version }) => version}
      href={({ version }) => modelVersionPath(name, version)}
      loading={versions.isPending}
      hasMore={versions.hasNextPage}
      loadMore={() => {
        if (!versions.isFetchingNextPage) void versions.fetchNextPage()
      }}
    />
  )
}

function tableColumns(name: string, staged: boolean): GridColumn<VersionRow>[] {
  return [
    {
      key: 'version',
      title: 'Version',
      width: 64,
      cell: ({ version }) => (
        <Link href={modelVersionPath(name, version)} className="grid-name" aria-label={`Version ${version}`}>
          {version}
        </Link>
      ),
    },
    { key: 'status', title: 'Status', width: 80, cell: ({ status }) => <Status status={status} /> },
    ...(staged ? [{ key: 'stage', title: 'Stage', width: 96, cell: ({ stage }: VersionRow) => (stage === 'None' ? '' : stage) }] : []),
    {
      key: 'aliases',
      title: 'Aliases',
      width: 200, grow: 2,
      cell: ({ aliases }) => aliases.map((alias) => <AliasPill key={alias} alias={alias} />),
    },
    { key: 'run', title: 'Source run', width: 120, grow: 1, cell: (version) => <SourceRun version={version} /> },
    { key: 'created', title: 'Created', width: 96, cell: (version) => <RelativeTime time={version.creation_time} /> },
    {
      key: 'user',
      title: 'By',
      width: 56, grow: 0.5,
      cell: ({ user }) => (
        <span className="ellipsis" title={user ?? undefined}>
          {user ?? '–'}
        </span>
      ),
    },
    {
      key: 'description',
      title: 'Description',
      width: 88, grow: 1,
      cell: ({ description }) => (
        <span className="ellipsis" title={description}>
          {description}
        </span>
      ),
    },
    { key: 'tags', title: 'Tags', width: 132, grow: 1.5, cell: ({ tags }) => <TagPills tags={tags} /> },
  ]
}
