// Places in texts.

/** From a place in characters, as the server counts, to one in JavaScript's units: an emoji is one and two. */
export function unitOffset(text: string, characters: number): number {
  let offset = 0
  for (const character of text) {
    if (characters-- <= 0) break
    offset += character.length
  }
  return offset
}
