import { Button } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useDroppable } from '@dnd-kit/core'
import { useState } from 'react'
import type { CSSProperties } from 'react'
import { EditButton } from '../components/EditButton'
import { EditForm } from '../components/EditForm'
import { plural } from '../lib/format'
import type { Heading } from './chartLayout'
import { SECTION } from './dropPlace'
import type { ChangeView } from './useMetricsView'

interface SectionHeadProps {
  heading: Heading
  change: ChangeView
  style: CSSProperties
}

/** The head of a section: opens and closes it, gives it a name; a chart dropped on it becomes its first. */
export function SectionHead({ heading: { section, title, charts, open }, change, style }: SectionHeadProps) {
  const { setNodeRef, isOver } = useDroppable({ id: SECTION + section })
  const [naming, setNaming] = useState(false)
  const toggle = () =>
    change(({ shut }) => ({ shut: open ? [...shut, section] : shut.filter((each) => each !== section) }))
  const rename = (name: string) => {
    setNaming(false)
    change((present) => {
      const titles = new Map(present.titles)
      if (name.trim() === '' || name.trim() === section) titles.delete(section)
      else titles.set(section, name.trim())
      return { titles }
    })
  }
  return (
    <div ref={setNodeRef} className={`chart-section${isOver ? ' over' : ''}`} style={style}>
      {naming ? (
        <EditForm label="Name of the section" value={title} fresh saving={false} error={null} onSave={rename} onCancel={() => setNaming(false)} />
      ) : (
        <>
          <Button
            appearance="transparent" size="small" className="chart-section-name" aria-expanded={open} onClick={toggle}
            icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          >
            <span className="ellipsis" title={title}>{title}</span>
          </Button>
          <span className="muted">{plural(charts, 'chart')}</span>
          <EditButton label={`Rename the section ${title}`} onClick={() => setNaming(true)} />
        </>
      )}
    </div>
  )
}
