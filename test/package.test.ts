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
		'dist/THIRD-PARTY-LICENSES',
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

test('the licences of all that is in the bundle are told, each text once', () => {
	const text = readFileSync('dist/THIRD-PARTY-LICENSES', 'utf8');
	const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
	const bundled = [
		'ink',
		'react',
		'undici',
		'zod',
		'conf',
		'commander',
		'@smithy/signature-v4',
		'@grafana/lezer-logql',
	];
	for (const name of bundled) expect(text).toContain(`\n${name} ${devDependencies[name]} (`);
	expect(text).not.toContain('vitest');
	expect(text).toContain('Copyright (c) Meta Platforms, Inc. and affiliates.\n\nPermission is hereby granted');
	expect(text).toContain('Copyright Fedor Indutny');
	const parts = text.split(`${'-'.repeat(80)}\n\n`);
	// The usual text of a licence, without the holder of another package.
	expect(parts.find(part => part.includes('lezer-traceql'))?.trimEnd()).toMatch(/END OF TERMS AND CONDITIONS$/);
	const texts = parts.map(part => part.slice(part.indexOf('\n\n')));
	expect(new Set(texts).size).toBe(texts.length);
});
