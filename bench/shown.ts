import xterm from '@xterm/headless';
import type { Running } from './terminal.ts';

const { Terminal } = xterm;

/** What a running program shows. */
export type Shown = {
	/**
	 * Waits until some row matches: the match, when the bytes that drew it had come (`performance.now`), and milliseconds from
	 * the call until then. What the emulator takes to read them is left out. Rejects when none ever does.
	 */
	sees(pattern: RegExp): Promise<{ readonly match: RegExpExecArray; readonly at: number; readonly took: number }>;
	/** The first match among the rows at this moment. */
	readonly finds: (pattern: RegExp) => RegExpExecArray | undefined;
	close(): void;
};

const patience = 30_000;

/** Reads the screen of a program from now on; what it has written before is read first. */
export async function shownBy(running: Running): Promise<Shown> {
	const { size } = running;
	const emulator = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true, scrollback: 0 });
	const looks = new Set<() => void>();
	let drawn = performance.now();
	const take = (bytes: string) => {
		const came = performance.now();
		emulator.write(bytes, () => {
			drawn = came;
			for (const look of looks) look();
		});
	};
	const stop = running.hears(take);
	await new Promise<void>(resolve => emulator.write('', resolve));
	const rows = (): readonly string[] =>
		Array.from({ length: size.rows }, (_, y) => emulator.buffer.active.getLine(y)?.translateToString(true) ?? '');
	const finds = (pattern: RegExp): RegExpExecArray | undefined => {
		for (const row of rows()) {
			const match = pattern.exec(row);
			if (match !== null) return match;
		}
		return undefined;
	};
	const sees: Shown['sees'] = pattern =>
		new Promise((resolve, reject) => {
			const asked = performance.now();
			const end = () => {
				looks.delete(look);
				clearTimeout(stopWaiting);
			};
			const stopWaiting = setTimeout(() => {
				end();
				const shown = rows().join('\n').trimEnd();
				reject(new Error(`Nothing like ${pattern} was shown within ${patience / 1000} s, but:\n${shown}`));
			}, patience);
			const look = () => {
				const match = finds(pattern);
				if (match === undefined) return;
				end();
				resolve({ match, at: drawn, took: Math.max(0, drawn - asked) });
			};
			looks.add(look);
			look();
		});
	return { sees, finds, close: stop };
}
