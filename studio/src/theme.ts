import { webDarkTheme, webLightTheme } from '@fluentui/react-components'
import type { Theme } from '@fluentui/react-components'

export const lightTheme: Theme = webLightTheme
/** Fluent's dark lines are meant for boxes; a table's must be quieter. */
export const darkTheme: Theme = { ...webDarkTheme, colorNeutralStroke2: '#3d3d3d' }
