// What is loaded apart from the first page. The list is what most visits open with.
import { preloadable } from '../components/preloadable'

export const JobPage = preloadable(() => import('./job/JobPage'))
export const ComparePage = preloadable(() => import('./compare/ComparePage'))
export const ModelsPage = preloadable(() => import('./models/ModelsPage'))
export const ModelPage = preloadable(() => import('./models/ModelPage'))
export const VersionPage = preloadable(() => import('./models/VersionPage'))
export const QueuePage = preloadable(() => import('./queue/QueuePage'))
export const NewJobPage = preloadable(() => import('./newJob/NewJobPage'))
export const CompareImages = preloadable(() => import('./compare/CompareImages'))
export const MetricsTab = preloadable(() => import('./job/metrics/MetricsTab'))
export const ImagesTab = preloadable(() => import('./job/images/ImagesTab'))
export const ChildrenTab = preloadable(() => import('./job/children/ChildrenTab'))
export const CodeTab = preloadable(() => import('./job/code/CodeTab'))
export const MonitoringTab = preloadable(() => import('./job/monitoring/MonitoringTab'))
export const OutputsTab = preloadable(() => import('./job/outputs/OutputsTab'))
