import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'

/**
 * Markdown with tables and task lists. HTML in it is shown as text, and pictures as links: what somebody logged must
 * not run here, nor tell another server who reads it.
 */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={{ img: Picture, a: Anchor }}>
        {text}
      </ReactMarkdown>
    </div>
  )
}

function Picture({ src, alt }: { src?: string | Blob | undefined; alt?: string | undefined }) {
  const address = typeof src === 'string' ? src : ''
  return <Anchor href={address}>{alt === undefined || alt === '' ? address : alt}</Anchor>
}

function Anchor({ href, children }: { href?: string | undefined; children?: React.ReactNode }) {
  return (
    <a className="link" href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}
