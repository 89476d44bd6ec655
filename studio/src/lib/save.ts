// Gives the reader something that the page made as a file.

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download has begun by then; the memory is free again.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
