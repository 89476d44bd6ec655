import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { ImageRegular } from '@fluentui/react-icons/svg/image'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { artifactsQuery } from '../../../api/queries'
import type { ArtifactEntry } from '../../../api/types'
import { formatBytes, formatCount } from '../../../lib/format'
import { archiveUrl, baseName, previewKind } from '../../../lib/preview'

interface TreeProps {
  runId: string
  level: number
  chosen: string | null
  choose: (path: string) => void
  isOpen: (path: string) => boolean
  toggle: (path: string) => void
}

/** What lies in a folder, asked for when it is opened. */
export function TreeFolder({ folder, ...tree }: TreeProps & { folder: string }) {
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(artifactsQuery(tree.runId, folder))
  if (data === undefined) {
    return (
      <div className="row-button tree-row muted" style={indent(tree.level)}>
        {isError ? (
          <button type="button" className="tree-retry" title={error.message} onClick={() => void refetch()}>
            Could not be listed. Try again
          </button>
        ) : (
          <span className="skeleton" style={{ width: 100 }} />
        )}
      </div>
    )
  }
  const entries = data.pages.flatMap((page) => page.entries)
  return (
    <>
      {entries.map((entry) => entry.is_dir && <Folder key={entry.path} entry={entry} {...tree} />)}
      {entries.map((entry) => !entry.is_dir && <File key={entry.path} path={entry.path} size={entry.size} {...tree} />)}
      {hasNextPage && (
        <button
          type="button" role="treeitem" data-row className="row-button tree-row tree-more" aria-level={tree.level} style={indent(tree.level)}
          disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}
        >
          <span className="tree-twist" />
          {isFetchingNextPage ? 'Loading…' : `The first ${formatCount(entries.length)}: load more`}
        </button>
      )}
    </>
  )
}

type EntryProps = TreeProps & { entry: ArtifactEntry }

function Folder({ entry, ...tree }: EntryProps) {
  const open = tree.isOpen(entry.path)
  const selected = entry.path === tree.chosen
  const row = useInSight<HTMLDivElement>(selected)
  return (
    <>
      <div
        ref={row}
        role="treeitem"
        data-row
        aria-selected={selected}
        tabIndex={0}
        className="tree-folder"
        aria-label={baseName(entry.path)}
        aria-level={tree.level}
        aria-expanded={open}
        onClick={() => tree.toggle(entry.path)}
      >
        <span className="row-button tree-row" style={indent(tree.level)} title={entry.path}>
          {open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          <FolderRegular fontSize={16} />
          <span className="ellipsis grow">{baseName(entry.path)}</span>
        </span>
        <a
          className="tree-download"
          href={archiveUrl(tree.runId, entry.path)}
          download
          onClick={(event) => event.stopPropagation()}
          title="Download the folder as a zip"
          aria-label={`Download ${entry.path} as a zip`}
        >
          <ArrowDownloadRegular />
        </a>
      </div>
      {open && <TreeFolder {...tree} folder={entry.path} level={tree.level + 1} />}
    </>
  )
}

interface FileProps {
  path: string
  size: number | null
  /** Within a tree. */
  level?: number
  chosen: string | null
  choose: (path: string) => void
  /** With the folders that it is in. */
  whole?: boolean
}

export function File({ path, size, level, chosen, choose, whole = false }: FileProps) {
  const row = useInSight<HTMLButtonElement>(path === chosen)
  const Icon = previewKind(path) === 'image' ? ImageRegular : DocumentRegular
  return (
    <button
      ref={row}
      type="button"
      data-row
      {...(level === undefined ? {} : { role: 'treeitem', 'aria-level': level, 'aria-selected': path === chosen, style: indent(level) })}
      className="row-button tree-row"
      title={path}
      onClick={() => choose(path)}
    >
      {level !== undefined && <span className="tree-twist" />}
      <Icon fontSize={16} />
      <span className="ellipsis grow">{whole ? path : baseName(path)}</span>
      <span className="muted tree-size">{size === null ? '' : formatBytes(size)}</span>
    </button>
  )
}

/** Scrolls to a row when it is chosen, which a link may have done before the row was there. */
function useInSight<E extends HTMLElement>(selected: boolean): RefObject<E | null> {
  const row = useRef<E>(null)
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return row
}

function indent(level: number) {
  return { paddingLeft: 8 + (level - 1) * 16 }
}
