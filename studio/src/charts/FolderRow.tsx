import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { formatCount } from '../lib/format'
import type { Folder } from './metricTree'

interface FolderRowProps {
  folder: Folder
  style: { transform: string }
  selected: ReadonlySet<string>
  onToggle: () => void
  onSelect: (checked: boolean) => void
}

/** A folder of metrics: opens and closes, and its box checks all below. */
export function FolderRow({ folder: { label, path, depth, open, names }, style, selected, onToggle, onSelect }: FolderRowProps) {
  const number = names.filter((name) => selected.has(name)).length
  return (
    <div className="metric-row metric-folder" data-row style={{ ...style, paddingLeft: 12 + depth * 20 }}>
      <input
        type="checkbox" className="check" aria-label={`All metrics of ${path}`} checked={number === names.length}
        ref={(box) => {
          if (box !== null) box.indeterminate = number > 0 && number < names.length
        }}
        onChange={(event) => onSelect(event.target.checked)}
      />
      <button type="button" className="metric-fold grow" aria-expanded={open} title={path} onClick={onToggle}>
        {open ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
        <span className="ellipsis">{label}</span>
      </button>
      <span className="muted">{formatCount(names.length)}</span>
    </div>
  )
}
