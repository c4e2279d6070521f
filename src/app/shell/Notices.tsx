import { useQuery } from '@tanstack/react-query'
import { environmentOptions } from '../../api/environment.ts'
import type { Notice } from '../../api/generated/types.gen.ts'
import { Banner } from '../../ui/Banner.tsx'
import type { Tone } from '../../ui/tokens.ts'

const tones: Record<Notice['severity'], Tone> = {
  info: 'info',
  success: 'ok',
  warning: 'wait',
  severe: 'bad',
  error: 'bad',
  blocked: 'bad',
}

/** What the deployment has to say to everybody, in the order it was configured. */
export function Notices() {
  const { data } = useQuery(environmentOptions())
  if (data === undefined || data.notices.length === 0) return null
  return (
    <section aria-label="Notices">
      {data.notices.map((notice) => (
        <Banner
          key={`${notice.severity} ${notice.title} ${notice.content}`}
          tone={tones[notice.severity]}
          title={notice.title}
        >
          {notice.content}
        </Banner>
      ))}
    </section>
  )
}
