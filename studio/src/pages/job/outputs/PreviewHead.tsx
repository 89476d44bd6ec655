import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import type { ReactNode } from 'react'
import { CopyButton } from '../../../components/CopyButton'

interface PreviewHeadProps {
  path: string
  /** What is known of it, as its size. */
  told: string
  /** Where it is downloaded from, and the word for that; null where there is nothing to download. */
  download: { label: string; href: string } | null
  children?: ReactNode
}

/** The path of a file or folder, its size, and a download. */
export function PreviewHead({ path, told, download, children }: PreviewHeadProps) {
  return (
    <header className="preview-head">
      <span className="mono ellipsis" title={path}>
        {path}
      </span>
      <CopyButton text={path} label="Copy the path" />
      <span className="grow muted">{told}</span>
      {children}
      {download !== null && (
        <Button as="a" size="small" icon={<ArrowDownloadRegular />} href={download.href} download>
          {download.label}
        </Button>
      )}
    </header>
  )
}
