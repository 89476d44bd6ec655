import { useEffect, useState } from 'react'
import { COLORED_LIMIT } from '../../../lib/syntax'
import type { Language, Tokens } from '../../../lib/syntax'
import { WorkerCalls } from '../../../lib/workerCalls'
import type { HighlightTask } from './highlightWorker'

/** A grammar that takes longer, in milliseconds, has met a text that it can't cope with. */
const MOST_TIME = 5_000
const NONE: readonly Tokens[] = []

interface Answer {
  of: readonly string[]
  language: Language
  tokens: readonly Tokens[]
}

/** What colours texts in a language, as soon as it is known: they are read without colours until then, and if it fails. */
export function useTokens(language: Language | null, texts: readonly string[]): readonly Tokens[] {
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    const length = texts.reduce((sum, text) => sum + text.length, 0)
    if (language === null || length === 0 || length > COLORED_LIMIT) return
    const calls = new WorkerCalls<HighlightTask, Tokens[]>(new Worker(new URL('./highlightWorker.ts', import.meta.url), { type: 'module' }))
    const timer = setTimeout(() => calls.close(), MOST_TIME)
    const end = () => {
      clearTimeout(timer)
      calls.close()
    }
    calls.ask({ language, texts }).then((tokens) => setAnswer({ of: texts, language, tokens }), () => undefined).finally(end)
    return end
  }, [language, texts])
  return answer !== null && answer.language === language && fits(answer.of, texts) ? answer.tokens : NONE
}

/** What was found in a text holds until it is read anew, while more is written at its end. */
function fits(known: readonly string[], texts: readonly string[]): boolean {
  return known === texts || (known.length === texts.length && texts.every((text, index) => text.startsWith(known[index] ?? text)))
}
