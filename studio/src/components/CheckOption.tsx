interface CheckOptionProps {
  label: string
  title?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A box to check in a toolbar. */
export function CheckOption({ label, title, checked, onChange }: CheckOptionProps) {
  return (
    <label className="check-option" title={title}>
      <input type="checkbox" className="check" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
