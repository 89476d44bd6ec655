/** What the preview of a file is given. */
export interface RichProps {
  runId: string
  path: string
  /** In bytes. */
  size: number
}
