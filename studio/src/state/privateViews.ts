// Views that only this browser knows.
import { readPrivateViews } from '../lib/privateViews'
import { stored } from './stored'

export const privateViews = stored('runyard.views', readPrivateViews)
