// Starts the Chromium that @sparticuz/chromium carries: nothing else has to be installed on the machine.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
// The packages are the studio's, and this folder is not below it.
const require = createRequire(join(root, 'studio', 'package.json'))
const { chromium } = require('playwright-core')
const chromiumPackage = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..')

/** A running browser; the caller closes it. */
export async function launch() {
  const { executablePath, env } = await unpack()
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: { ...process.env, ...env },
  })
}

/** Where the browser is, unpacked if it was not yet: by one process at a time, or another starts half of it. */
export async function unpack() {
  const folder = join(root, '.cache', 'chromium')
  mkdirSync(folder, { recursive: true })
  // The package unpacks into the temporary folder, and 200 MB there would be unpacked anew after each restart.
  process.env.TMPDIR = folder
  const { default: carried, inflate } = await import(pathToFileURL(join(chromiumPackage, 'build/esm/index.mjs')))
  const executablePath = await carried.executablePath()
  return { executablePath, env: await libraries(executablePath, inflate) }
}

/** Libraries that a bare machine lacks come with the package, too. */
async function libraries(executable, inflate) {
  if (!missesLibraries(executable)) return {}
  const folder = await inflate(join(chromiumPackage, 'bin', 'al2023.tar.br'))
  const path = existsSync(join(folder, 'lib')) ? join(folder, 'lib') : folder
  return { LD_LIBRARY_PATH: [path, process.env.LD_LIBRARY_PATH ?? ''].filter(Boolean).join(':') }
}

function missesLibraries(executable) {
  try {
    return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found')
  } catch {
    return true
  }
}
