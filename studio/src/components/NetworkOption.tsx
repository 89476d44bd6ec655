import { CheckOption } from './CheckOption'

interface NetworkOptionProps {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Lets pages that runs logged load what they lack. */
export function NetworkOption({ checked, onChange }: NetworkOptionProps) {
  return (
    <CheckOption
      label="Load from other sites" title="Charts often load their scripts from another site, which then learns that you look at them"
      checked={checked} onChange={onChange}
    />
  )
}
