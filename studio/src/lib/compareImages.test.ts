import { describe, expect, it } from 'vitest'
import { allSteps, keyRows, placeAt } from './compareImages'
import { readCompareImages, withCompareImages } from './compareImagesState'

const series = (key: string, ...steps: number[]) => ({ key, steps, paths: steps.map(String), thumbnails: steps.map(() => null) })
const runs = [[series('dogs', 0, 10), series('cats', 3)], [series('dogs', 5)], []]

describe('images of several runs', () => {
  it('keys are rows and runs columns', () => {
    const rows = keyRows(runs, '')
    expect(rows.map(({ key, series: found }) => [key, found.map((each) => each?.steps)])).toEqual([
      ['cats', [[3], undefined, undefined]],
      ['dogs', [[0, 10], [5], undefined]],
    ])
    expect(allSteps(rows)).toEqual([0, 3, 5, 10])
    expect(keyRows(runs, 'DOG').map(({ key }) => key)).toEqual(['dogs'])
  })

  it.each([
    [0, { index: 0, note: '' }],
    [1234, { index: 1, note: 'step 1,000, the nearest earlier' }],
    [-1, null],
  ])('at step %s', (step, place) => {
    expect(placeAt([0, 1000], step)).toEqual(place)
  })
})

describe('the state in the URL', () => {
  it.each(['run=a&tab=images', 'run=a&step=-7&fps=2&image=a%7Eval%2Fdogs~x'])('%s', (query) => {
    const search = new URLSearchParams(query)
    expect(withCompareImages(search, readCompareImages(search)).toString()).toBe(search.toString())
  })

  it('leaves out what is no step', () => {
    expect(readCompareImages(new URLSearchParams('step=x&image=a'))).toEqual({ step: undefined, speed: 5, full: null })
  })
})
