// Stands in for `hysnappy`, which hyparquet-compressors imports: that is WebAssembly, which the studio's content security
// policy does not let run, and hyparquet unpacks Snappy by itself. See `resolve.alias` in vite.config.ts.

function missing(): never {
  throw new Error('Snappy is unpacked by hyparquet.')
}

export const snappyUncompress = missing
export const snappyUncompressor = () => missing
