import { Button } from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/clipboard'

/** Copies `text`, and says so by its icon for a moment. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
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
      onClick={() => void copyText(text).then(setCopied)}
    />
  )
}
