import { Component, type ReactNode } from 'react';

interface Props {
  /** Where the reader is: at another place the page is tried again. */
  place: string;
  /** What stands there in place of a page that broke. */
  instead: (again: () => void) => ReactNode;
  children: ReactNode;
}

/** A fault in a page takes that page away, and nothing around it: without this, everything would be gone. */
export class Boundary extends Component<Props, { hasBroken: boolean }> {
  override state = { hasBroken: false };

  static getDerivedStateFromError = () => ({ hasBroken: true });

  override componentDidUpdate({ place }: Props): void {
    if (this.state.hasBroken && place !== this.props.place) this.#tryAnew();
  }

  override render(): ReactNode {
    return this.state.hasBroken ? this.props.instead(this.#again) : this.props.children;
  }

  readonly #tryAnew = (): void => this.setState({ hasBroken: false });

  /** What could not be loaded is not asked for again: after an upgrade of Mailpath its parts have other names. */
  readonly #again = (): void => location.reload();
}
