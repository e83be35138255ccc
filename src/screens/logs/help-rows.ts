import type { HelpRow } from '../screen.ts';

/** The many keys of the lines in few rows, so that three pages of a terminal of 80 by 24 tell all of them. */
export const logsHelpRows: readonly HelpRow[] = [
	{ keys: ['enter'], help: 'To the lines of the request in every service; then to its trace.' },
	{ keys: ['T'], help: 'To the trace of the line, or the one that it may belong to.' },
	{ keys: ['o', 'O'], help: 'Next and previous line of the same request.' },
	{ keys: ['e', 'E'], help: 'Next and previous error.' },
	{ keys: ['n', 'N'], help: 'Next and previous line that matches the search.' },
	{ keys: ['j', 'k', 'g', 'G'], help: 'Next, previous, first and last row; also down up Home End.' },
	{ keys: ['ctrl+d', 'ctrl+u', 'ctrl+f', 'ctrl+b'], help: 'Half a page and a page down and up; also PgDn PgUp.' },
	{ keys: ['m'], help: 'Read on after a stop, or every line among older errors; esc stops.' },
	{ keys: ['f', 'F'], help: 'Choose a field; once more keeps, or hides, what has its value.' },
	{ keys: ['&'], help: 'Keep only the lines with a text; !text hides, /…/ is a regex.' },
	{ keys: ['backspace', 'X'], help: 'Take away the last step of narrowing, or any by its number.' },
	{ keys: ['c'], help: 'The lines before and after, of all that the pod wrote, unfiltered.' },
	{ keys: ['S'], help: 'Say in which streams the service is; the profile remembers it.' },
	{ keys: ['z', 'Z'], help: 'Open the line to a tree, and once more deeper; close it again.' },
	{ keys: ['l'], help: 'Lines as they are written; space pauses, G goes to the newest.' },
	{ keys: ['tab'], help: 'Open the fields beside the lines, then patterns, then close.' },
	{ keys: ['left', 'right'], help: 'To the lines, and back to the pane that is open beside them.' },
	{ keys: ['Q'], help: 'Edit the LogQL; tab completes labels, values and stages.' },
	{ keys: ['V', 'h'], help: 'Choose a range on the volume: h l move an edge, enter fixes it.' },
	{ keys: ['y'], help: 'Copy the line, or what the pane shows; once more shows it plain.' },
	{ keys: ['s'], help: 'Save the lines in a file: JSON lines, CSV or text by its ending.' },
	{ keys: ['d', 'J', 'K'], help: 'Show all fields of the line; scroll them down and up.' },
	{ keys: ['w'], help: 'Wrap long lines; a wider window when nothing was found.' },
	{ keys: ['i', 'v', 'a', 'x'], help: 'When nothing was found: other spelling, level, trace, text.' },
];
