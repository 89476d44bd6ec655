// A server that was upgraded has no more the parts of the studio that an open page would load later.

/** After a page failed: load it again if the server has another studio than this one: the address says all that is shown. */
export async function reloadIfNewer(): Promise<void> {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src')
  const response = await fetch('/', { cache: 'no-store' }).catch(() => null)
  if (own == null || response?.ok !== true) return
  if (!(await response.text()).includes(own)) location.reload()
}
