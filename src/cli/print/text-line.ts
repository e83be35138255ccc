import { sanitize } from '../../terminal/sanitize.ts';
import { fit, padEnd, widthOf } from '../../terminal/width.ts';
import type { WriteLine } from './log-line.ts';
import { cellsOf } from './logs.ts';

export type TextLines = {
	readonly timeFormat: 'utc' | 'local';
	/** Columns of the terminal; nothing is cut where there is none. */
	readonly width: number;
	/** The text as the output can show it. */
	readonly shown: (text: string) => string;
};

const levelWidth = 'unknown'.length;
/** A longer name shifts its own line only. */
const widestService = 24;

/**
 * Writes lines as the table of a print has them, for lines whose end nobody knows: the column of services is as wide as the
 * longest name so far.
 */
export function textLineWriter({ timeFormat, width, shown }: TextLines): WriteLine {
	let serviceWidth = 0;
	return (entry, details) => {
		const [time, level, service, message] = cellsOf(entry, details, timeFormat).map(cell => sanitize(cell));
		serviceWidth = Math.min(widestService, Math.max(serviceWidth, widthOf(service ?? '')));
		const columns = [time, padEnd(level ?? '', levelWidth), padEnd(service ?? '', serviceWidth), message];
		return `${shown(fit(columns.join('  ').trimEnd(), width))}\n`;
	};
}
