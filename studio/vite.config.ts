import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The server that `npm run dev` forwards API calls to.
const server = process.env['RUNYARD_SERVER'] ?? 'http://127.0.0.1:5000'
const forwarded = ['/studio-api', '/live', '/get-artifact', '/model-versions', '/api', '/ajax-api', '/health', '/version']

export default defineConfig({
  base: '/',
  plugins: [react()],
  resolve: { alias: { hysnappy: fileURLToPath(new URL('./src/lib/noSnappy.ts', import.meta.url)) } },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Inlined assets would need data: in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // Thirty small files take a browser longer to read, even from its own cache, than one of their size.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { proxy: Object.fromEntries(forwarded.map((path) => [path, server])) },
})
