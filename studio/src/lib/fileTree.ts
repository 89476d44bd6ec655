// A list of paths as the folders that they are in.

export interface FileEntry {
  path: string
  size: number
}

export interface FileFolder {
  path: string
  folders: FileFolder[]
  files: FileEntry[]
}

/** The folder that holds all files; folders and files by name. */
export function fileTree(files: readonly FileEntry[]): FileFolder {
  const root: FileFolder = { path: '', folders: [], files: [] }
  const known = new Map([['', root]])
  const folderAt = (path: string): FileFolder => {
    const present = known.get(path)
    if (present !== undefined) return present
    const folder: FileFolder = { path, folders: [], files: [] }
    known.set(path, folder)
    folderAt(parentOf(path)).folders.push(folder)
    return folder
  }
  for (const file of files) folderAt(parentOf(file.path)).files.push(file)
  for (const folder of known.values()) {
    folder.folders.sort(byPath)
    folder.files.sort(byPath)
  }
  return root
}

/** What one reads first: a file of that name, else the only one. */
export function firstFile(files: readonly FileEntry[], command: string): string | null {
  const named = files.find(({ path }) => command.split(/[\s'"]+/).some((word) => word.replace(/^\.\//, '') === path))
  return named?.path ?? (files.length === 1 ? (files[0]?.path ?? null) : null)
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}
