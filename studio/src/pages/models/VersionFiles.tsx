import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/client'
import { versionFolderQuery } from '../../api/registry'
import type { ArtifactFolder } from '../../api/types'
import { formatBytes, formatCount } from '../../lib/format'
import { baseName } from '../../lib/preview'

interface FolderProps {
  name: string
  version: string
  path: string
}

interface VersionFilesProps {
  name: string
  version: string
  /** Why they do not say what the model is. */
  problem: string | null
}

/** The files of a version, each to be downloaded; folders open on demand. */
export function VersionFiles({ name, version, problem }: VersionFilesProps) {
  return (
    <section>
      <h2>Files</h2>
      {problem !== null && <p className="muted">{problem}</p>}
      <Folder name={name} version={version} path="" />
    </section>
  )
}

function Folder({ name, version, path }: FolderProps) {
  const { data, error, isError, refetch } = useQuery(versionFolderQuery(name, version, path))
  // Files that lie elsewhere are a fact, which the section has told, and no failure.
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) return null
  if (data === undefined) {
    return (
      <div className="row-button muted" aria-busy={!isError}>
        {isError ? (
          <button type="button" className="text-button" title={error.message} onClick={() => void refetch()}>
            {error.message} Try again
          </button>
        ) : (
          <span className="skeleton" style={{ width: 160 }} />
        )}
      </div>
    )
  }
  if (data.entries.length === 0) return <p className="muted">There are none.</p>
  return (
    <ul className="files">
      {data.entries.map((entry) => (
        <li key={entry.path}>
          {entry.is_dir ? <SubFolder name={name} version={version} path={entry.path} /> : <File name={name} version={version} entry={entry} />}
        </li>
      ))}
      {data.more && <li className="muted">Only the first {formatCount(data.entries.length)} entries are listed.</li>}
    </ul>
  )
}

function SubFolder(folder: FolderProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="row-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <FolderRegular fontSize={16} />
        <span className="ellipsis grow">{baseName(folder.path)}/</span>
      </button>
      {open && (
        <div className="file-inside">
          <Folder {...folder} />
        </div>
      )}
    </>
  )
}

function File({ name, version, entry }: { name: string; version: string; entry: ArtifactFolder['entries'][number] }) {
  const query = new URLSearchParams({ name, version, path: entry.path, download: '1' })
  return (
    <a className="row-button" href={`/model-versions/get-artifact?${query.toString()}`} download title={`Download ${entry.path}`}>
      <DocumentRegular fontSize={16} />
      <span className="ellipsis grow">{baseName(entry.path)}</span>
      <span className="muted">{entry.size === null ? '' : formatBytes(entry.size)}</span>
      <ArrowDownloadRegular fontSize={16} />
    </a>
  )
}
