import { FluentProvider } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { ErrorBoundary } from './components/ErrorBoundary'
import { Frame } from './components/Frame'
import { NotFound } from './components/states'
import { parsePath } from './lib/routes'
import { loadComparePage, loadJobPage, loadModelPage, loadModelsPage, loadVersionPage } from './pages/load'
import { Palette } from './palette/Palette'
import { ExperimentsPage } from './pages/experiments/ExperimentsPage'
import { JobsPage } from './pages/jobs/JobsPage'
import { useKeyboard } from './state/keyboard'
import { usePath } from './state/location'
import { useDark } from './state/media'
import { darkTheme, lightTheme } from './theme'

// The list is what most visits open with; a job's page and its charts are loaded when one is opened.
const JobPage = lazy(loadJobPage)
const ComparePage = lazy(loadComparePage)
const ModelsPage = lazy(loadModelsPage)
const ModelPage = lazy(loadModelPage)
const VersionPage = lazy(loadVersionPage)

export function App() {
  const dark = useDark()
  useKeyboard()
  return (
    <FluentProvider theme={dark ? darkTheme : lightTheme} className="app">
      <Frame>
        <CurrentPage />
      </Frame>
      <Palette />
    </FluentProvider>
  )
}

function CurrentPage() {
  const path = usePath()
  const page = parsePath(path)
  return (
    <ErrorBoundary key={page.kind}>
      <Suspense fallback={<div className="page" aria-busy />}>
        {page.kind === 'jobs' && <JobsPage list="active" />}
        {page.kind === 'trash' && <JobsPage list="deleted" />}
        {page.kind === 'experiments' && <ExperimentsPage />}
        {page.kind === 'compare' && <ComparePage />}
        {page.kind === 'models' && <ModelsPage />}
        {page.kind === 'model' && <ModelPage key={page.name} name={page.name} />}
        {page.kind === 'model-version' && <VersionPage key={path} name={page.name} version={page.version} />}
        {page.kind === 'job' && <JobPage key={page.runId} runId={page.runId} tab={page.tab} />}
        {page.kind === 'unknown' && <NotFound path={page.path} />}
      </Suspense>
    </ErrorBoundary>
  )
}
