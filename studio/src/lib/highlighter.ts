// Finds the parts of a program's text by highlight.js; slow on long texts, so a worker calls it.
import type { Emitter } from 'highlight.js'
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import cpp from 'highlight.js/lib/languages/cpp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import ini from 'highlight.js/lib/languages/ini'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import markdown from 'highlight.js/lib/languages/markdown'
import python from 'highlight.js/lib/languages/python'
import r from 'highlight.js/lib/languages/r'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { logLines } from './logText'
import { KINDS } from './syntax'
import type { Kind, Language, Tokens } from './syntax'

const GRAMMARS = { bash, cpp, css, diff, dockerfile, ini, javascript, json, markdown, python, r, sql, typescript, xml, yaml }

/** Scopes of highlight.js's grammars; of `title.function` the first part counts. Others look as what they stand in. */
const SCOPES: Readonly<Record<string, Kind>> = {
  comment: 'comment', quote: 'comment', doctag: 'comment',
  keyword: 'keyword', operator: 'keyword', 'selector-tag': 'keyword', name: 'keyword',
  string: 'string', regexp: 'string', char: 'string', code: 'string', link: 'string',
  number: 'number', literal: 'number', symbol: 'number', bullet: 'number',
  title: 'title', 'selector-class': 'title', 'selector-id': 'title',
  type: 'type', built_in: 'type', class: 'type', variable: 'type', 'template-variable': 'type',
  attr: 'attribute', attribute: 'attribute', property: 'attribute',
  meta: 'meta',
  addition: 'added', deletion: 'removed',
  section: 'heading', strong: 'strong', emphasis: 'emphasis',
}
/** Code within a string, such as of an f-string, looks as code. */
const PLAIN_WITHIN = new Set(['subst', 'params'])

/** Collects tokens where highlight.js would write HTML. */
class TokenEmitter implements Emitter {
  readonly tokens: number[] = []
  length = 0
  private readonly open: number[] = []

  startScope(scope: string): void {
    const name = scope.split('.')[0] ?? ''
    const kind = SCOPES[name]
    const within = this.open.at(-1) ?? -1
    this.open.push(PLAIN_WITHIN.has(name) ? -1 : kind === undefined ? within : KINDS.indexOf(kind))
  }

  endScope(): void {
    this.open.pop()
  }

  openNode(scope: string): void {
    this.startScope(scope)
  }

  closeNode(): void {
    this.endScope()
  }

  addText(text: string): void {
    this.add(text.length, this.open.at(-1) ?? -1)
  }

  __addSublanguage(emitter: Emitter): void {
    if (!(emitter instanceof TokenEmitter)) return
    const { tokens, length } = emitter
    const start = this.length
    const within = this.open.at(-1) ?? -1
    for (let each = 0; each < tokens.length; each += 3) {
      const [from = 0, to = 0, kind = 0] = tokens.slice(each, each + 3)
      this.add(start + from - this.length, within)
      this.add(to - from, kind)
    }
    this.add(start + length - this.length, within)
  }

  finalize(): void {
    this.open.length = 0
  }

  toHTML(): string {
    return ''
  }

  private add(length: number, kind: number): void {
    const end = this.length + length
    const { tokens } = this
    if (length > 0 && kind >= 0) {
      if (tokens.at(-1) === kind && tokens.at(-2) === this.length) tokens[tokens.length - 2] = end
      else tokens.push(this.length, end, kind)
    }
    this.length = end
  }
}

const highlighter = hljs.newInstance()
highlighter.configure({ __emitter: TokenEmitter })
for (const [name, grammar] of Object.entries(GRAMMARS)) highlighter.registerLanguage(name, grammar)

/** The tokens of a text's lines as they are shown; none rather than any at wrong places. */
export function highlight(language: Language, text: string): Tokens {
  const shown = logLines(text).join('\n')
  const { _emitter: found } = highlighter.highlight(shown, { language, ignoreIllegals: true })
  return found instanceof TokenEmitter && found.length === shown.length ? Uint32Array.from(found.tokens) : new Uint32Array()
}
