import { webDarkTheme, webLightTheme } from '@fluentui/react-components'
import type { Theme } from '@fluentui/react-components'

export const lightTheme: Theme = webLightTheme
export const darkTheme: Theme = webDarkTheme
