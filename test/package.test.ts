import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the package holds what runs and what is read, and brings nothing along', () => {
	const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	// npm answers with a list, or with the packages by their names.
	const answer: Readonly<Record<string, { readonly files: readonly { readonly path: string }[] }>> = JSON.parse(packed);
	const [{ files } = { files: [] }] = Object.values(answer);
	expect(files.map(({ path }) => path).sort()).toEqual([
		'LICENSE',
		'README.md',
		'dist/package.json',
		'dist/smokejumper.1',
		'dist/smokejumper.js',
		'package.json',
		'schema/profiles.schema.json',
	]);
	const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest.scripts).not.toHaveProperty('install');
	expect(manifest.scripts).not.toHaveProperty('postinstall');
});
