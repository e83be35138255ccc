import { expect, test } from 'vitest';
import { completeAddress } from '../../src/analysis/complete.ts';

test.each<[line: string, completed: string, choices: readonly string[]]>([
	['ser', 'service ', ['service']],
	['tra', 'trace', ['trace', 'traces']],
	['service till --comp', 'service till --compare ', ['--compare']],
	['service till --compare ', 'service till --compare ', ['1d', '1w', 'off']],
	['service till --compare o', 'service till --compare off ', ['off']],
	['service till --view n', 'service till --view neighbours ', ['neighbours']],
	['service till --durations ', 'service till --durations heat ', ['heat']],
	['logs --level w', 'logs --level warn ', ['warn']],
	['service till --rates status --r', 'service till --rates status --route ', ['--route']],
	['service t', 'service t', []],
	['nowhere --x', 'nowhere --x', []],
])('%s', (line, completed, choices) => expect(completeAddress(line)).toEqual({ line: completed, choices }));

test.each<[line: string, completed: string, choices: readonly string[]]>([
	['prof', 'profile ', ['profile']],
	['profile ', 'profile ', ['quay', 'mole', 'demo']],
	['li', 'link ', ['link']],
	['link s', 'link slow ', ['slow']],
	['link slow f', 'link slow f', []],
	['profile qu', 'profile quay ', ['quay']],
	['profile quay m', 'profile quay m', []],
])('among profiles %s', (line, completed, choices) =>
	expect(completeAddress(line, ['quay', 'mole', 'demo'])).toEqual({ line: completed, choices }),
);

test('without profiles none is offered', () => expect(completeAddress('prof').choices).toEqual([]));
