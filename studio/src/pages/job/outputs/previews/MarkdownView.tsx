import Markdown from '../../../../components/Markdown'
import { Loading } from '../Loading'
import type { RichProps } from './kinds'
import { useAllText } from './useAllText'

export default function MarkdownView({ runId, path, size }: RichProps) {
  const { text, note, problem } = useAllText(runId, path, size)
  if (problem !== null) return problem
  if (text === undefined) return <Loading />
  return (
    <>
      {note}
      <div className="preview-page" tabIndex={0} role="region" aria-label="Content">
        <Markdown text={text} />
      </div>
    </>
  )
}
