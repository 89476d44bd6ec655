import { describe, expect, it } from 'vitest'
import { highlight } from './highlighter'
import { PLAIN } from './logText'
import { COLORED_LINE, KINDS, languageNamed, languageOf, painter } from './syntax'
import type { Language } from './syntax'

/** What a text is cut into, with the kind of each part. */
function parts(language: Language, text: string): [string, string][] {
  const tokens = highlight(language, text)
  return Array.from({ length: tokens.length / 3 }, (_, each) => {
    const [start = 0, end = 0, kind = 0] = tokens.slice(3 * each)
    return [KINDS[kind] ?? '', text.slice(start, end)]
  })
}

describe('languageOf', () => {
  it.each([
    ['code/train.py', 'python'], ['a.b/conf.YML', 'yaml'], ['model/MLmodel', 'yaml'], ['Dockerfile', 'dockerfile'],
    ['pyproject.toml', 'ini'], ['a.ipynb', 'json'], ['std_log.txt', null], ['a.py/notes', null], ['train.log', null],
  ])('%s: %s', (path, language) => {
    expect(languageOf(path)).toBe(language)
  })
})

describe('languageNamed', () => {
  it.each([['python', 'python'], ['', 'python'], ['R', 'r'], ['julia', null]])('%s: %s', (name, language) => {
    expect(languageNamed(name)).toBe(language)
  })
})

describe('highlight', () => {
  it('tells the parts of a program apart', () => {
    expect(parts('python', '@cache\ndef train(rate=0.1):  # slow\n    return f"rate {rate!r}"')).toEqual([
      ['meta', '@cache'], ['keyword', 'def'], ['title', 'train'], ['number', '0.1'], ['comment', '# slow'],
      ['keyword', 'return'], ['string', 'f"rate '], ['string', '"'],
    ])
  })
  it.each<[Language, string, [string, string]]>([
    ['json', '{"lr": 0.1, "on": true}', ['attribute', '"lr"']],
    ['yaml', 'lr: 0.1 # rate', ['attribute', 'lr:']],
    ['ini', '[tool]\nname = "x"', ['string', '"x"']],
    ['bash', 'for a in b; do echo "$a"; done', ['keyword', 'for']],
    ['sql', "SELECT 'a' FROM runs", ['keyword', 'SELECT']],
    ['markdown', '# Title\ntext', ['heading', '# Title']],
    ['diff', '-old\n+new', ['removed', '-old']],
    ['javascript', 'const a = /b+/g', ['string', '/b+/g']],
    ['typescript', 'let a: number = 1', ['type', 'number']],
    ['xml', '<a href="b">c</a>', ['string', '"b"']],
    ['css', 'a { color: red }', ['attribute', 'color']],
    ['dockerfile', 'FROM python:3.11', ['keyword', 'FROM']],
    ['cpp', 'int main() { return 0; }', ['keyword', 'return']],
    ['r', 'f <- function(x) 1', ['keyword', 'function']],
  ])('knows %s', (language, text, part) => {
    expect(parts(language, text)).toContainEqual(part)
  })
  it('keeps places within another language', () => {
    const text = '<p>text</p>\n<script>const a = "</b>"</script>\n<i>end</i>'
    expect(parts('xml', text)).toContainEqual(['keyword', 'const'])
    expect(parts('xml', text).at(-1)).toEqual(['keyword', 'i'])
  })
})

describe('painter', () => {
  const shown = (language: Language, text: string) => {
    const lines = text.split('\n')
    const line = painter(lines, highlight(language, text))
    return lines.map((_, index) => line(index))
  }
  it('cuts lines into pieces, also of what spans lines', () => {
    const pieces = shown('python', 'a = """one\n\ntwo""" + 1\n')
    expect(pieces.map((line) => line.map(({ text }) => text))).toEqual([['a = ', '"""one'], [''], ['two"""', ' + ', '1'], ['']])
    expect(pieces[2]?.[0]?.look).toEqual(pieces[0]?.[1]?.look)
    expect(pieces[2]?.[1]?.look).toBe(PLAIN)
  })
  it('never changes what is written', () => {
    const text = '<b>&amp;\n"a\' \\\n  x = 1 # <script>alert(1)</script>\n\tdef ü(🎉): pass'
    for (const language of ['python', 'xml', 'markdown', 'bash', 'json'] as const) {
      expect(shown(language, text).map((line) => line.map((piece) => piece.text).join('')).join('\n')).toBe(text)
    }
  })
  it('leaves endless lines as they are', () => {
    const text = `[${'1, '.repeat(COLORED_LINE)}1]`
    expect(shown('json', text)).toEqual([[{ text, look: PLAIN }]])
  })
})
