import { Button } from '@fluentui/react-components'
import type { useMoveExperiment } from '../../api/trash'

/** What was just done with an experiment, with a way back; nothing before. */
export function MovedExperiment({ move }: { move: ReturnType<typeof useMoveExperiment> }) {
  const { variables, isError, isSuccess, error } = move
  if (variables === undefined || !(isError || isSuccess)) return null
  const deleted = variables.action === 'delete'
  return (
    <footer className="list-foot">
      {isError && <span role="alert">{error.message}</span>}
      {isSuccess && (
        <>
          <span role="status" className="ellipsis">
            {deleted ? `“${variables.name}” and its runs moved to the trash` : `“${variables.name}” restored`}
          </span>
          <Button
            appearance="subtle" size="small"
            onClick={() => move.mutate({ ...variables, action: deleted ? 'restore' : 'delete' })}
          >
            Undo
          </Button>
        </>
      )}
    </footer>
  )
}
