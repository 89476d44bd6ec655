import { describe, expect, it, test } from 'vitest'
import { cloneText, readForm, withField } from './jobFile'
import type { InputRow } from './jobFile'

const TEXT = `# What we found best.
command: python train.py --lr \${{inputs.lr}}
inputs:
  lr: 1e-4 # tuned
  data:
    type: uri_folder
    path: /data/digits
environment: {requirements: [numpy, "mlflow>=3"]}
distribution: {type: pytorch, process_count_per_instance: 2}
resources:
  instance_count: 2
`

function rows(text: string): InputRow[] {
  return [...(readForm(text)?.inputs ?? [])]
}

test('a text is shown as fields', () => {
  const form = readForm(TEXT)
  expect(form).toMatchObject({
    command: 'python train.py --lr ${{inputs.lr}}', experiment: '', displayName: '', environment: 'requirements', requirements: ['numpy', 'mlflow>=3'],
    nodes: '2', processes: '2', distribution: 'pytorch', timeout: '', isCommand: true,
  })
  expect(form?.inputs).toEqual([
    { name: 'lr', value: '1e-4', place: 0, fixed: false },
    { name: 'data', value: '/data/digits', place: 1, fixed: true },
  ])
})

test('what a field changes, the rest of the text keeps', () => {
  const text = withField(TEXT, { displayName: 'best', timeout: '3600' })
  expect(text).toContain('# What we found best.')
  expect(text).toContain('lr: 1e-4 # tuned')
  expect(text).toContain('display_name: best')
  expect(text).toContain('limits:\n  timeout: 3600')
  expect(withField(text, { displayName: '', timeout: '' })).toBe(withField(TEXT, {}))
})

describe('a field', () => {
  it.each([
    [{ command: 'ls' }, 'command: ls\n'],
    [{ command: 'cd x\nls\n' }, 'command: |\n  cd x\n  ls\n'],
    [{ nodes: '2' }, 'resources:\n  instance_count: 2\n'],
    [{ processes: '4' }, 'distribution:\n  type: pytorch\n  process_count_per_instance: 4\n'],
    [{ environment: 'current' as const }, 'environment: current\n'],
    [{ experiment: '0123' }, 'experiment_name: "0123"\n'],
    [{ timeout: '1e3' }, 'limits:\n  timeout: "1e3"\n'],
    [{ timeout: '007' }, 'limits:\n  timeout: "007"\n'],
    [{ nodes: 'many' }, 'resources:\n  instance_count: many\n'],
  ])('%o', (change, text) => {
    expect(withField('', change)).toBe(text)
    expect(readForm(text)).toMatchObject(change)
  })
})

test('processes that are no more take their distribution along', () => {
  expect(withField(TEXT, { processes: '' })).not.toContain('distribution')
  expect(withField('distribution: {type: mpi}\n', { processes: '3' })).toContain('type: mpi, process_count_per_instance: 3')
  expect(readForm('distribution: {type: tensorflow}')?.distribution).toBeNull()
})

test('requirements are a list of lines', () => {
  const text = withField(withField('command: ls\n', { environment: 'requirements' }), { requirements: ['numpy', 'torch==2.9'] })
  expect(readForm(text)).toMatchObject({ environment: 'requirements', requirements: ['numpy', 'torch==2.9'] })
  expect(readForm('environment: azureml:sklearn@latest')?.environment).toBe('other')
  expect(readForm(withField(text, { environment: 'current' }))?.environment).toBe('current')
})

test('inputs are added, renamed, changed and taken away; those with a path stay', () => {
  const [lr, data] = rows(TEXT)
  if (lr === undefined || data === undefined) throw new Error('there are two')
  const added = withField(TEXT, { inputs: [lr, data, { name: 'name', value: 'true', place: null, fixed: false }] })
  expect(added).toContain('lr: 1e-4 # tuned')
  expect(added).toContain('name: true')
  const changed = withField(added, { inputs: [{ ...lr, name: 'rate', value: '0.5' }, data] })
  expect(changed).toContain('rate: 0.5')
  expect(changed).toContain('path: /data/digits')
  expect(changed).not.toContain('name: true')
  expect(withField(TEXT, { inputs: [] })).not.toContain('inputs:\n')
  expect(rows(withField('', { inputs: [{ name: 'text', value: 'a: b # c', place: null, fixed: false }] }))[0]?.value).toBe('a: b # c')
})

test('what is no mapping is left alone', () => {
  for (const text of ['command: [', '- a\n- b\n', 'just words']) {
    expect(readForm(text)).toBeNull()
    expect(withField(text, { command: 'ls' })).toBe(text)
    expect(cloneText(text)).toBe(text)
  }
  expect(readForm('')).toMatchObject({ command: '', environment: 'current' })
})

test('a clone has a name of its own', () => {
  expect(cloneText('# one\nname: first # mine\ncommand: ls\n')).not.toContain('first')
  expect(cloneText('# one\nname: first\ncommand: ls\n')).toContain('command: ls')
  expect(cloneText('command:   ls\n')).toBe('command:   ls\n')
})
