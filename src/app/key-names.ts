/** Keys as a person writes them: `enter`, `^D`, `PgUp`, `⇥`-free so that any font shows them. */
export function formatKey(key: string): string {
	if (key.startsWith('ctrl+')) return `^${key.slice(5).toUpperCase()}`;
	return names[key] ?? key;
}

export const formatKeys = (keys: readonly string[]): string => keys.map(formatKey).join(' ');

const names: Readonly<Record<string, string>> = {
	escape: 'esc',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	'shift+tab': 'S-tab',
};
