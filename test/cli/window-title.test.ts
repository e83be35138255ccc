import { expect, test } from 'vitest';
import { windowTitle } from '../../src/cli/window-title.ts';

test.each<[label: string, firing: number, unicode: boolean, title: string]>([
	['prod-eu', 0, true, 'smokejumper prod-eu'],
	['prod-eu', 2, true, '▲2 smokejumper prod-eu'],
	['prod-eu', 2, false, '!2 smokejumper prod-eu'],
	['zürich', 12, true, '▲12 smokejumper zürich'],
	['zürich', 12, false, '!12 smokejumper zrich'],
])('%s with %i firing', (label, firing, unicode, title) => expect(windowTitle(label, firing, unicode)).toBe(title));
