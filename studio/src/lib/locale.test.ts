import { afterEach, describe, expect, it, vi } from 'vitest'
import { isKnownLocale, repairLocale } from './locale'

afterEach(() => vi.unstubAllGlobals())

describe('repairLocale', () => {
  it('leaves a known language alone', () => {
    vi.stubGlobal('navigator', { language: 'de-CH' })
    repairLocale()
    expect(navigator.language).toBe('de-CH')
  })

  it('replaces the name of the C locale', () => {
    expect(isKnownLocale('en-US@posix')).toBe(false)
    vi.stubGlobal('navigator', { language: 'en-US@posix' })
    repairLocale()
    expect(navigator.language).toBe('en-US')
  })
})
