// Browsers started in the C locale call their language `en-US@posix`, which Intl refuses; uPlot asks Intl for
// navigator.language when it is loaded, so one such name would take every chart down.

export function isKnownLocale(name: string): boolean {
  try {
    new Intl.NumberFormat(name)
    return true
  } catch {
    return false
  }
}

/** Replace a language that Intl does not know by English, for this page. */
export function repairLocale(): void {
  if (isKnownLocale(navigator.language)) return
  Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true })
}
