import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { jobQuery } from '../../api/jobs'
import { ErrorState } from '../../components/states'
import { TopBar } from '../../components/TopBar'
import { cloneText } from '../../lib/jobFile'
import { useLiveScope } from '../../state/live'
import { useSearch } from '../../state/location'
import { JobWriter } from './JobWriter'
import './newJob.css'

/** Where a job is written: a new one, or one like another. */
export default function NewJobPage() {
  const like = new URLSearchParams(useSearch()).get('like')
  // Nothing here changes by itself.
  useLiveScope({ run_id: like ?? '-' })
  useEffect(() => {
    document.title = 'New job · Runyard'
  }, [])
  return <div className="page">{like === null ? <JobWriter key="" original={null} begin="" /> : <Clone key={like} name={like} />}</div>
}

function Clone({ name }: { name: string }) {
  const { data, error, isError, refetch } = useQuery(jobQuery(name))
  if (data !== undefined) return <JobWriter original={data} begin={cloneText(data.source)} />
  return (
    <>
      <TopBar>
        <h1>New job</h1>
      </TopBar>
      {isError && <ErrorState what={`The job ${name} could not be loaded`} error={error} retry={() => void refetch()} />}
    </>
  )
}
