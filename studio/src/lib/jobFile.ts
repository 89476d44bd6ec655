// A job file as the fields of a form: what one of them changes, the rest of the text keeps, its comments, too.
import { isMap, isScalar, isSeq, Pair, parseDocument, Scalar, YAMLMap } from 'yaml'
import type { Document } from 'yaml'

export interface InputRow {
  name: string
  value: string
  /** Its place in the text; null for a new one. */
  place: number | null
  /** More than a value: only the text can change it. */
  fixed: boolean
}

export interface JobForm {
  command: string
  experiment: string
  displayName: string
  environment: 'current' | 'requirements' | 'other'
  requirements: readonly string[]
  inputs: readonly InputRow[]
  nodes: string
  processes: string
  /** Null where they are not counted by node, as in TensorFlow. */
  distribution: string | null
  timeout: string
  /** Only these jobs have a command of their own. */
  isCommand: boolean
}

const PER_NODE = ['pytorch', 'mpi', 'ray']

/** What the form shows of a text; null when it is no mapping that can be changed. */
export function readForm(text: string): JobForm | null {
  const doc = parsed(text)
  if (doc === null) return null
  const environment = doc.get('environment', true)
  const requirements = doc.getIn(['environment', 'requirements'], true)
  const kind = shown(doc, ['distribution', 'type'])
  return {
    command: shown(doc, ['command']),
    experiment: shown(doc, ['experiment_name']),
    displayName: shown(doc, ['display_name']),
    environment: isSeq(requirements) ? 'requirements' : environment === undefined || shown(doc, ['environment']) === 'current' ? 'current' : 'other',
    requirements: isSeq(requirements) ? requirements.items.map(valueText) : [],
    inputs: inputRows(doc),
    nodes: shown(doc, ['resources', 'instance_count']),
    processes: shown(doc, ['distribution', 'process_count_per_instance']),
    distribution: kind === '' || PER_NODE.includes(kind) ? kind || 'pytorch' : null,
    timeout: shown(doc, ['limits', 'timeout']),
    isCommand: ['', 'command'].includes(shown(doc, ['type'])),
  }
}

/** The text with one field of the form changed; as it was where that can't be done. */
export function withField(text: string, change: Partial<JobForm>): string {
  const doc = parsed(text)
  if (doc === null) return text
  if (change.command !== undefined) set(doc, ['command'], change.command, change.command)
  if (change.experiment !== undefined) set(doc, ['experiment_name'], change.experiment, change.experiment)
  if (change.displayName !== undefined) set(doc, ['display_name'], change.displayName, change.displayName)
  if (change.nodes !== undefined) set(doc, ['resources', 'instance_count'], change.nodes, scalar(change.nodes))
  if (change.timeout !== undefined) set(doc, ['limits', 'timeout'], change.timeout, scalar(change.timeout))
  if (change.processes !== undefined) setProcesses(doc, change.processes)
  if (change.environment !== undefined) setEnvironment(doc, change.environment)
  if (change.requirements !== undefined) doc.setIn(['environment', 'requirements'], doc.createNode(change.requirements))
  if (change.inputs !== undefined) setInputs(doc, change.inputs)
  return doc.toString({ lineWidth: 0 })
}

/** The text for another job like this one: each has a name of its own. */
export function cloneText(text: string): string {
  const doc = parsed(text)
  if (doc === null || !doc.has('name')) return text
  doc.delete('name')
  return doc.toString({ lineWidth: 0 })
}

function parsed(text: string): Document | null {
  // What is there twice, the server tells.
  const doc: Document = parseDocument(text, { uniqueKeys: false })
  if (doc.errors.length > 0) return null
  if (doc.contents === null) doc.contents = doc.createNode({})
  return isMap(doc.contents) ? doc : null
}

function shown(doc: Document, path: readonly string[]): string {
  return doc.hasIn(path) ? valueText(doc.getIn(path, true)) : ''
}

function valueText(node: unknown): string {
  if (!isScalar(node) || node.value === null) return ''
  return typeof node.value === 'string' ? node.value : (node.source ?? JSON.stringify(node.value))
}

/** Write a value, or with an empty text none; mappings that hold nothing any more go, too. */
function set(doc: Document, path: readonly string[], text: string, value: unknown): void {
  if (text !== '') {
    const above = path.slice(0, -1)
    if (above.length > 0 && !isMap(doc.getIn(above, true))) doc.setIn(above, doc.createNode({}))
    doc.setIn(path, value)
    return
  }
  if (!doc.hasIn(path)) return
  doc.deleteIn(path)
  const above = path.slice(0, -1)
  const rest = above.length === 0 ? null : doc.getIn(above, true)
  if (isMap(rest) && rest.items.length === 0) doc.deleteIn(above)
}

function setProcesses(doc: Document, text: string): void {
  if (text === '') {
    doc.delete('distribution')
    return
  }
  if (!isMap(doc.get('distribution', true))) doc.set('distribution', doc.createNode({ type: 'pytorch' }))
  doc.setIn(['distribution', 'process_count_per_instance'], scalar(text))
}

function setEnvironment(doc: Document, kind: JobForm['environment']): void {
  if (kind === 'current') doc.set('environment', 'current')
  else if (kind === 'requirements') doc.set('environment', doc.createNode({ requirements: [] }))
}

function inputRows(doc: Document): InputRow[] {
  const inputs = doc.get('inputs', true)
  if (!isMap(inputs)) return []
  return inputs.items.map(({ key, value }, place) => {
    const inner = isMap(value) ? value.get('path', true) : value
    return { name: valueText(key), value: valueText(inner), place, fixed: isMap(value) || isSeq(value) }
  })
}

function setInputs(doc: Document, rows: readonly InputRow[]): void {
  const inputs = doc.get('inputs', true)
  const before = isMap(inputs) ? inputs.items : []
  if (rows.length === 0) {
    doc.delete('inputs')
    return
  }
  const known = inputRows(doc)
  const map = isMap(inputs) ? inputs : new YAMLMap(doc.schema)
  map.items = rows.map(({ name, value, place, fixed }) => {
    const old = place === null ? undefined : before[place]
    const same = old !== undefined && place !== null && (fixed || known[place]?.value === value)
    return new Pair(same && known[place]?.name === name ? old.key : new Scalar(name), same ? old.value : scalar(value))
  })
  if (map !== inputs) doc.set('inputs', map)
}

/** A number or a boolean where the text is one and stays as it was typed, else the text itself. */
function scalar(text: string): Scalar {
  const doc = parseDocument(text)
  const node: unknown = doc.contents
  const plain = doc.errors.length === 0 && isScalar(node) && (typeof node.value === 'number' || typeof node.value === 'boolean')
  return plain && doc.toString().trimEnd() === text ? node : new Scalar(text)
}
