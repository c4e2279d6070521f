import { Component, type ReactNode } from 'react'
import { ErrorState } from './ErrorState.tsx'

type Props = {
  /** What this part is: “The versions could not be shown”. */
  title: string
  children: ReactNode
}

type State = { failed: false } | { failed: true; error: unknown }

/** Keeps one section's failure in that section. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(error: unknown): State {
    return { failed: true, error }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <ErrorState
        title={this.props.title}
        error={this.state.error}
        onRetry={() => this.setState({ failed: false })}
      />
    )
  }
}
