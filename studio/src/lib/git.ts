// Where a commit can be read on the web.

/** The address of a remote's page, without what it may hold of passwords; null unless it is http or https. */
export function remotePage(remote: string): string | null {
  let url: URL
  try {
    url = new URL(remote.trim())
  } catch {
    return null
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\.git$/, '')
}

/** The page of a commit as GitHub, GitLab and Bitbucket address it; others mostly do as GitHub. */
export function commitPage(remote: string | undefined, commit: string): string | null {
  const page = remote === undefined ? null : remotePage(remote)
  if (page === null || !/^[0-9a-f]{7,64}$/i.test(commit)) return null
  const { hostname } = new URL(page)
  if (/(^|\.)gitlab\./.test(hostname)) return `${page}/-/commit/${commit}`
  if (/(^|\.)bitbucket\./.test(hostname)) return `${page}/commits/${commit}`
  return `${page}/commit/${commit}`
}
