import { expect, test } from 'vitest'
import { fileTree, firstFile } from './fileTree'

const files = ['train.py', 'models/b.py', 'models/a.py', 'models/deep/x.py', 'README.md'].map((path) => ({ path, size: 1 }))

test('paths become folders, each by name', () => {
  const root = fileTree(files)
  expect(root.files.map(({ path }) => path)).toEqual(['README.md', 'train.py'])
  expect(root.folders.map(({ path }) => path)).toEqual(['models'])
  expect(root.folders[0]?.files.map(({ path }) => path)).toEqual(['models/a.py', 'models/b.py'])
  expect(root.folders[0]?.folders.map(({ path }) => path)).toEqual(['models/deep'])
  expect(fileTree([])).toEqual({ path: '', folders: [], files: [] })
})

test('the file that the command names is read first', () => {
  expect(firstFile(files, 'python train.py --lr 0.1')).toBe('train.py')
  expect(firstFile(files, 'python ./models/a.py')).toBe('models/a.py')
  expect(firstFile(files, 'python -m models')).toBeNull()
  expect(firstFile(files.slice(0, 1), 'ls')).toBe('train.py')
})
