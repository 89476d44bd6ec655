import { Button } from '@fluentui/react-components'

interface ViewProblemProps {
  error: Error
  onClose: () => void
}

/** Why something was not done that has no form of its own. */
export function ViewProblem({ error, onClose }: ViewProblemProps) {
  return (
    <div className="view-form">
      <p role="alert" className="edit-error">
        {error.message}
      </p>
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    </div>
  )
}
