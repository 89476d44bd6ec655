import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { ImageRegular } from '@fluentui/react-icons/svg/image'
import { useQuery } from '@tanstack/react-query'
import { artifactsQuery } from '../../../api/queries'
import type { ArtifactEntry } from '../../../api/types'
import { formatBytes } from '../../../lib/format'
import { archiveUrl, baseName, previewKind } from '../../../lib/preview'

interface TreeProps {
  runId: string
  level: number
  chosen: string | null
  choose: (path: string) => void
  isOpen: (path: string) => boolean
  toggle: (path: string) => void
}

export function TreeFolder({ entries, ...tree }: TreeProps & { entries: readonly ArtifactEntry[] }) {
  return entries.map((entry) =>
    entry.is_dir ? <Folder key={entry.path} entry={entry} {...tree} /> : <File key={entry.path} entry={entry} {...tree} />,
  )
}

type EntryProps = TreeProps & { entry: ArtifactEntry }

function Folder({ entry, ...tree }: EntryProps) {
  const open = tree.isOpen(entry.path)
  return (
    <>
      <div
        role="treeitem"
        tabIndex={0}
        className="tree-folder"
        aria-label={baseName(entry.path)}
        aria-level={tree.level}
        aria-expanded={open}
        onClick={() => tree.toggle(entry.path)}
      >
        <span className="tree-row" style={indent(tree.level)} title={entry.path}>
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
      {open && <Inside entry={entry} {...tree} />}
    </>
  )
}

/** What lies in an open folder, asked for when it is opened. */
function Inside({ entry, ...tree }: EntryProps) {
  const { data, isError, error, refetch } = useQuery(artifactsQuery(tree.runId, entry.path))
  const level = tree.level + 1
  if (data !== undefined) return <TreeFolder entries={data.entries} {...tree} level={level} />
  return (
    <div className="tree-row muted" role="none" style={indent(level)}>
      {isError ? (
        <button type="button" role="treeitem" className="tree-retry" title={error.message} onClick={() => void refetch()}>
          Could not be listed. Try again
        </button>
      ) : (
        <span className="skeleton" style={{ width: 100 }} />
      )}
    </div>
  )
}

function File({ entry, level, chosen, choose }: EntryProps) {
  const Icon = previewKind(entry.path) === 'image' ? ImageRegular : DocumentRegular
  return (
    <button
      type="button"
      role="treeitem"
      className="tree-row"
      aria-level={level}
      aria-selected={entry.path === chosen}
      style={indent(level)}
      title={entry.path}
      onClick={() => choose(entry.path)}
    >
      <span className="tree-twist" />
      <Icon fontSize={16} />
      <span className="ellipsis grow">{baseName(entry.path)}</span>
      <span className="muted tree-size">{entry.size === null ? '' : formatBytes(entry.size)}</span>
    </button>
  )
}

function indent(level: number) {
  return { paddingLeft: 8 + (level - 1) * 16 }
}
