import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Changes } from './invalidate'
import { Refresher } from './refresher'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function start() {
  const waiting: boolean[] = []
  const refresh = vi.fn<(changes: Changes) => Promise<void>>(() => Promise.resolve())
  const refresher = new Refresher({ refresh, onWaiting: (each) => waiting.push(each) })
  refresher.start()
  const log = (run: string) => refresher.add((changes) => changes.add([{ run_id: run, experiment_id: '1', kinds: ['metrics'] }]))
  return { refresher, refresh, waiting, log }
}

test('the first change is shown at once, and those soon after it together', async () => {
  const { refresh, log } = start()
  log('a')
  expect(refresh).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(100)
  log('b')
  log('c')
  expect(refresh).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(400)
  expect(refresh).toHaveBeenCalledTimes(2)
  const changes = refresh.mock.calls[1]?.[0]
  expect([changes?.has('b'), changes?.has('c'), changes?.has('a')]).toEqual([true, true, false])
})

test('at a slower pace changes wait for their time', async () => {
  const { refresher, refresh, log } = start()
  refresher.setEvery(5000)
  log('a')
  await vi.advanceTimersByTimeAsync(1)
  log('b')
  await vi.advanceTimersByTimeAsync(4900)
  expect(refresh).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(refresh).toHaveBeenCalledTimes(2)
})

test('while paused nothing is asked for, nothing is lost, and it is told', async () => {
  const { refresher, refresh, waiting, log } = start()
  refresher.setEvery(null)
  log('a')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(refresh).not.toHaveBeenCalled()
  expect(waiting).toEqual([true])
  refresher.now()
  expect(refresh).toHaveBeenCalledTimes(1)
  expect(waiting).toEqual([true, false])
  log('b')
  refresher.setEvery(0)
  await vi.advanceTimersByTimeAsync(500)
  expect(refresh).toHaveBeenCalledTimes(2)
  expect(refresh.mock.calls[1]?.[0].has('b')).toBe(true)
})

test('a failed refresh does not end the refreshing', async () => {
  const { refresher, refresh, log } = start()
  refresh.mockRejectedValueOnce(new Error('lost'))
  log('a')
  await vi.advanceTimersByTimeAsync(500)
  log('b')
  expect(refresh).toHaveBeenCalledTimes(2)
  refresher.stop()
  log('c')
  await vi.advanceTimersByTimeAsync(5000)
  expect(refresh).toHaveBeenCalledTimes(2)
})
