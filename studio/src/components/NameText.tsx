interface NameTextProps {
  name: string
  title?: string
}

/** A name with too little room: of one with slashes the start is cut, since its end tells it from others. */
export function NameText({ name, title = name }: NameTextProps) {
  return (
    <span className={name.includes('/') ? 'ellipsis cut-start' : 'ellipsis'} title={title}>
      <bdi dir="ltr">{name}</bdi>
    </span>
  )
}
