import type { HelpRow } from '../screen.ts';

/** Keys of one purpose in one row of the help. */
export const tracesHelpRows: readonly HelpRow[] = [
	{
		keys: ['w', 'v', 'o', 'd', 'x'],
		help: 'When nothing was found: a wider window, any status, operation, duration, attribute.',
	},
	{ keys: ['h', 'left', 'right'], help: 'While a range is chosen, move its edge in time; l as well.' },
	{ keys: ['j', 'k', 'g', 'G'], help: 'Next, previous, first and last row; also down up Home End.' },
	{ keys: ['ctrl+d', 'ctrl+u', 'ctrl+f', 'ctrl+b'], help: 'Half a page and a page down and up; also PgDn PgUp.' },
	{ keys: ['backspace', 'X'], help: 'Take the last condition away, or any by its number.' },
];
