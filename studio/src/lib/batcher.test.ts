import { expect, test, vi } from 'vitest'
import { Batcher } from './batcher'

function doubling(limit = 50) {
  const load = vi.fn((wanted: readonly number[]) => Promise.resolve(wanted.map((each) => each * 2)))
  const batcher = new Batcher<number, number>({ group: (wanted) => (wanted < 10 ? 'small' : 'large'), limit, load })
  return { batcher, load }
}

test('what is asked for at once goes into one request per group', async () => {
  const { batcher, load } = doubling()
  expect(await Promise.all([1, 2, 30, 3].map((each) => batcher.load(each)))).toEqual([2, 4, 60, 6])
  expect(load.mock.calls).toEqual([[[1, 2, 3]], [[30]]])
})

test('large groups are split', async () => {
  const { batcher, load } = doubling(2)
  await Promise.all([1, 2, 3].map((each) => batcher.load(each)))
  expect(load.mock.calls).toEqual([[[1, 2]], [[3]]])
})

test('a failure reaches all that asked, and the next question is asked anew', async () => {
  const { batcher, load } = doubling()
  load.mockRejectedValueOnce(new Error('down'))
  const answers = await Promise.allSettled([batcher.load(1), batcher.load(2)])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await batcher.load(4)).toBe(8)
})
