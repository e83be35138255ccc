import { finished } from '../../src/demo/piecework.ts';
import type { DemoAnswer, DemoReply } from '../../src/demo/route.ts';

/** The reply of a demo server, with all the work that leads to it done at once. */
export const replyOf = (answer: DemoAnswer): DemoReply => ('status' in answer ? answer : finished(answer));
