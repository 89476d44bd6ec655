import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { Modal } from '../components/Modal'
import { SHORTCUTS } from '../lib/shortcuts'
import './palette.css'

/** Which keys do what. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal label="Keyboard shortcuts" className="help" onClose={onClose}>
      <div className="help-head">
        <h2>Keyboard shortcuts</h2>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label="Close" title="Close (Esc)" onClick={onClose} />
      </div>
      <div className="help-groups" tabIndex={0} role="group" aria-label="Keyboard shortcuts">
        {SHORTCUTS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([pressed, meaning]) => (
                <div key={pressed.join(' ') + meaning}>
                  <dt>
                    {pressed.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
