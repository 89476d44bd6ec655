// The rows of a long list that is read page by page: each page costs what it holds, not what all before it hold.
import { ROOT, runTree, tailOf } from './runTree'
import type { BranchState, TableRow, Tree } from './runTree'

type Page = BranchState['pages'][number]

const NOTHING: ReadonlySet<string> = new Set()

/** Builds the rows as `runTree` does; while nothing is open, those of pages that it has seen are kept. */
export class GrowingTree {
  private readonly rowsOf = new WeakMap<Page, readonly TableRow[]>()
  private pages: readonly Page[] = []
  private rows: readonly TableRow[] = []
  private keys = new Set<string>()

  tree(open: ReadonlySet<string>, known: ReadonlyMap<string, BranchState>): Tree {
    if (open.size > 0) return runTree(open, known)
    const state = known.get(ROOT.key)
    this.follow(state?.pages ?? [])
    return { rows: [...this.rows, ...tailOf(ROOT, state)], branches: [ROOT] }
  }

  private follow(pages: readonly Page[]): void {
    const grew = this.pages.every((page, index) => page === pages[index])
    if (!grew) this.keys = new Set()
    const fresh = grew ? pages.slice(this.pages.length) : pages
    this.pages = pages
    if (fresh.length === 0 && grew) return
    // Between two pages a row may have moved; it is shown where it was first.
    const added = fresh.flatMap((page) => this.read(page)).filter(({ key }) => !this.keys.has(key) && this.keys.add(key))
    this.rows = grew ? [...this.rows, ...added] : added
  }

  private read(page: Page): readonly TableRow[] {
    const known = this.rowsOf.get(page)
    if (known !== undefined) return known
    const { rows } = runTree(NOTHING, new Map([[ROOT.key, { pages: [page], hasMore: false, error: null }]]))
    this.rowsOf.set(page, rows)
    return rows
  }
}
