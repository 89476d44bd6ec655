interface CheckOptionProps {
  label: string
  title?: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

/** A box to check in a toolbar. */
export function CheckOption({ label, title, checked, disabled = false, onChange }: CheckOptionProps) {
  return (
    <label className="check-option" title={title}>
      <input type="checkbox" className="check" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
