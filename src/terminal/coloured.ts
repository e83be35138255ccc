import { sgrOf } from './sgr.ts';
import type { Style } from './style.ts';

/** Text in a style, for a line that is written and not painted; as it is where the style is none. */
export function coloured(text: string, style: Style): string {
	const parameters = sgrOf(style);
	return parameters === '' || text === '' ? text : `\x1b[${parameters}m${text}\x1b[m`;
}
