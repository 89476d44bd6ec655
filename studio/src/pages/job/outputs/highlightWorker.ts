// Finds the parts of programs' texts where it can block nobody: see useTokens.
import { highlight } from '../../../lib/highlighter'
import type { Language, Tokens } from '../../../lib/syntax'
import { answerCalls } from '../../../lib/workerCalls'

export interface HighlightTask {
  language: Language
  texts: readonly string[]
}

answerCalls(({ language, texts }: HighlightTask): Tokens[] => texts.map((text) => highlight(language, text)))
