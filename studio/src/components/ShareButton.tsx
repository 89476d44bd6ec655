import { Button } from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark'
import { ShareRegular } from '@fluentui/react-icons/svg/share'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/clipboard'
import { useCommands } from '../state/commands'

/** Copies the link of exactly what the page shows. */
export function ShareButton() {
  const [copied, setCopied] = useState<boolean | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const share = () => void copyText(location.href).then(setCopied)
  useCommands([{ id: 'share', label: 'Copy a link to this page', run: share }])
  return (
    <span className="share">
      <Button
        appearance="subtle"
        icon={copied === true ? <CheckmarkRegular /> : <ShareRegular />}
        aria-label="Share"
        title="Copy a link to exactly what this page shows"
        onClick={share}
      />
      <span role="status" className={copied === null ? 'visually-hidden' : 'share-told'}>
        {copied === null ? '' : copied ? 'Link copied' : 'The browser forbids copying: take the link from its address bar'}
      </span>
    </span>
  )
}
