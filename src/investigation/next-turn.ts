/** Lets whatever waits go first: keys, answers, the screen. Long work is done in slices with this between them. */
export const nextTurn = (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});
