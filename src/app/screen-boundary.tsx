import { Component, type ReactNode } from 'react';
import { PaintGuard } from '../widgets/canvas.tsx';
import type { Message } from './state.ts';

type BoundaryProps = {
	readonly tell: (message: Extract<Message, { type: 'crashed' }>) => void;
	readonly children: ReactNode;
};

/**
 * Round one screen and all that asks it for something: what it throws, while React renders it or while its cells are
 * painted, becomes a message, and the state decides what is shown instead. Until then there is nothing.
 */
export class ScreenBoundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
	override readonly state = { hasFailed: false };

	static getDerivedStateFromError() {
		return { hasFailed: true };
	}

	override componentDidCatch(thrown: unknown): void {
		this.props.tell({ type: 'crashed', thrown, during: 'while it was laid out' });
	}

	private readonly failPainting = (thrown: unknown): void =>
		this.props.tell({ type: 'crashed', thrown, during: 'while it was painted' });

	override render(): ReactNode {
		return this.state.hasFailed ? null : <PaintGuard value={this.failPainting}>{this.props.children}</PaintGuard>;
	}
}
