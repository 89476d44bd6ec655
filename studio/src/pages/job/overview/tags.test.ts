import { expect, test } from 'vitest'
import { splitTags } from './tags'

test('tags are parted by who set them', () => {
  const tags = ['mlflow.note.content', 'mlflow.source.name', 'mine', 'runyard.archived', 'runyard.packages', 'runyard.git.commit', 'runyards'].map((key) => ({ key, value: key }))
  const parted = splitTags(tags)
  const keys = (part: { key: string }[]) => part.map(({ key }) => key)
  expect(parted.note).toBe('mlflow.note.content')
  expect(keys(parted.user)).toEqual(['mine', 'runyard.archived', 'runyards'])
  expect(keys(parted.environment)).toEqual(['runyard.packages', 'runyard.git.commit'])
  expect(keys(parted.system)).toEqual(['mlflow.source.name'])
})
