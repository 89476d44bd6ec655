// What the pictures of the guide show: `path` opens a page, `ready` brings it to what is wanted.
import { row, searchField } from '../tests/e2e/scenarios/page.mjs'

const ACCURACY = 'metrics.validation/accuracy'
const COLUMNS = ['name', 'status', 'duration', ACCURACY, 'metrics.validation/loss', 'params.learning_rate', 'params.optimizer']

/** Pages of a workspace that the demo filled; `ask` reads the studio's API. */
export async function pictures(ask) {
  const runs = async (filter, most = 100) => (await ask(`runs?${query({ filter, max_results: most })}`)).runs.map(({ run_id: id }) => id)
  const [network] = await runs("attributes.run_name = 'network'", 1)
  const [sweep] = await runs("attributes.run_name = 'sweep'", 1)
  const rates = await runs("attributes.run_name LIKE 'rate %, seed 1'")
  const experiments = new Map((await ask('experiments')).experiments.map(({ name, experiment_id: id }) => [name, id]))
  const { views } = await ask('views?page=compare')
  const view = (wanted) => {
    const { view_id: id, query: saved } = views.find(({ name }) => name === wanted)
    return `/compare?${saved}&view=${id}`
  }
  const search = { experiment: experiments.get('digits-search') }
  const columns = { ...search, col: COLUMNS, sort: `-${ACCURACY}`, width: `176~${ACCURACY}` }
  const job = (tab, more = '') => `/jobs/${network}${tab === '' ? '' : `/${tab}`}${more}`
  const compare = (more) => `/compare?${query({ run: rates, ...more })}`

  return [
    { name: 'jobs', path: `/jobs?${query(search)}`, ready: (page) => row(page, 'trial-').first().waitFor() },
    { name: 'jobs-filter', path: `/jobs?${query({ ...columns, q: "params.optimizer = 'adam'" })}`, ready: (page) => completed(page, "params.optimizer = 'adam' AND metrics.v") },
    { name: 'jobs-groups', path: `/jobs?${query({ ...columns, group: 'params.optimizer', open: 'g=adam' })}`, ready: (page) => row(page, 'trial-').first().waitFor() },
    { name: 'jobs-nested', path: `/jobs?${query({ experiment: experiments.get('digits') })}`, ready: (page) => row(page, 'rate 0.01, seed 2').waitFor() },
    { name: 'palette', path: `/jobs?${query(search)}`, ready: (page) => found(page, 'rate', 'Learning rates') },
    { name: 'experiments', path: '/experiments', ready: (page) => row(page, 'digits-search').waitFor() },
    { name: 'trash', path: '/trash', ready: (page) => page.getByRole('button', { name: 'Empty trash' }).waitFor() },

    { name: 'job-overview', path: job(''), ready: (page) => page.getByText('batch_size').waitFor() },
    ...both({ name: 'job-metrics', path: job('metrics', '?smooth=0.6'), ready: (page) => charts(page) }),
    { name: 'job-images', path: job('images'), ready: (page) => page.getByText('mistakes.json').first().waitFor() },
    { name: 'job-children', path: `/jobs/${sweep}/children`, ready: (page) => row(page, 'rate 0.01, seed 2').waitFor() },
    { name: 'job-log', path: job('outputs'), ready: (page) => page.getByText('validation accuracy').first().waitFor() },
    { name: 'job-table', path: job('outputs', `?${query({ path: 'predictions/test.parquet' })}`), ready: (page) => page.getByText('confidence').first().waitFor() },
    { name: 'job-monitoring', path: job('monitoring'), ready: (page) => charts(page) },

    ...both({ name: 'compare-groups', path: view('Learning rates'), ready: (page) => charts(page) }),
    { name: 'compare-table', path: compare({ tab: 'table', diff: '1', base: rates[0] }), ready: (page) => row(page, 'learning_rate').waitFor() },
    { name: 'compare-images', path: compare({ tab: 'images' }), ready: (page) => page.locator('img').nth(3).waitFor() },
    { name: 'compare-files', path: compare({ tab: 'files', file: 'report.txt' }), ready: (page) => page.getByText('weighted avg').first().waitFor() },
    { name: 'plots', path: view('Hyperparameters'), ready: (page) => page.locator('figure svg').nth(2).waitFor() },

    { name: 'models', path: '/models', ready: (page) => row(page, 'digits').waitFor() },
    { name: 'model', path: '/models/digits', ready: (page) => page.locator('.lane-span').first().waitFor() },
    { name: 'model-version', path: '/models/digits/versions/3', ready: (page) => page.getByRole('table', { name: 'Inputs' }).waitFor() },
  ]
}

/** `{a: 1, b: [2, 3]}` as it stands in an address. */
function query(fields) {
  const entries = Object.entries(fields).flatMap(([key, value]) => [value].flat().map((each) => [key, each]))
  return new URLSearchParams(entries).toString()
}

function both(picture) {
  return [picture, { ...picture, name: `${picture.name}-dark`, dark: true }]
}

async function charts(page) {
  await page.locator('.uplot[data-drawn]').first().waitFor()
}

/** The search with a filter that is being written, and what is offered for it. */
async function completed(page, text) {
  await row(page, 'trial-').first().waitFor()
  await searchField(page).fill(text)
  await page.getByRole('option').first().waitFor()
}

/** The palette with a text, once it has found something of this name. */
async function found(page, text, name) {
  await row(page, 'trial-').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(text)
  await page.getByRole('option', { name }).first().waitFor()
}
