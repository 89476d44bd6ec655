import { expect, test } from 'vitest'
import { countWords, exitWords, inOrder, jobSentence, passedStates } from './jobSteps'
import { statusLook } from './status'

const at = (time: number, state: string) => ({ time, state, message: '' })

test('a state lasts until the next one, and the present one until now', () => {
  const passed = passedStates([at(1000, 'Queued'), at(3000, 'Preparing'), at(3400, 'Running')], 15_400)
  expect(passed.map(({ state, took, present }) => [state, took, present])).toEqual([
    ['Queued', 2000, false],
    ['Preparing', 400, false],
    ['Running', 12_000, true],
  ])
  expect(passedStates([], 5)).toEqual([])
})

test('the last state takes no time, and clocks that differ give none below nothing', () => {
  expect(passedStates([at(1000, 'Running'), at(900, 'Failed')], 9000).map(({ took }) => took)).toEqual([0, null])
  expect(passedStates([at(2000, 'Queued')], 1000)[0]?.took).toBe(0)
})

test('a job says why it waits or ended', () => {
  const job = { state: 'Queued', message: '', retry: 0 }
  expect(jobSentence(job)).toBe('It waits for a runner to look at it.')
  expect(jobSentence({ ...job, retry: 1 })).toBe('It waits to be tried again.')
  expect(jobSentence({ ...job, message: 'It needs 4 processors.' })).toBe('It needs 4 processors.')
  expect(jobSentence({ ...job, state: 'CancelRequested' })).toBe('Its processes are asked to end.')
  expect(jobSentence({ ...job, state: 'Completed' })).toBeNull()
})

test('signals have their names', () => {
  expect(exitWords(null)).toBeNull()
  expect(exitWords(0)).toBe('0')
  expect(exitWords(3)).toBe('3')
  expect(exitWords(-9)).toBe('SIGKILL')
  expect(exitWords(-64)).toBe('signal 64')
})

test('what runs stands before what waits', () => {
  const jobs = [{ state: 'Queued', name: 'a' }, { state: 'Running', name: 'b' }, { state: 'Queued', name: 'c' }]
  expect(inOrder(jobs).map(({ name }) => name)).toEqual(['b', 'a', 'c'])
  expect(countWords({ Queued: 2, Running: 1, CancelRequested: 1 }, (state) => statusLook(state).word)).toBe('1 running · 1 cancel requested · 2 queued')
})
