import { Button } from '@fluentui/react-components'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { isGone } from '../../api/client'
import { ErrorState } from '../../components/states'
import { TopBar } from '../../components/TopBar'
import { useLiveScope } from '../../state/live'
import { Link } from '../../state/location'
import '../../components/facts/facts.css'
import './models.css'

interface RegistryPageProps<Found> {
  title: string
  /** What is shown, as "model". */
  noun: string
  query: Pick<UseQueryResult<Found>, 'data' | 'error' | 'isError' | 'refetch'>
  /** Where to go from what is not there. */
  up: { href: string; label: string }
  /** What follows "Models" in the bar. */
  head: (found: Found | undefined) => ReactNode
  /** The question before it is deleted. */
  ask: (found: Found, close: () => void) => ReactNode
  children: (found: Found | undefined) => ReactNode
}

/** The page of a registered model or of one of its versions: where it is, how to delete it, and what is known of it. */
export function RegistryPage<Found>({ title, noun, query, up, head, ask, children }: RegistryPageProps<Found>) {
  useLiveScope({ models: '1' })
  useEffect(() => {
    document.title = `${title} · Runyard`
  }, [title])
  const { data: found, error, isError, refetch } = query
  const [deleting, setDeleting] = useState(false)
  return (
    <div className="page">
      <TopBar>
        <Link href="/models" className="crumb">
          Models
        </Link>
        <span className="muted">/</span>
        {head(found)}
        <span className="grow" />
        {found !== undefined && !isError && (
          <Button appearance="subtle" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )}
      </TopBar>
      {isError && (found === undefined || isGone(error)) ? (
        <ErrorState what={`The ${noun} could not be loaded`} error={error} retry={() => void refetch()}>
          <Link href={up.href} className="link">
            {up.label}
          </Link>
        </ErrorState>
      ) : (
        children(found)
      )}
      {deleting && found !== undefined && ask(found, () => setDeleting(false))}
    </div>
  )
}
