import { expect, test } from 'vitest'
import type { PurgeProgress, Size } from '../api/types'
import { counted, freed, purgeDetails, purgeText, sizeLines } from './sizes'

const size: Size = {
  runs: 1, points: 1_204_000, total: 12_000_000, point_bytes: 8_200_000, files: 12, artifact_bytes: 3_800_000, log_bytes: 1200, text_bytes: 300,
}

const purge: PurgeProgress = {
  status: 'running', phase: 'runs', started: 1, ended: null, runs_total: 1200, runs_done: 350, runs: 349, experiments: 0, models: 0, points: 5,
  files: 1, file_bytes: 900_000, database_bytes: 100_000, reusable_bytes: 0, elsewhere: 0, kept: [], kept_total: 0, error: null,
}

test('a size says where its bytes lie', () => {
  expect(sizeLines(size)).toEqual([
    'Points 8.2 MB (1,204,000, as stored)',
    'Artifacts 3.8 MB (12 files, of which logs 1.2 kB)',
    'Parameters and tags 300 B',
  ])
  expect(sizeLines({ ...size, log_bytes: 0, files: 1 })[1]).toBe('Artifacts 3.8 MB (1 file)')
})

test('only what there is is counted', () => {
  expect(counted(3, 1, 2)).toBe('3 runs, 1 experiment and 2 logged models')
  expect(counted(0, 2, 1)).toBe('2 experiments and 1 logged model')
  expect(counted(1, 0, 0)).toBe('1 run')
  expect(counted(0, 0, 0)).toBe('Nothing')
})

test('a purge says how far it is, what it did, and why it stopped', () => {
  expect(freed(purge)).toBe(1_000_000)
  expect(purgeText(purge)).toBe('Deleting 350 of 1,200 runs: 1.0 MB freed so far')
  expect(purgeText({ ...purge, phase: 'space' })).toBe('Giving space back: 1.0 MB freed so far')
  expect(purgeText({ ...purge, status: 'done', runs: 1200, experiments: 1 })).toBe('1,200 runs and 1 experiment deleted: 1.0 MB freed')
  expect(purgeText({ ...purge, status: 'failed', error: 'The disk is full.' })).toContain('after 349 runs: The disk is full.')
  expect(purgeText({ ...purge, status: 'interrupted' })).toContain('after 349 of 1,200 runs')
})

test('details leave out what did not happen', () => {
  expect(purgeDetails(purge)).toEqual(['5 points and 1 file deleted', 'Files 900 kB, database 100 kB'])
  expect(purgeDetails({ ...purge, reusable_bytes: 4096, elsewhere: 2 }).slice(2)).toEqual([
    '4.1 kB are free in the database and used before it grows',
    'The artifacts of 2 runs lie outside of this server and stay there.',
  ])
})
