import { FluentProvider } from '@fluentui/react-components'
import { Suspense } from 'react'
import { ErrorBoundary } from './components/ErrorBoundary'
import { Frame } from './components/Frame'
import { NotFound } from './components/states'
import { parsePath } from './lib/routes'
import { ComparePage, JobPage, ModelPage, ModelsPage, NewJobPage, QueuePage, VersionPage } from './pages/code'
import { Palette } from './palette/Palette'
import { ExperimentsPage } from './pages/experiments/ExperimentsPage'
import { JobsPage } from './pages/jobs/JobsPage'
import { useKeyboard } from './state/keyboard'
import { usePath } from './state/location'
import { useDark } from './state/media'
import { darkTheme, lightTheme } from './theme'

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
        {page.kind === 'queue' && <QueuePage />}
        {page.kind === 'new-job' && <NewJobPage />}
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
