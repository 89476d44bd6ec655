import { Button } from '@fluentui/react-components'
import { EditRegular } from '@fluentui/react-icons/svg/edit'

/** A pencil; it is seen while the pointer or the keyboard is near. */
export function EditButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button
      className="edit" appearance="transparent" size="small" icon={<EditRegular />}
      aria-label={label} title={label} onClick={onClick}
    />
  )
}
