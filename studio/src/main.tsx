import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './api/client'
import { notifyTogether } from './api/notifyTogether'
import { App } from './app'
import { repairLocale } from './lib/locale'
import { fromMlflowLink } from './lib/routes'
import { preload } from './pages/load'
import { LiveProvider } from './state/live'
import { navigate } from './state/location'
import './styles.css'
import './lists.css'

/** Milliseconds. A near server has answered by then: the page is drawn once, with its rows, and not twice. */
const FIRST_WAIT = 150

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The live stream says what is out of date.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status >= 500,
    },
  },
})

repairLocale()
notifyTogether()

// Before the first page is chosen, and again when such a link is followed while the studio is open.
function followMlflowLink(): void {
  const path = fromMlflowLink(location.hash)
  if (path !== undefined) navigate(path, { replace: true })
}
followMlflowLink()
addEventListener('hashchange', followMlflowLink)

const loaded = preload(client, location.pathname)

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element.')
const page = createRoot(root)
const waited = new Promise((resolve) => setTimeout(resolve, FIRST_WAIT))
void Promise.race([loaded, waited]).then(() =>
  page.render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <LiveProvider>
          <App />
        </LiveProvider>
      </QueryClientProvider>
    </StrictMode>,
  ),
)
