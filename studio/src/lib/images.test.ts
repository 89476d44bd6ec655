import { describe, expect, it, test } from 'vitest'
import { chosenStep, inRows, indexAtOrBefore, isStepImage, named, shownIndex, smallPath, unionOfSteps } from './imageSeries'
import { readImagesView, withStep, writeImagesView } from './imagesState'
import { cellText, isImageCell, matchingRows, readTable } from './loggedTable'

test.each([
  ['images/val~a b+step+-5+timestamp+17+1e-f.png', true],
  ['images/a%step%5%timestamp%17%1e-f%compressed.webp', true],
  ['images/a+step%5+timestamp+17+1e-f.png', false],
  ['images/first_weights.png', false],
  ['deep/images/a+step+5+timestamp+17+1e-f.png', false],
])('%s is an image of a step: %s', (path, expected) => {
  expect(isStepImage(path)).toBe(expected)
})

describe('the image of a step', () => {
  it.each([
    [-1, -1],
    [0, 0],
    [4, 0],
    [5, 1],
    [99, 2],
  ])('%s is at %s', (step, index) => {
    expect(indexAtOrBefore([0, 5, 10], step)).toBe(index)
  })

  it('a slider at the end follows, any other stays where it was put', () => {
    const steps = [0, 5, 10]
    expect(shownIndex(steps, chosenStep(steps, 2))).toBe(2)
    expect(shownIndex([...steps, 15], chosenStep(steps, 2))).toBe(3)
    expect(shownIndex([...steps, 15], chosenStep(steps, 1))).toBe(1)
    expect(shownIndex(steps, -3)).toBe(0)
    expect(shownIndex([], undefined)).toBe(-1)
  })

  it('runs that log at other steps share one slider', () => {
    expect(unionOfSteps([[0, 10], [-5, 10, 20], []])).toEqual([-5, 0, 10, 20])
  })

  it('the compressed variant is shown small, or the image itself', () => {
    const series = { key: 'k', steps: [0, 1], paths: ['a.png', 'b.png'], thumbnails: ['a.webp', null] }
    expect([smallPath(series, 0), smallPath(series, 1), smallPath(series, 2)]).toEqual(['a.webp', 'b.png', undefined])
  })

  it('names and rows', () => {
    expect(named(['Val/a', 'b'], ' VAL', String)).toEqual(['Val/a'])
    expect(inRows([1, 2, 3], 2)).toEqual([[1, 2], [3]])
  })
})

describe('the state of the images in the URL', () => {
  it.each([
    '',
    'q=dogs&show=grid',
    'at=-5%7Eval%2Fa+b&at=3%7Ex%7Ey',
    'key=val%2Fa',
    'figure=plots%2Fa.png',
    'page=plots%2Froc_*.html&network=1',
    'fps=10',
    'table=a.json&table=b.json',
    'table=',
  ])('%s', (query) => {
    expect(writeImagesView(readImagesView(new URLSearchParams(query))).toString()).toBe(query)
  })

  it('leaves out what is no place and no speed', () => {
    expect(readImagesView(new URLSearchParams('fps=7')).speed).toBe(5)
    expect(readImagesView(new URLSearchParams('at=x~k&at=~&at=7~k')).at).toEqual(new Map([['k', 7]]))
  })

  it('a slider that was moved to the end is forgotten', () => {
    const at = withStep(new Map([['a', 1]]), 'b', 2)
    expect([...withStep(at, 'a', undefined)]).toEqual([['b', 2]])
  })
})

describe('logged tables', () => {
  const picture = { type: 'image', filepath: 'a.png', compressed_filepath: 'a.webp' }

  it('are read in the form that pandas calls split', () => {
    const text = JSON.stringify({ columns: ['text', 2], data: [['a', 0.5], ['b', null]] })
    expect(readTable(text)).toEqual({ columns: ['text', '2'], rows: [['a', 0.5], ['b', null]], pictures: false })
    expect(readTable(JSON.stringify({ columns: ['p'], data: [[picture]] }))?.pictures).toBe(true)
  })

  it.each(['', '[1]', 'null', '{"columns": ["a"]}', '{"columns": ["a"], "data": [1]}'])('%s is none', (text) => {
    expect(readTable(text)).toBeNull()
  })

  it('cells are text, JSON or images', () => {
    expect([cellText('a'), cellText(null), cellText({ b: [1] }), cellText(true)]).toEqual(['a', '', '{"b":[1]}', 'true'])
    expect([isImageCell(picture), isImageCell({ type: 'image' }), isImageCell('x')]).toEqual([true, false, false])
  })

  it('rows are found by any cell', () => {
    const table = { columns: ['a', 'b'], rows: [['Dog', 1], ['cat', 22]], pictures: false }
    expect(matchingRows(table, 'DOG')).toEqual([['Dog', 1]])
    expect(matchingRows(table, '2')).toEqual([['cat', 22]])
    expect(matchingRows(table, '')).toBe(table.rows)
  })
})
