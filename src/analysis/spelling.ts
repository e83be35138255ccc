/** How many letters must be added, taken away or changed to make one text of the other (Levenshtein). */
export function spellingDistance(one: string, other: string): number {
	const target = [...other];
	let above = Array.from({ length: target.length + 1 }, (_, index) => index);
	for (const [row, letter] of [...one].entries()) {
		const current = [row + 1];
		for (let column = 1; column <= target.length; column++) {
			const change = (above[column - 1] ?? 0) + (target[column - 1] === letter ? 0 : 1);
			current.push(Math.min(change, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
		}
		above = current;
	}
	return above[target.length] ?? 0;
}

/**
 * The names nearest to the one that was asked for, nearest first: those that contain it or are contained in it, then
 * by the share of letters that differ, upper and lower case alike.
 */
export function nearestNames(asked: string, names: readonly string[], limit: number): readonly string[] {
	const wanted = asked.toLowerCase();
	const farness = (name: string): number => {
		const candidate = name.toLowerCase();
		const share = spellingDistance(wanted, candidate) / Math.max(wanted.length, candidate.length, 1);
		return candidate.includes(wanted) || wanted.includes(candidate) ? share / 10 : share;
	};
	return [...new Set(names)]
		.filter(name => name !== '')
		.map(name => ({ name, far: farness(name) }))
		.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
		.slice(0, limit)
		.map(({ name }) => name);
}
