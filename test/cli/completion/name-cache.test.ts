import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cachePath, openNameCache } from '../../../src/cli/completion/name-cache.ts';
import { day, minute } from '../../../src/model/time.ts';
import { emptyFolder } from '../folder.ts';

const now = Date.UTC(2026, 4, 4);

test('it is where caches are', () => {
	const home = '/home/ada';
	expect(cachePath({ env: {}, home })).toBe('/home/ada/.cache/smokejumper/completion.json');
	expect(cachePath({ env: { XDG_CACHE_HOME: '/var/c' }, home })).toBe('/var/c/smokejumper/completion.json');
});

test('names are fresh for minutes, kept for a day, and of nobody else', () => {
	const path = join(emptyFolder(), 'new', 'completion.json');
	const key = 'https://ada:hunter2@loki.example';
	expect(openNameCache(path, now).get(key)).toBeUndefined();
	openNameCache(path, now).put(key, ['orders']);
	const at = (time: number) => openNameCache(path, time).get(key);
	expect(at(now + 4 * minute)).toEqual({ names: ['orders'], isFresh: true });
	expect(at(now + 6 * minute)).toEqual({ names: ['orders'], isFresh: false });
	expect(at(now + day)).toBeUndefined();
	expect(at(now - minute)).toBeUndefined();
	expect(openNameCache(path, now).get('another')).toBeUndefined();
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
	expect(readdirSync(dirname(path))).toEqual(['completion.json']);
	expect(readFileSync(path, 'utf8')).not.toMatch(/hunter2|loki/);
});

test('old entries make room', () => {
	const path = join(emptyFolder(), 'completion.json');
	for (let turn = 0; turn < 60; turn++) openNameCache(path, now + turn).put(`${turn}`, ['orders']);
	const cache = openNameCache(path, now + 60);
	expect(cache.get('59')?.names).toEqual(['orders']);
	expect(cache.get('10')).toBeUndefined();
});

test.each([
	['something else', 'not JSON'],
	['another shape', '{"x":{"at":"now"}}'],
	['a list', '[]'],
])('a file with %s in it is as none, and is replaced', (_, text) => {
	const path = join(emptyFolder(), 'completion.json');
	writeFileSync(path, text);
	openNameCache(path, now).put('key', ['orders']);
	expect(openNameCache(path, now).get('key')?.names).toEqual(['orders']);
});

test('where nothing can be kept, nothing is', () => {
	const path = join(emptyFolder(), 'completion.json');
	mkdirSync(path);
	openNameCache(path, now).put('key', ['orders']);
	expect(openNameCache(path, now).get('key')).toBeUndefined();
});
