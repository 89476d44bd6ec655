import { expect, test } from 'vitest'
import { archiveChange, ARCHIVED_TAG, isArchived } from './archive'

test('a run is archived by one value of the tag alone', () => {
  const change = archiveChange('archive')
  expect('set_tags' in change && isArchived(change.set_tags)).toBe(true)
  expect(isArchived([{ key: 'team', value: 'true' }])).toBe(false)
  expect(isArchived([{ key: ARCHIVED_TAG, value: 'false' }])).toBe(false)
  expect(archiveChange('unarchive')).toEqual({ delete_tags: [ARCHIVED_TAG] })
})
