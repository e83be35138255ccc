/**
 * `▲2 smokejumper prod`: what a list of windows shows of the program, with the number of firing alerts in front. Plain
 * ASCII where the terminal reads no UTF-8: it would take parts of a character for commands.
 */
export function windowTitle(label: string, firing: number, unicode: boolean): string {
	const count = firing === 0 ? '' : `${unicode ? '▲' : '!'}${firing} `;
	const title = `${count}smokejumper ${label}`;
	return unicode ? title : title.replace(/[^ -~]/g, '');
}
