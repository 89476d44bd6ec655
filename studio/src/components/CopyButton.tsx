import { Button } from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/clipboard'

interface CopyButtonProps {
  /** What is copied, or a way to get it. */
  text: string | (() => Promise<string>)
  label?: string
}

/** Copies `text`, and says so by its icon for a moment. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      className="copy"
      appearance="transparent"
      size="small"
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      title={copied ? 'Copied' : label}
      aria-label={label}
      onClick={() => void Promise.resolve(typeof text === 'string' ? text : text()).then(copyText).then(setCopied, () => setCopied(false))}
    />
  )
}
