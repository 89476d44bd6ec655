// Regular expressions.

/** A pattern that matches this text and no other. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
