import type { Capabilities } from '../terminal/capabilities.ts';
import { isSlow, type Link, type LinkMode } from '../terminal/link.ts';
import { createLinkMeter } from '../terminal/link-meter.ts';
import { fullPace, slowClocks, slowPace } from '../terminal/pace.ts';
import type { Output, Screen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/session.ts';

/** When the terminal is asked, counted from the first frame: soon three times, which decide; then now and then. */
const firstAsked = [1000, 2000, 3000];
const askedEvery = 10_000;
/** While somebody looks at the figures. */
const askedWatched = 2000;
/** Seldom enough that the figures are not mostly about themselves. */
const shownEvery = 1000;

/** What is watched, as far as it is there yet. */
type Watched = { readonly terminal: Pick<Terminal, 'ask'>; readonly screen: Pick<Screen, 'pace'> };

export type LinkWatchOptions = {
	readonly mode: LinkMode;
	readonly capabilities: Pick<Capabilities, 'unicode' | 'between'>;
	/** Milliseconds that only go up. */
	readonly clock: () => number;
};

export type LinkWatch = {
	/** The stream, measured. */
	metered(output: Output): Output;
	readonly answered: () => void;
	begin(watched: Watched): void;
	/**
	 * A quarter of a second has gone by: asks the terminal when it is time. `isWatched`: somebody looks at the figures.
	 * Returns what is to be shown of it, when that is called for, and whether the clocks on the screen may move.
	 */
	tick(looked: { readonly isWatched: boolean; readonly isFocused: boolean }): {
		readonly link?: Link;
		readonly clocksMove: boolean;
	};
	/** How the link stands; `mode`: and how it is treated from now on. */
	look(mode?: LinkMode): Link;
};

/** How the link is treated by options and environment: `--slow-link`, `--no-slow-link`, then `SMOKEJUMPER_SLOW`. */
export function linkModeOf(option: LinkMode | undefined, env: NodeJS.ProcessEnv): LinkMode {
	if (option !== undefined) return option;
	const said = env.SMOKEJUMPER_SLOW ?? '';
	if (said === '') return 'auto';
	return /^(?:0|no|off|false)$/i.test(said) ? 'fast' : 'slow';
}

/** Measures the link, and has less sent over it while it is slow. */
export function createLinkWatch(options: LinkWatchOptions): LinkWatch {
	return new Watch(options);
}

class Watch implements LinkWatch {
	private readonly options: LinkWatchOptions;
	private readonly meter;
	private readonly begun: number;
	private mode: LinkMode;
	private watched: Watched | undefined;
	private isPacedSlow = false;
	private asks = 0;
	private lastAsked = 0;
	private clocksMoved = Number.NEGATIVE_INFINITY;
	private shown = Number.NEGATIVE_INFINITY;

	constructor(options: LinkWatchOptions) {
		this.options = options;
		this.mode = options.mode;
		this.begun = options.clock();
		this.meter = createLinkMeter(options.clock);
	}

	metered(output: Output): Output {
		return this.meter.metered(output);
	}

	readonly answered = (): void => this.meter.answered();

	begin(watched: Watched): void {
		this.watched = watched;
		this.keepPace();
	}

	tick({ isWatched, isFocused }: { readonly isWatched: boolean; readonly isFocused: boolean }) {
		const now = this.options.clock();
		if (isFocused && this.isTimeToAsk(now, isWatched)) this.ask(now);
		const hasChanged = this.keepPace();
		const clocksMove = !this.isPacedSlow || now - this.clocksMoved >= slowClocks;
		if (clocksMove) this.clocksMoved = now;
		const isShown = hasChanged || (isWatched && clocksMove && now - this.shown >= shownEvery);
		if (isShown) this.shown = now;
		return { clocksMove, ...(isShown ? { link: this.link() } : {}) };
	}

	look(mode: LinkMode = this.mode): Link {
		this.mode = mode;
		this.keepPace();
		return this.link();
	}

	private isTimeToAsk(now: number, isWatched: boolean): boolean {
		const first = firstAsked[this.asks];
		if (first !== undefined) return now - this.begun >= first;
		return now - this.lastAsked >= (isWatched ? askedWatched : askedEvery);
	}

	private ask(now: number): void {
		this.lastAsked = now;
		if (this.watched?.terminal.ask() !== true) return;
		this.asks++;
		this.meter.asked();
	}

	/** True when the link has become slow, or is so no longer. */
	private keepPace(): boolean {
		const wasSlow = this.isPacedSlow;
		this.isPacedSlow = isSlow({ mode: this.mode, figures: this.meter.figures });
		if (wasSlow === this.isPacedSlow) return false;
		this.watched?.screen.pace(this.isPacedSlow ? slowPace : fullPace);
		return true;
	}

	private link(): Link {
		const { unicode, between } = this.options.capabilities;
		const { figures } = this.meter;
		return { mode: this.mode, figures, unicode, ...(between === undefined ? {} : { between }) };
	}
}
