import { Button } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useQuery } from '@tanstack/react-query'
import { tableQuery } from '../../../api/images'
import type { LoggedTableFile } from '../../../api/types'
import { ErrorState, State } from '../../../components/states'
import { formatBytes } from '../../../lib/format'
import type { ImagesView } from '../../../lib/imagesState'
import { outputPath } from '../../../lib/routes'
import { Link } from '../../../state/location'
import { DataTable } from './DataTable'
import { toggledTables } from './rows'
import type { ChangeImages } from './useImagesView'

/** A larger table is not read into a page. */
const MOST_BYTES = 20_000_000

interface TableRowProps {
  runId: string
  table: LoggedTableFile
  open: boolean
  tables: readonly LoggedTableFile[]
  view: ImagesView
  change: ChangeImages
}

/** A logged table; its content is read when it is opened. */
export function TableRow({ runId, table, open, tables, view, change }: TableRowProps) {
  const { path, size } = table
  return (
    <section className="image-table" aria-label={path}>
      <header>
        <Button
          appearance="transparent" size="small" icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />} aria-expanded={open}
          onClick={() => change({ tables: toggledTables(view, table, tables) })}
        >
          <span className="ellipsis" title={path}>
            {path}
          </span>
        </Button>
        <span className="muted grow">{size !== null && formatBytes(size)}</span>
        <Link className="link" href={outputPath(runId, path)}>
          Open the file
        </Link>
      </header>
      {open && <Content runId={runId} path={path} size={size} />}
    </section>
  )
}

function Content({ runId, path, size }: { runId: string; path: string; size: number | null }) {
  const shown = size !== null && size <= MOST_BYTES && path.endsWith('.json')
  const { data, error, isError, refetch } = useQuery({ ...tableQuery(runId, path, size), enabled: shown })
  if (size === null) return <State small title="The file is not there any more" />
  if (!shown) return <State small title={path.endsWith('.json') ? 'This table is too large for a page' : 'This kind of table is shown among the outputs'} />
  if (data === null) return <State small title="The file is no table" />
  if (data !== undefined) return <DataTable runId={runId} path={path} table={data} />
  if (isError) return <ErrorState small what="The table could not be read" error={error} retry={() => void refetch()} />
  return <div className="skeleton image-table-loading" aria-hidden />
}
