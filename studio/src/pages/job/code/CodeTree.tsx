import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { useMemo, useState } from 'react'
import type { CodeFile } from '../../../api/types'
import { fileTree } from '../../../lib/fileTree'
import type { FileFolder } from '../../../lib/fileTree'
import { ancestors, baseName } from '../../../lib/preview'
import { moveInTree } from '../outputs/ArtifactTree'
import { File } from '../outputs/TreeFolder'

interface CodeTreeProps {
  /** Undefined while they are loaded. */
  files: readonly CodeFile[] | undefined
  chosen: string | null
  choose: (path: string) => void
}

/** Files in their folders, of which those above the chosen file are open from the start. */
export function CodeTree({ files, chosen, choose }: CodeTreeProps) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const root = useMemo(() => fileTree(files ?? []), [files])
  const above = useMemo(() => new Set(chosen === null ? [] : ancestors(chosen)), [chosen])
  const isOpen = (path: string) => toggled.get(path) ?? above.has(path)
  const toggle = (path: string) => setToggled(new Map(toggled).set(path, !isOpen(path)))
  return (
    <div className="tree" role="tree" data-list aria-label="Code" aria-busy={files === undefined} onKeyDown={moveInTree}>
      <Inside folder={root} level={1} chosen={chosen} choose={choose} isOpen={isOpen} toggle={toggle} />
    </div>
  )
}

interface FolderProps {
  folder: FileFolder
  level: number
  chosen: string | null
  choose: (path: string) => void
  isOpen: (path: string) => boolean
  toggle: (path: string) => void
}

function Inside({ folder, ...rest }: FolderProps) {
  const { level, chosen, choose } = rest
  return (
    <>
      {folder.folders.map((each) => (
        <Folder key={each.path} folder={each} {...rest} />
      ))}
      {folder.files.map(({ path, size }) => (
        <File key={path} path={path} size={size} level={level} chosen={chosen} choose={choose} />
      ))}
    </>
  )
}

function Folder(props: FolderProps) {
  const { folder, level, isOpen, toggle } = props
  const open = isOpen(folder.path)
  return (
    <>
      <div
        role="treeitem" data-row tabIndex={0} className="tree-folder" aria-label={baseName(folder.path)} aria-level={level} aria-expanded={open} aria-selected={false}
        onClick={() => toggle(folder.path)}
      >
        <span className="row-button tree-row" style={{ paddingLeft: 8 + (level - 1) * 16 }} title={folder.path}>
          {open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          <FolderRegular fontSize={16} />
          <span className="ellipsis grow">{baseName(folder.path)}</span>
        </span>
      </div>
      {open && <Inside {...props} level={level + 1} />}
    </>
  )
}
