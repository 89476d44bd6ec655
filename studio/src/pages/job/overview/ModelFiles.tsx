import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelFileUrl, modelFilesQuery } from '../../../api/family'
import type { ModelFile } from '../../../api/family'
import { ErrorState } from '../../../components/states'
import { formatBytes } from '../../../lib/format'
import { baseName } from '../../../lib/preview'

/** The files of a logged model, which lie beside the run's: each is a download, folders open on demand. */
export function ModelFiles({ modelId, folder }: { modelId: string; folder: string }) {
  const { data, error, isError, refetch } = useQuery(modelFilesQuery(modelId, folder))
  if (isError && data === undefined) return <ErrorState small what="The files could not be listed" error={error} retry={() => void refetch()} />
  if (data === undefined) return <span className="skeleton" style={{ width: 160 }} />
  if (data.files.length === 0) return <p className="muted">It has no files.</p>
  return (
    <ul className="model-files" aria-label={folder === '' ? 'Files of the model' : folder}>
      {data.files.map((file) => (
        <li key={file.path}>{file.is_dir ? <Folder modelId={modelId} path={file.path} /> : <File modelId={modelId} file={file} />}</li>
      ))}
      {data.more && <li className="muted">There are more files.</li>}
    </ul>
  )
}

function Folder({ modelId, path }: { modelId: string; path: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="model-file" aria-expanded={open} onClick={() => setOpen(!open)}>
        <FolderRegular fontSize={16} aria-hidden />
        <span className="ellipsis">{baseName(path)}</span>
      </button>
      {open && <ModelFiles modelId={modelId} folder={path} />}
    </>
  )
}

function File({ modelId, file }: { modelId: string; file: ModelFile }) {
  return (
    <a className="model-file" href={modelFileUrl(modelId, file.path)} download title={`Download ${file.path}`}>
      <DocumentRegular fontSize={16} aria-hidden />
      <span className="ellipsis">{baseName(file.path)}</span>
      <span className="muted">{file.file_size === undefined ? '' : formatBytes(file.file_size)}</span>
    </a>
  )
}
