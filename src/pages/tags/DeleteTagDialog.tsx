import { useMutation } from '@tanstack/react-query'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { deleteTagOptions } from '../../api/tags.ts'
import { counted } from '../../features/tagging/counted.ts'
import { ImpactDialog } from '../../features/tagging/ImpactDialog.tsx'
import { commands } from '../../rules/commands.ts'

type Props = { tag: TagDetail; onClose: () => void; onDeleted: () => void }

export function DeleteTagDialog({ tag, onClose, onDeleted }: Props) {
  const remove = useMutation(deleteTagOptions(onDeleted))
  return (
    <ImpactDialog
      tagId={tag.id}
      plan={{ delete: true }}
      title={`Delete the tag ${tag.title}?`}
      confirmLabel={remove.isPending ? 'Deleting…' : 'Delete'}
      destructive
      busy={remove.isPending}
      error={remove.error}
      commands={[commands.deleteTag(tag.id)]}
      onCancel={onClose}
      onConfirm={(etag) => remove.mutate({ id: tag.id, etag: etag ?? tag.etag })}
    >
      This can’t be undone. The tag goes from{' '}
      {tag.versionCount === 0 ? 'no app' : counted(tag.versionCount, 'version')}, and bundles that
      name it are imported without it.
    </ImpactDialog>
  )
}
