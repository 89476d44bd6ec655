import { describe, expect, it } from 'vitest'
import { asJson, prettyText, profileEntries, schemaColumns } from './datasetText'
import { commitPage, remotePage } from './git'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'

describe('commits on the web', () => {
  it.each([
    ['https://github.com/acme/vision.git', `https://github.com/acme/vision/commit/${COMMIT}`],
    ['https://user:secret@gitlab.example.com/a/b/c.git/', `https://gitlab.example.com/a/b/c/-/commit/${COMMIT}`],
    ['http://bitbucket.org/a/b', `http://bitbucket.org/a/b/commits/${COMMIT}`],
    ['git@github.com:acme/vision.git', null],
    ['ssh://git@github.com/acme/vision', null],
    ['javascript:alert(1)', null],
    ['/srv/git/vision', null],
    [undefined, null],
  ])('%s', (remote, page) => {
    expect(commitPage(remote, COMMIT)).toBe(page)
  })

  it('what is no commit leads nowhere', () => {
    expect(commitPage('https://github.com/a/b', '../../x')).toBeNull()
    expect(remotePage('https://token@github.com/a/b.git?x=1#y')).toBe('https://github.com/a/b')
  })
})

describe('texts about datasets', () => {
  it('columns of a schema', () => {
    const text = '{"mlflow_colspec": [{"type": "double", "name": "x"}, {"type": {"kind": "array"}}]}'
    expect(schemaColumns(text)).toEqual([{ name: 'x', type: 'double' }, { name: '1', type: '{"kind":"array"}' }])
    expect([schemaColumns('{"mlflow_tensorspec": {}}'), schemaColumns('no JSON'), schemaColumns('[]')]).toEqual([null, null, null])
  })

  it('figures of a profile', () => {
    expect(profileEntries('{"num_rows": 50, "shape": [1], "a": "b"}')).toEqual([
      { key: 'num_rows', value: '50' },
      { key: 'shape', value: '[1]' },
      { key: 'a', value: 'b' },
    ])
    expect([profileEntries('[1]'), profileEntries('x')]).toEqual([null, null])
  })

  it('texts to read and to copy', () => {
    expect([prettyText('{"a":1}'), prettyText('a b')]).toEqual(['{\n  "a": 1\n}', 'a b'])
    expect(asJson([{ key: 'lr', value: '0.1' }])).toBe('{\n  "lr": "0.1"\n}')
  })
})
