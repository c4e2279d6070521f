/** What an instance may be launched with. `memory` is a Kubernetes quantity; null leaves the app's own limit. */
export type Profile = {
  readonly name: string
  readonly title: string
  readonly memory: string | null
  readonly default: boolean
}

export const profiles: readonly Profile[] = [
  { name: 'default', title: 'As the app asks', memory: null, default: true },
  { name: 'large', title: 'Large: 4 GiB of memory', memory: '4Gi', default: false },
]

export const findProfile = (name: string): Profile | undefined =>
  profiles.find((profile) => profile.name === name)
