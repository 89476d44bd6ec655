import { BeakerRegular } from '@fluentui/react-icons/svg/beaker'
import { BoxRegular } from '@fluentui/react-icons/svg/box'
import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import { HourglassRegular } from '@fluentui/react-icons/svg/hourglass'
import { TaskListLtrRegular } from '@fluentui/react-icons/svg/task-list-ltr'
import type { ReactNode } from 'react'
import { parsePath } from '../lib/routes'
import { Link, usePath } from '../state/location'
import { ConnectionBar } from './ConnectionBar'

/** Navigation at the left, and the page beside it. */
export function Frame({ children }: { children: ReactNode }) {
  const page = parsePath(usePath())
  const jobs = page.kind === 'jobs' || page.kind === 'job' || page.kind === 'compare'
  const queue = page.kind === 'queue' || page.kind === 'new-job'
  const models = page.kind === 'models' || page.kind === 'model' || page.kind === 'model-version'
  return (
    <div className="frame">
      <nav className="nav" aria-label="Workspace">
        <Link href="/jobs" className="nav-brand" aria-label="Runyard" title="Runyard">
          <img src="/favicon.svg" width="24" height="24" alt="" />
        </Link>
        <Link href="/jobs" className="nav-item" aria-current={jobs ? 'page' : undefined} title="Jobs">
          <TaskListLtrRegular fontSize={20} />
          <span>Jobs</span>
        </Link>
        <Link href="/queue" className="nav-item" aria-current={queue ? 'page' : undefined} title="Queue">
          <HourglassRegular fontSize={20} />
          <span>Queue</span>
        </Link>
        <Link
          href="/experiments"
          className="nav-item"
          aria-current={page.kind === 'experiments' ? 'page' : undefined}
          title="Experiments"
        >
          <BeakerRegular fontSize={20} />
          <span>Experiments</span>
        </Link>
        <Link href="/models" className="nav-item" aria-current={models ? 'page' : undefined} title="Models">
          <BoxRegular fontSize={20} />
          <span>Models</span>
        </Link>
        <Link href="/trash" className="nav-item" aria-current={page.kind === 'trash' ? 'page' : undefined} title="Trash">
          <DeleteRegular fontSize={20} />
          <span>Trash</span>
        </Link>
      </nav>
      <main className="main" tabIndex={-1}>
        {children}
        <ConnectionBar />
      </main>
    </div>
  )
}
