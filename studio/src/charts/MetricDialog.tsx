import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { FindField } from '../components/FindField'
import { PickList } from '../components/PickList'
import { useReturnFocus } from '../state/keyboard'
import { matcher } from './metricRows'

interface MetricDialogProps {
  title: string
  metrics: readonly string[]
  picked: readonly string[]
  /** Whether the next pick takes the place of the last. */
  single?: boolean
  onSave: (picked: string[]) => void
  onClose: () => void
}

/** Picks metrics among those of the page. */
export function MetricDialog({ title, metrics, picked, single = false, onSave, onClose }: MetricDialogProps) {
  useReturnFocus()
  const [find, setFind] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(picked)
  const items = useMemo(() => {
    const test = find === '' ? () => true : matcher(find)
    return metrics.filter(test).map((name) => ({ key: name, label: name, checked: chosen.includes(name) }))
  }, [metrics, find, chosen])
  const pick = (name: string, checked: boolean) => {
    if (single) setChosen(checked ? [name] : [])
    else setChosen(checked ? [...chosen, name] : chosen.filter((each) => each !== name))
  }
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className="metric-dialog" aria-label={title}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className="metric-choices">
            <FindField value={find} onChange={setFind} delay={100} placeholder="Find metrics by regular expression" />
            <PickList items={items} onPick={pick} empty="No metric matches." />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary" disabled={chosen.length === 0}
              onClick={() => {
                onSave([...chosen])
                onClose()
              }}
            >
              {single ? 'Choose' : 'Save'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
