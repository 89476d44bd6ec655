import { Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { PACES, writePace } from '../lib/pace'
import { livePace } from '../state/live'
import { useStored } from '../state/stored'
import { LiveWord } from './LiveIndicator'

/** How often the page follows what is logged. */
export default function LiveMenu() {
  const pace = useStored(livePace)
  return (
    <Menu
      checkedValues={{ pace: [String(pace)] }}
      onCheckedValueChange={(_event, { checkedItems }) => {
        const chosen = PACES.find(({ pace: each }) => String(each) === checkedItems[0])
        if (chosen !== undefined) livePace.set(writePace(chosen.pace))
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className="live">
          <LiveWord />
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {PACES.map(({ pace: each, label }) => (
            <MenuItemRadio key={label} name="pace" value={String(each)}>
              {label}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
