import { expect, test } from 'vitest'
import { metricTree, sectionOf } from './metricTree'

const row = (name: string) => ({ name, note: () => ({ text: '', title: '' }) })
const text = (names: string[], folded: string[] = []) =>
  metricTree(names.map(row), folded).map(({ folder, leaf }) =>
    folder === undefined ? `${' '.repeat(leaf.depth)}${leaf.label}` : `${' '.repeat(folder.depth)}${folder.label}/ ${folder.names.length}`)

test('slashes make folders, which come first', () => {
  expect(text(['loss', 'train/a', 'train/deep/b', 'val/a'])).toEqual(['train/ 2', ' deep/ 1', '  b', ' a', 'val/ 1', ' a', 'loss'])
})

test('measurements of machines come last', () => {
  expect(text(['system/cpu', 'train/a', 'loss'])).toEqual(['train/ 1', ' a', 'loss', 'system/ 1', ' cpu'])
})

test('closed folders hide what is below them', () => {
  expect(text(['train/a', 'train/deep/b'], ['train/'])).toEqual(['train/ 2'])
  expect(text(['train/a', 'train/deep/b'], ['train/deep/'])).toEqual(['train/ 2', ' deep/ 1', ' a'])
})

test('a slash at an end of a name is no folder', () => {
  expect(text(['/a', 'b/'])).toEqual(['/a', 'b/'])
})

test('charts of one folder are a section', () => {
  expect([sectionOf('loss'), sectionOf('train/loss'), sectionOf('a/b/c')]).toEqual(['', 'train', 'a/b'])
})
