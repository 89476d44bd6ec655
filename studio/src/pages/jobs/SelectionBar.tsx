import { Button } from '@fluentui/react-components'
import { comparePath } from '../../lib/compareState'
import { formatCount } from '../../lib/format'
import { navigate } from '../../state/location'

/** The server compares so many at most. */
const MOST_COMPARED = 100

interface SelectionBarProps {
  ids: ReadonlySet<string>
  clear: () => void
}

/** What can be done with the checked runs. */
export function SelectionBar({ ids, clear }: SelectionBarProps) {
  const tooMany = ids.size > MOST_COMPARED
  const title = ids.size < 2 ? 'Check at least two runs' : tooMany ? `At most ${MOST_COMPARED} runs can be compared` : undefined
  return (
    <div className="selection" role="toolbar" aria-label="Checked runs">
      <span>{formatCount(ids.size)} checked</span>
      <Button
        appearance="primary"
        size="small"
        disabledFocusable={ids.size < 2 || tooMany}
        {...(title === undefined ? {} : { title })}
        onClick={() => navigate(comparePath([...ids]))}
      >
        Compare
      </Button>
      <Button appearance="subtle" size="small" onClick={clear}>
        Clear
      </Button>
    </div>
  )
}
