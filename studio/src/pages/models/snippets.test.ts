import { expect, test } from 'vitest'
import { loadSnippet, modelUri, registerSnippet } from './snippets'

test('a model is loaded by an alias, or else by its version', () => {
  expect(loadSnippet('http://h:1', 'my "model"', '2', ['champion', 'x'])).toBe(
    'import mlflow\nmlflow.set_tracking_uri("http://h:1")\nmodel = mlflow.pyfunc.load_model("models:/my \\"model\\"@champion")',
  )
  expect(loadSnippet('http://h:1', 'iris', '2', [])).toContain('"models:/iris/2"')
})

test('of several aliases the one in use is taken', () => {
  const uri = (...aliases: string[]) => modelUri('iris', '2', aliases)
  expect(uri('challenger', 'production', 'champion')).toBe('models:/iris@champion')
  expect(uri('challenger', 'Production')).toBe('models:/iris@Production')
  expect(uri('shadow', 'challenger')).toBe('models:/iris@challenger')
})

test('a model is registered at this server', () => {
  expect(registerSnippet('http://h:1')).toContain('set_tracking_uri("http://h:1")')
})
