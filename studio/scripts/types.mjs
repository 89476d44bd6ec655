// Writes src/api/schema.d.ts from openapi.json; with --check only tells whether it is current.
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTypes, { astToString } from 'openapi-typescript'

const contract = new URL('../openapi.json', import.meta.url)
const target = new URL('../src/api/schema.d.ts', import.meta.url)
const header = '// Written by `npm run types` from openapi.json. Do not edit.\n'

const wanted = header + astToString(await openapiTypes(contract, { alphabetize: true }))
if (!process.argv.includes('--check')) {
  writeFileSync(target, wanted)
} else if (readFileSync(target, 'utf8') !== wanted) {
  console.error('src/api/schema.d.ts is not what openapi.json gives: run `npm run types`.')
  process.exit(1)
}
