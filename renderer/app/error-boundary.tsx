import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorBlock } from '../ui/notes.tsx';

type Props = {
  readonly children: ReactNode;
  /** What is inside, for the sentence: "the inventory". */
  readonly what: string;
  /** The children are tried again when this changes. */
  readonly resetKey: string;
};
type State = { readonly error: string | null; readonly resetKey: string };

/** A screen that fails takes nothing else with it. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="screen__body" style={{ paddingTop: 20 }}>
        <ErrorBlock
          title={`Drawing ${this.props.what} failed. The workspace is not touched.`}
          action={<Button onClick={() => this.setState({ error: null })}>Try again</Button>}
        >
          {this.state.error}
        </ErrorBlock>
      </div>
    );
  }
}
